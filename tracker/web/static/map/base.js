// The map beneath: land, lakes, rivers, provinces and borders, painted from vector tiles in the
// colours of the style sheet. Names are not in the tiles; names.js writes them over it.
"use strict";

/** Give a layer that paints the tiles at an address (PMTiles, read with Range) in the pane "land". */
tracker.baseMap = (map, address) => {
  const MOST_ZOOM_OF_DATA = 7;
  const STEP_OF_TILES = 1; // tiles of one zoom serve the view of the next: fewer and larger
  const SIZE = 256;
  const HAIR = 0.5; // tiles are so much too large, so that no seam shows at half zooms
  const MARGIN = 16;
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const paper = matchMedia("print");

  const layer = protomapsL.leafletLayer({
    url: address,
    pane: "land",
    attribution: "",
    lang: document.documentElement.lang,
    levelDiff: STEP_OF_TILES,
    maxDataZoom: MOST_ZOOM_OF_DATA,
    noWrap: true,
    keepBuffer: 0, // each tile that is kept holds a picture in memory
    devicePixelRatio: sharpness(),
    paintRules: rules(),
    labelRules: [],
  });
  layer.on("tileloadstart", ({ tile, coords }) => {
    tile.style.width = tile.style.height = `${SIZE + HAIR}px`;
    // A printer does not wait for a tile that is under way: what is at hand has to do.
    if (paper.matches && paint(tile, coords)) {
      tile.style.visibility = "inherit";
    }
  });
  layer.on("add", () => {
    map.getPane("land").setAttribute("aria-hidden", "true");
    map.on("resize", repaintIfSharper);
    [scheme, paper].forEach((medium) => medium.addEventListener("change", repaint));
  });
  layer.on("remove", () => {
    map.off("resize", repaintIfSharper);
    [scheme, paper].forEach((medium) => medium.removeEventListener("change", repaint));
  });
  return layer;

  /** Give the pixels of the screen in one of the page: finer pictures would only take memory. */
  function sharpness() {
    return Math.min(2.5, Math.max(1, devicePixelRatio));
  }

  /** Paint in the colours of now, at once: on its way to paper the page waits for nothing. */
  function repaint() {
    layer.paintRules = rules();
    for (const { el, coords } of Object.values(layer._tiles)) {
      paint(el, coords);
    }
  }

  /** Paint anew when the window has come to a screen of another sharpness. */
  function repaintIfSharper() {
    if (layer.devicePixelRatio !== sharpness()) {
      layer.devicePixelRatio = sharpness();
      layer.tileSize = SIZE * layer.devicePixelRatio;
      layer.rerenderTiles();
    }
  }

  /** Paint a tile from data at hand, if need be coarser; says whether there were any. */
  function paint(canvas, coords) {
    const data = atHand(coords);
    if (data) {
      const origin = { x: SIZE * coords.x, y: SIZE * coords.y };
      const box = {
        minX: origin.x - MARGIN, maxX: origin.x + SIZE + MARGIN,
        minY: origin.y - MARGIN, maxY: origin.y + SIZE + MARGIN,
      };
      canvas.width = canvas.height = layer.tileSize;
      const pen = canvas.getContext("2d");
      pen.scale(layer.tileSize / SIZE, layer.tileSize / SIZE);
      protomapsL.paint(pen, coords.z, new Map([["", [data]]]), null, layer.paintRules, box, origin, false);
    }
    return Boolean(data);
  }

  function atHand(coords) {
    const view = layer.views.get("");
    let { dataTile, scale, dim } = view.dataTileForDisplayTile(coords);
    for (;;) {
      const kept = view.tileCache.cache.get(protomapsL.toIndex(dataTile));
      if (kept) {
        const origin = { x: dataTile.x * dim, y: dataTile.y * dim };
        return { dataTile, scale, dim, origin, z: coords.z, data: kept.data };
      }
      if (dataTile.z === 0) {
        return null;
      }
      dataTile = { z: dataTile.z - 1, x: dataTile.x >> 1, y: dataTile.y >> 1 };
      scale *= 2;
      dim *= 2;
    }
  }

  function rules() {
    const style = getComputedStyle(map.getContainer());
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return [
      area("land", { fill: colour("land"), stroke: colour("map-coast"), width: grows(3, 0.5, 7, 0.9) }),
      line("rivers", { color: colour("map-water"), width: grows(4, 0.6, 9, 1.4) }),
      area("lakes", { fill: colour("map-lake"), stroke: colour("map-water"), width: 0.6 }),
      line("provinces", { color: colour("map-province"), width: grows(4, 0.5, 9, 1), dash: [3, 2.5] }, 5),
      line("borders", { color: colour("map-country"), width: grows(3, 0.7, 9, 1.5) }),
    ];
  }

  function area(dataLayer, look) {
    return { dataLayer, symbolizer: new protomapsL.PolygonSymbolizer(look) };
  }

  function line(dataLayer, look, minzoom = 0) {
    const round = { lineJoin: "round", lineCap: "round" };
    return { dataLayer, minzoom, symbolizer: new protomapsL.LineSymbolizer({ ...round, ...look }) };
  }

  /** Let a width grow from one zoom to another and stay as it is beyond them. */
  function grows(from, thin, to, thick) {
    return (zoom) => {
      const part = Math.min(1, Math.max(0, (zoom - from) / (to - from)));
      return thin + part * (thick - thin);
    };
  }
};
