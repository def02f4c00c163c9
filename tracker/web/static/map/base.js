// The map beneath: land, lakes, rivers, provinces and borders, painted from vector tiles in the
// colours of the style sheet. Names are not in the tiles; names.js writes them over it.
"use strict";

/** Give a layer that paints the tiles at an address (PMTiles, read with Range) in the pane "land". */
tracker.baseMap = (map, address) => {
  const MOST_ZOOM_OF_DATA = 7;
  const STEP_OF_TILES = 1; // tiles of one zoom serve the view of the next: fewer and larger
  const scheme = matchMedia("(prefers-color-scheme: dark)");

  const layer = protomapsL.leafletLayer({
    url: address,
    pane: "land",
    attribution: "",
    lang: document.documentElement.lang,
    levelDiff: STEP_OF_TILES,
    maxDataZoom: MOST_ZOOM_OF_DATA,
    noWrap: true,
    devicePixelRatio: sharpness(),
    paintRules: rules(),
    labelRules: [],
  });
  // A hair too large, so that no seam shows between tiles at half zooms.
  layer.on("tileloadstart", ({ tile }) => {
    tile.style.width = "256.5px";
    tile.style.height = "256.5px";
  });
  layer.on("add", () => {
    map.getPane("land").setAttribute("aria-hidden", "true");
    scheme.addEventListener("change", repaint);
  });
  layer.on("remove", () => scheme.removeEventListener("change", repaint));
  map.on("resize", repaintIfSharper);
  return layer;

  /** Give the pixels of the screen in one of the page, enough for tiles that are shown enlarged. */
  function sharpness() {
    return Math.min(3, Math.max(1.5, devicePixelRatio));
  }

  function repaint() {
    layer.paintRules = rules();
    layer.rerenderTiles();
  }

  /** Paint anew when the window has come to a screen of another sharpness. */
  function repaintIfSharper() {
    if (layer.devicePixelRatio !== sharpness()) {
      layer.devicePixelRatio = sharpness();
      layer.tileSize = 256 * layer.devicePixelRatio;
      repaint();
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
