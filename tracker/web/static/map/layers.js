// Which layers are on: by short names, for the address. Layers that ask the server for what they
// draw are filled when they are first shown and whenever the view or the question has changed.
"use strict";

tracker.layers = (() => {
  const all = new Map();
  let map = null;

  return {
    /** Let a layer be named in the address; `owner` is the map. */
    name(owner, short, layer) {
      map = owner;
      all.set(short, layer);
      return layer;
    },
    shown: () => [...all].filter(([, layer]) => map.hasLayer(layer)).map(([short]) => short),
    show(names) {
      for (const [short, layer] of all) {
        if (names.includes(short) !== map.hasLayer(layer)) {
          map[names.includes(short) ? "addLayer" : "removeLayer"](layer);
        }
      }
    },
  };
})();

/** Fill a layer by `fill(box, zoom, signal)` while it is shown: when it appears, and after moves. */
tracker.filled = (map, layer, { fill, moves = true }) => {
  let asking = null;

  async function ask() {
    if (!map.hasLayer(layer)) {
      return;
    }
    asking?.abort();
    const own = (asking = new AbortController());
    try {
      await fill(map.getBounds().pad(0.1), Math.round(map.getZoom()), own.signal);
    } catch (error) {
      if (!own.signal.aborted) {
        document.getElementById("map-status").textContent = tracker.say("not_loaded");
        console.warn("a layer did not come:", error.message);
      }
    }
  }

  layer.on("add", ask);
  if (moves) {
    map.on("moveend", ask);
  }
  tracker.source.onChange(ask);
  return layer;
};

/** Give the colours of a scale from few to many, as the style sheet has them. */
tracker.steps = (map) => {
  const style = getComputedStyle(map.getContainer());
  return [1, 2, 3, 4, 5].map((step) => style.getPropertyValue(`--step-${step}`).trim());
};

/** Give where each of five steps begins: even ones, or each several times the one before. */
tracker.ends = (most, even = false) => {
  const top = Math.max(most, even ? 5 : 32);
  const begins = (step) => (even ? 1 + (top * step) / 5 : top ** (step / 5));
  return [0, 1, 2, 3, 4].map((step) => Math.max(step + 1, Math.ceil(begins(step))));
};

/** Say which step a number takes; -1 where there is nobody. */
tracker.step = (number, ends) => ends.filter((end) => number >= end).length - 1;

/** Explain the colours of a scale under the map, as long as its layer is shown. */
tracker.scaleLegend = (map, layer, title) => {
  const box = tracker.node("div", null, { class: "legend-scale" });
  const legend = document.getElementById("map-legend");
  const written = (number) => tracker.digits.format(number);
  layer.on("remove", () => box.remove());
  return (ends) => {
    if (!map.hasLayer(layer)) {
      return;
    }
    const signs = tracker.steps(map).map((colour, step) => {
      const sign = tracker.node("span", null, { class: "legend-step" });
      const square = tracker.node("span", null, { class: "legend-square" });
      square.style.backgroundColor = colour;
      const words = step < 4
        ? tracker.say("from_to", { from: written(ends[step]), to: written(ends[step + 1] - 1) })
        : tracker.say("from_on", { from: written(ends[4]) });
      sign.append(square, tracker.node("span", words));
      return sign;
    });
    box.replaceChildren(tracker.node("span", title, { class: "legend-title" }), ...signs);
    legend.after(box);
  };
};
