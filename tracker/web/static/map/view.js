// What is in view: asks for the cells of the box on the screen, a little beyond its edges, and
// tells the layers when they have come.
"use strict";

tracker.view = (map) => {
  const BEYOND = 0.25;
  const WAIT_MS = 60;
  const status = document.getElementById("map-status");
  let shown = null;
  let asking = null;
  let timer = null;

  function isShown(box, zoom) {
    return shown && shown.zoom === zoom && shown.box.contains(box);
  }

  async function ask() {
    const box = map.getBounds();
    const zoom = Math.round(map.getZoom());
    if (isShown(box, zoom)) {
      return;
    }
    asking?.abort();
    const own = (asking = new AbortController());
    try {
      const wide = box.pad(BEYOND);
      const answer = await tracker.source.cells({ box: wide, zoom, signal: own.signal });
      shown = { ...answer, box: wide, zoom };
      status.textContent = "";
      map.fire("cells", shown);
    } catch (error) {
      if (!own.signal.aborted) {
        status.textContent = tracker.say("not_loaded");
        console.warn("the map's cells did not come:", error.message);
      }
    }
  }

  /** Ask once the map rests: whoever turns a wheel passes many zooms. */
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  }

  map.on("moveend", soon);
  tracker.source.onChange(() => {
    shown = null;
    ask();
  });
  map.whenReady(ask);
  return { shown: () => shown };
};
