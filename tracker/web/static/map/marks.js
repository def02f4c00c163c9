// The marks of the map: discs whose area is people. Those who died fill the inside, those who
// disappeared are the pale ring around them.
"use strict";

tracker.marks = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const LARGEST_RADIUS = 36;
  const PERSON_RADIUS = 4.5;
  const SMALLEST_RADIUS = 3.5;
  const NUMBER_FITS = 13;
  const TOUCH = 28;

  /** Give the pixels per square root of people: the fullest cell just fits. */
  const scale = (fullest) => Math.min(PERSON_RADIUS, LARGEST_RADIUS / Math.sqrt(Math.max(1, fullest)));

  const total = ({ dead, missing }) => Math.max((dead ?? 0) + (missing ?? 0), 0);

  function shape(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, given] of Object.entries(attributes)) {
      made.setAttribute(key, given);
    }
    return made;
  }

  const radiusOf = (people, perRoot) => Math.max(SMALLEST_RADIUS, perRoot * Math.sqrt(total(people)));

  /** Draw the disc of some people; `perRoot` is what `scale` gives. */
  function disc(people, perRoot) {
    const all = total(people);
    const radius = radiusOf(people, perRoot);
    const size = Math.max(TOUCH, 2 * radius + 4);
    const drawing = shape("svg", {
      width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`,
      "aria-hidden": "true", focusable: "false",
    });
    if (all === 0) {
      drawing.append(shape("circle", { r: SMALLEST_RADIUS, class: "mark-unknown" }));
    } else {
      const share = Math.min(Math.max(people.dead ?? 0, 0) / all, 1);
      const inner = radius * Math.sqrt(share);
      if (share < 1) {
        drawing.append(shape("circle", { r: radius, class: "mark-missing" }));
      }
      if (inner > 0) {
        drawing.append(shape("circle", { r: inner, class: "mark-dead" }));
      }
      if (radius >= NUMBER_FITS) {
        drawing.append(number(tracker.digits.format(all), inner, radius));
      }
    }
    return { drawing, size };
  }

  /** Write the number inside where it fits, else below. */
  function number(words, inner, radius) {
    const fits = inner >= 4 + 3.6 * words.length;
    const place = fits ? { class: "mark-number on-dark", dy: "0.36em" } : { class: "mark-number", y: radius + 13 };
    const made = shape("text", place);
    made.textContent = words;
    return made;
  }

  /** An icon that Leaflet can place, named for those who do not see it. */
  const Mark = L.DivIcon.extend({
    createIcon(old) {
      const icon = L.DivIcon.prototype.createIcon.call(this, old);
      icon.setAttribute("aria-label", this.options.name);
      return icon;
    },
  });

  /** Name a single incident; the number that stands in its mark is said too. */
  function single(cell) {
    const both = cell.dead > 0 && cell.missing > 0;
    const people = both ? `${tracker.count("people", total(cell))}: ` : "";
    return people + tracker.peopleInWords(cell);
  }

  function icon(cell, perRoot) {
    const { drawing, size } = disc(cell, perRoot);
    const name = cell.incidents === 1 ? single(cell) : tracker.cellInWords(cell);
    return new Mark({ html: drawing, iconSize: [size, size], className: "mark", name });
  }

  return { disc, icon, radius: radiusOf, scale, total };
})();
