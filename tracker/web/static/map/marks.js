// The marks of the map: discs whose area is people. Those who died fill the inside, those who
// disappeared are the pale ring around them.
"use strict";

tracker.marks = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const CLUSTER_REACH = 56;
  const LARGEST_RADIUS = 42;
  const PERSON_RADIUS = 4.5;
  const SMALLEST_RADIUS = 3.5;
  const NUMBER_FITS = 13;
  const TOUCH = 28;
  const scales = new Map();

  /** Give the pixels per square root of people at a zoom: the fullest neighbourhood just fits. */
  function scale(map, zoom) {
    const level = Math.round(zoom);
    if (!scales.has(level)) {
      const cells = new Map();
      for (const row of tracker.rows) {
        const place = tracker.position(row);
        if (place) {
          const pixel = map.project(place, level).divideBy(CLUSTER_REACH * 1.4).floor();
          const key = `${pixel.x} ${pixel.y}`;
          cells.set(key, (cells.get(key) ?? 0) + total(tracker.people([row])));
        }
      }
      const fullest = Math.max(1, ...cells.values());
      scales.set(level, Math.min(PERSON_RADIUS, LARGEST_RADIUS / Math.sqrt(fullest)));
    }
    return scales.get(level);
  }

  const total = (people) => Math.max(people.dead + people.missing, 0);

  function shape(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, given] of Object.entries(attributes)) {
      made.setAttribute(key, given);
    }
    return made;
  }

  /** Draw the disc of some people; `perRoot` is what `scale` gives. */
  function disc(people, perRoot) {
    const all = total(people);
    const radius = Math.max(SMALLEST_RADIUS, perRoot * Math.sqrt(all));
    const size = Math.max(TOUCH, 2 * radius + 4);
    const drawing = shape("svg", {
      width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`,
      "aria-hidden": "true", focusable: "false",
    });
    if (all === 0) {
      drawing.append(shape("circle", { r: SMALLEST_RADIUS, class: "mark-unknown" }));
    } else {
      const share = Math.min(Math.max(people.dead, 0) / all, 1);
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

  function icon(people, perRoot, name) {
    const { drawing, size } = disc(people, perRoot);
    return new Mark({ html: drawing, iconSize: [size, size], className: "mark", name });
  }

  /** Say what stands in a cluster. */
  function clusterInWords(people) {
    const said = [tracker.count("people", total(people)), tracker.count("incidents", people.incidents)];
    if (people.dead) {
      said.push(tracker.count("died", people.dead));
    }
    if (people.missing) {
      said.push(tracker.count("disappeared", people.missing));
    }
    if (people.unknown) {
      said.push(tracker.count("unknown_number", people.unknown));
    }
    return said.join(", ");
  }

  /** Name a single incident. */
  function incidentInWords(row) {
    const when = tracker.value("date", row) ?? tracker.say("date_unknown");
    return `${when}: ${tracker.peopleInWords(row)}`;
  }

  return { CLUSTER_REACH, clusterInWords, disc, icon, incidentInWords, scale };
})();
