// The land beneath: far away one drawing of the whole region, nearer by tiles, which are asked for
// when somebody first comes so near.
"use strict";

/** Give a layer of land: `land` is the address of the drawing, `painter` of the script for tiles. */
tracker.ground = (map, { land, base_map: tiles, painter }) => {
  const FAR = 4.5; // up to this zoom the drawing is as fine as the screen
  const ground = L.layerGroup();
  let drawing = null;
  let near = null;
  let taken = false; // by tiles, the place of the drawing

  /** Place a drawing of a part of the world map, which its viewBox names in units of the whole. */
  function placed(svg) {
    const { x, y, width, height } = svg.viewBox.baseVal;
    const world = Number(svg.getAttribute("data-world"));
    const corner = (right, down) => map.options.crs.pointToLatLng(L.point(right, down).multiplyBy(256 / world), 0);
    return L.svgOverlay(svg, L.latLngBounds(corner(x, y), corner(x + width, y + height)), { pane: "land", className: "ground" });
  }

  async function draw() {
    const answer = await fetch(land);
    const read = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
    drawing = placed(document.adoptNode(read.documentElement));
    show();
  }

  /** Let a script come that is not part of the page; says when it has run. */
  const come = (address) => new Promise((resolve, reject) => {
    const script = tracker.node("script", null, { src: address });
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(address)));
    document.head.append(script);
  });

  async function painted() {
    await come(painter);
    const layer = tracker.baseMap(map, tiles);
    layer.on("load", () => {
      taken = isNear();
      show();
    });
    return layer;
  }

  const isNear = () => map.getZoom() > FAR;
  const toggle = (layer, on) => ground[on ? "addLayer" : "removeLayer"](layer);

  /** Show the drawing far away and, so that the land is never blank, until tiles take its place. */
  function show() {
    taken &&= isNear();
    if (drawing) {
      toggle(drawing, !taken);
    }
    near ??= isNear() ? painted() : null;
    near?.then((layer) => toggle(layer, isNear())).catch(failed);
  }

  const failed = (error) => console.warn("the land did not come:", error.message);
  ground.on("add", () => {
    map.getPane("land").setAttribute("aria-hidden", "true");
    map.on("zoomend", show);
    draw().catch(failed);
    show();
  });
  return ground;
};
