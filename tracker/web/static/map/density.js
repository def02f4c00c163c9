// How many people where: as heat, as hexagons of one size, and as areas with their figures.
"use strict";

/** Heat: a glow for each small cell, stronger the more people; darker is more. */
tracker.heat = (map) => {
  const RADIUS = 26;
  const Heat = L.Layer.extend({
    onAdd() {
      this.canvas = L.DomUtil.create("canvas", "heat", map.getPane("density"));
      this.canvas.setAttribute("aria-hidden", "true");
      map.on("zoomstart", this.clear, this);
    },
    onRemove() {
      map.off("zoomstart", this.clear, this);
      this.canvas.remove();
    },
    clear() {
      this.canvas.width = this.canvas.width;
    },
    draw({ cells, fullest }) {
      const size = map.getSize();
      const at = map.containerPointToLayerPoint([0, 0]);
      L.DomUtil.setPosition(this.canvas, at);
      this.canvas.width = size.x;
      this.canvas.height = size.y;
      const pen = this.canvas.getContext("2d");
      const most = Math.log(1 + Math.max(1, fullest));
      for (const cell of cells) {
        const people = tracker.marks.total(cell);
        if (people > 0) {
          const { x, y } = map.latLngToContainerPoint(tracker.position(cell));
          const glow = pen.createRadialGradient(x, y, 0, x, y, RADIUS);
          glow.addColorStop(0, `rgba(0, 0, 0, ${0.1 + (0.6 * Math.log(1 + people)) / most})`);
          glow.addColorStop(1, "rgba(0, 0, 0, 0)");
          pen.fillStyle = glow;
          pen.fillRect(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
        }
      }
      this.colour(pen, size);
    },
    /** Turn the strength of each pixel into a colour of the scale. */
    colour(pen, size) {
      const picture = pen.getImageData(0, 0, size.x, size.y);
      const colours = tracker.steps(map).map(rgb);
      const { data } = picture;
      for (let at = 3; at < data.length; at += 4) {
        if (data[at]) {
          const [red, green, blue] = colours[Math.min(4, Math.floor((data[at] / 256) * 5))];
          [data[at - 3], data[at - 2], data[at - 1]] = [red, green, blue];
          data[at] = Math.min(215, 40 + data[at]);
        }
      }
      pen.putImageData(picture, 0, 0);
    },
  });

  function rgb(colour) {
    return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  }

  const layer = new Heat();
  const fill = async (box, zoom, signal) =>
    layer.draw(await tracker.source.cells({ box, zoom, fine: true, signal }));
  return tracker.layers.name(map, "heat", tracker.filled(map, layer, { fill }));
};

/** Hexagons of one size, coloured by people, with their figures when one is opened. */
tracker.hexagons = (map) => {
  const layer = L.layerGroup();
  const explain = tracker.scaleLegend(map, layer, tracker.say("people_in_hexagon"));

  async function fill(box, zoom, signal) {
    const { hexagons, fullest } = await tracker.source.hexagons({ box, zoom, signal });
    const colours = tracker.steps(map);
    const ends = tracker.ends(fullest);
    layer.clearLayers();
    for (const [outline, incidents, dead, missing] of hexagons) {
      const people = tracker.marks.total({ dead, missing });
      const step = tracker.step(people, ends);
      const shape = L.polygon(outline, {
        pane: "density", className: "hexagon", weight: 1, opacity: 0.7, fillOpacity: step < 0 ? 0.15 : 0.72,
        color: colours[Math.max(step, 1)], fillColor: colours[Math.max(step, 0)],
      });
      const words = tracker.cellInWords({ incidents, dead, missing, unknown: 0 });
      shape.bindTooltip(() => tracker.node("span", words), { sticky: true });
      layer.addLayer(shape);
    }
    explain(ends);
  }

  return tracker.layers.name(map, "hexagons", tracker.filled(map, layer, { fill }));
};

/** Areas coloured by people, with the change against the period before where one was chosen. */
tracker.areas = (map, kind) => {
  const layer = L.layerGroup();
  const explain = tracker.scaleLegend(map, layer, tracker.say(`people_in_${kind}`));

  async function fill(box, zoom, signal) {
    const { features } = await tracker.source.areas({ kind, signal });
    const colours = tracker.steps(map);
    const most = Math.max(0, ...features.map(({ properties: { people } }) => people ?? 0));
    const ends = tracker.ends(most, true);
    layer.clearLayers();
    for (const feature of features) {
      const { people } = feature.properties;
      const step = tracker.step(people ?? 0, ends);
      const shape = L.geoJSON(feature, {
        pane: "density",
        style: {
          className: "area", weight: 1.2, color: colours[4], opacity: 0.5,
          fillColor: colours[Math.max(step, 0)], fillOpacity: step < 0 ? 0.05 : 0.6,
        },
      });
      shape.bindTooltip(() => inWords(feature.properties), { sticky: true });
      layer.addLayer(shape);
    }
    explain(ends);
    tracker.areaTable(kind, features.map(({ properties }) => properties));
  }

  layer.on("remove", () => tracker.areaTable(kind, null));
  return tracker.layers.name(map, kind, tracker.filled(map, layer, { fill, moves: false }));
};
tracker.subregions = (map) => tracker.areas(map, "subregion");
tracker.corridor_figures = (map) => tracker.areas(map, "corridor");

/** Say an area's figures in a few lines. */
function inWords(area) {
  const content = tracker.node("div");
  content.append(tracker.node("strong", area.name));
  const people = area.people === null ? tracker.say("people_unknown") : tracker.count("people", area.people);
  content.append(tracker.node("div", `${people}, ${tracker.count("incidents", area.incidents)}`));
  if (area.before !== null && area.people !== null) {
    content.append(tracker.node("div", tracker.changeInWords(area)));
  }
  return content;
}

/** Say how many more or fewer people than in the period before. */
tracker.changeInWords = ({ people, before }) => {
  const change = (people ?? 0) - before;
  const key = change > 0 ? "more_than_before" : change < 0 ? "fewer_than_before" : "as_before";
  return tracker.say(key, { number: tracker.digits.format(Math.abs(change)), before: tracker.digits.format(before) });
};

/** Give the same figures as a table under the map, for those who do not see its colours. */
tracker.areaTable = (kind, areas) => {
  const box = document.getElementById("map-areas");
  box.querySelector(`[data-kind=${kind}]`)?.remove();
  if (!areas) {
    return;
  }
  const table = tracker.node("table", null, { "data-kind": kind });
  table.append(tracker.node("caption", tracker.say(`people_in_${kind}`)));
  const body = tracker.node("tbody");
  for (const area of [...areas].sort((one, other) => (other.people ?? -1) - (one.people ?? -1))) {
    const row = tracker.node("tr");
    const words = area.people === null ? tracker.say("unknown") : tracker.digits.format(area.people);
    row.append(tracker.node("th", area.name, { scope: "row" }), tracker.node("td", words));
    row.append(tracker.node("td", area.before === null ? "" : tracker.changeInWords(area), { class: "words" }));
    body.append(row);
  }
  table.append(body);
  box.append(table);
};

/** Hatch the countries from which nobody has reported: silence is no sign of safety. */
tracker.silence = (map) => {
  const MOST_NAMED = 6; // the largest come first
  const layer = L.layerGroup();
  const note = document.getElementById("map-silence");

  async function fill(box, zoom, signal) {
    const { features } = await tracker.source.areas({ kind: "silent", signal });
    layer.clearLayers();
    for (const feature of features) {
      const shape = L.geoJSON(feature, { pane: "corridors", interactive: false, style: { className: "silent" } });
      layer.addLayer(shape);
    }
    hatch(map);
    const names = features.map(({ properties: { name } }) => name).filter(Boolean);
    const largest = names.slice(0, MOST_NAMED).join(", ");
    note.textContent = names.length
      ? tracker.say("silent", { number: tracker.digits.format(names.length), names: largest })
      : "";
  }

  layer.on("remove", () => { note.textContent = ""; });
  return tracker.layers.name(map, "silence", tracker.filled(map, layer, { fill, moves: false }));
};

/** Put the pattern into the pane's drawing, once. */
function hatch(map) {
  const drawing = map.getPane("corridors").querySelector("svg");
  if (!drawing || drawing.querySelector("#hatch")) {
    return;
  }
  const SVG = "http://www.w3.org/2000/svg";
  const make = (tag, attributes, parent) => {
    const made = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return parent.appendChild(made);
  };
  const pattern = make("pattern", {
    id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  }, make("defs", {}, drawing));
  make("line", { x1: 0, y1: 0, x2: 0, y2: 7, class: "hatch-line" }, pattern);
}
