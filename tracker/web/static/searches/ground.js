// The map of a search: planned area, searched ground, gaps, tracks, findings. Words of reports
// enter the page as text alone.
"use strict";

(() => {
  const features = tracker.read("search-features");
  const legend = document.getElementById("search-legend");
  const SVG = "http://www.w3.org/2000/svg";
  const SIZE = 24;

  /** Make a popup of lines of text. */
  function popup(words) {
    const box = tracker.node("div", null, { class: "search-popup" });
    box.append(...words.map((line, index) => tracker.node(index ? "p" : "strong", line)));
    return box;
  }

  function shapes(kind, options) {
    const layer = L.geoJSON(features[kind] ?? [], options);
    layer.eachLayer((each) => {
      const { words } = each.feature.properties;
      if (words.length) {
        each.bindPopup(() => popup(words));
      }
    });
    return layer;
  }

  /** Explain a sign beneath the map. */
  function explain(className, words, form = "rect") {
    const item = tracker.node("li", null);
    const sign = document.createElementNS(SVG, "svg");
    const size = { width: SIZE, height: 16, "aria-hidden": "true" };
    Object.entries(size).forEach(([name, value]) => sign.setAttribute(name, value));
    const part = document.createElementNS(SVG, form === "line" ? "path" : "rect");
    const look = form === "line"
      ? { d: `M0 8H${SIZE}` }
      : { x: 1, y: 1, width: SIZE - 2, height: 14 };
    Object.entries({ ...look, class: className }).forEach(([name, value]) => part.setAttribute(name, value));
    sign.append(part);
    item.append(sign, tracker.node("span", words));
    legend.append(item);
  }

  function explainMark(kind, words) {
    const item = tracker.node("li", null);
    item.append(tracker.node("span", null, { class: `search-mark ${kind}` }), tracker.node("span", words));
    legend.append(item);
  }

  /** Define the hatching once in the page: a mark of ground on which nobody has looked. */
  function hatch() {
    const sheet = document.createElementNS(SVG, "svg");
    sheet.setAttribute("width", "0");
    sheet.setAttribute("height", "0");
    sheet.setAttribute("aria-hidden", "true");
    const pattern = document.createElementNS(SVG, "pattern");
    const look = { id: "search-hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
    Object.entries(look).forEach(([name, value]) => pattern.setAttribute(name, value));
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", "M0 0V8");
    line.setAttribute("class", "search-hatch-line");
    pattern.append(line);
    sheet.append(pattern);
    document.body.append(sheet);
  }

  function mark(kind, place, words) {
    const icon = L.divIcon({ className: `search-mark ${kind}`, iconSize: [SIZE, SIZE] });
    return L.marker(place, { icon, title: words[0], alt: words[0] });
  }

  tracker.ground = () => {
    for (const level of [3, 2, 1]) {
      if (features.ground.some((each) => each.properties.level === level)) {
        explain(`search-ground level-${level}`, tracker.say(`level_${level}`));
      }
    }
    return shapes("ground", {
      pane: "ground",
      style: (each) => ({ className: `search-ground level-${each.properties.level}` }),
    });
  };

  tracker.gaps = () => {
    hatch();
    if (features.gaps.some((each) => each.geometry.coordinates.length)) {
      explain("search-gap", tracker.say("gap"));
    }
    return shapes("gaps", { pane: "ground", style: { className: "search-gap" } });
  };

  tracker.tracks = () => {
    if (features.tracks.length) {
      explain("search-track", tracker.say("track"), "line");
    }
    return shapes("tracks", { pane: "tracks", style: { className: "search-track" } });
  };

  tracker.area = (map) => {
    explain("search-area", tracker.say("planned"), "line");
    L.control.scale({ imperial: false }).addTo(map);
    return shapes("area", { pane: "tracks", interactive: false, style: { className: "search-area" } });
  };

  tracker.findings = () => {
    if (features.findings.length) {
      explainMark("finding", tracker.say("finding"));
    }
    const layer = L.layerGroup();
    for (const { geometry, properties } of features.findings) {
      const place = [geometry.coordinates[1], geometry.coordinates[0]];
      layer.addLayer(L.circle(place, { pane: "tracks", radius: properties.radius, className: "search-around", interactive: false }));
      layer.addLayer(mark("finding", place, properties.words).bindPopup(() => popup(properties.words)));
    }
    return layer;
  };

  tracker.people = () => {
    const layer = L.layerGroup();
    for (const kind of ["case", "remains"]) {
      const found = features.people.filter((each) => each.properties.kind === kind);
      if (found.length) {
        explainMark(kind, tracker.say(kind === "case" ? "contact" : "remains"));
      }
      for (const { geometry, properties } of found) {
        const place = [geometry.coordinates[1], geometry.coordinates[0]];
        layer.addLayer(mark(kind, place, properties.words).bindPopup(() => popup(properties.words)));
      }
    }
    return layer;
  };
})();
