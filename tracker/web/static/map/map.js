// The ground of the map: land, areas of uncertainty, and how the map behaves.
"use strict";

L.Map.mergeOptions({
  zoomAnimation: !tracker.calm, fadeAnimation: !tracker.calm,
  markerZoomAnimation: !tracker.calm, inertia: !tracker.calm,
});
L.Control.Zoom.mergeOptions({
  zoomInTitle: tracker.say("zoom_in"), zoomOutTitle: tracker.say("zoom_out"),
});

/** Let the wheel scroll the page until the reader has turned to the map. */
L.Map.addInitHook(function () {
  this.scrollWheelZoom.disable();
  this.on("focus", () => this.scrollWheelZoom.enable());
  this.on("blur", () => this.scrollWheelZoom.disable());
});

/** Draw the land: as the server gives it, or in a file from rings as steps of a hundredth of a degree. */
tracker.land = (map) => {
  if (tracker.texts.land) {
    return tracker.ground(map, tracker.texts);
  }
  if (tracker.texts.base_map) {
    return tracker.baseMap(map, tracker.texts.base_map);
  }
  const rings = tracker.read("map-land").map((steps) => {
    let [x, y] = steps;
    const ring = [[y / 100, x / 100]];
    for (let index = 2; index < steps.length; index += 2) {
      x += steps[index];
      y += steps[index + 1];
      ring.push([y / 100, x / 100]);
    }
    return [ring];
  });
  return L.polygon(rings, { pane: "land", className: "land", interactive: false, smoothFactor: 0.7 });
};

/** Draw how far each place is uncertain, in metres; the pane fades their union, not each alone. */
tracker.uncertainty = (map) => {
  const renderer = L.canvas({ pane: "uncertainty", padding: 0.1 });
  const areas = L.layerGroup();

  function draw({ cells }) {
    const fillColor = getComputedStyle(map.getContainer()).getPropertyValue("--map-uncertainty").trim();
    areas.clearLayers();
    for (const cell of cells.filter(({ radius_m: metres }) => metres > 0)) {
      areas.addLayer(L.circle(tracker.position(cell), {
        renderer, radius: cell.radius_m, stroke: false, fillColor, fillOpacity: 1, interactive: false,
      }));
    }
  }

  map.on("cells", draw);
  areas.on("add", () => tracker.shown?.shown() && draw(tracker.shown.shown()));
  return tracker.layers.name(map, "uncertainty", areas);
};

/** Show the same box on paper as on the screen, and the screen as it was afterwards. */
tracker.fitPaper = (map) => {
  let shown = null;
  matchMedia("print").addEventListener("change", (paper) => {
    shown = paper.matches ? map.getBounds() : shown;
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(shown, { animate: false });
  });
};
