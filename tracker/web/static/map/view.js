// What is in view: asks for the cells of the box on the screen, a little beyond its edges, and
// tells the layers when they have come.
"use strict";

/** Give the zoom, the place and the layers that the address holds; null where it holds none. */
tracker.viewInAddress = () => {
  const found = /^#([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)(?:\/([a-z,]*))?$/.exec(location.hash);
  if (!found || Math.abs(Number(found[2])) > 90 || Math.abs(Number(found[3])) > 180) {
    return null;
  }
  const [zoom, latitude, longitude] = found.slice(1, 4).map(Number);
  return { zoom, place: [latitude, longitude], layers: found[4]?.split(",") };
};

/** Find the cells of what is on the screen in the page itself, which holds those of a first look. */
tracker.cellsInPage = (map) => {
  const zoom = Math.round(map.getZoom());
  const looks = document.getElementById("map-first") ? tracker.read("map-first") : [];
  const boxOf = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);
  const look = looks.find((one) => one.zoom === zoom && boxOf(one.box).contains(map.getBounds()));
  return look && { box: boxOf(look.box), zoom, answer: Promise.resolve(tracker.source.cellsOfAnswer(look)) };
};

/** Ask for the cells of what is on the screen, a little beyond its edges. */
tracker.cellsInView = (map, signal) => {
  const BEYOND = 0.25;
  const box = map.getBounds().pad(BEYOND);
  const zoom = Math.round(map.getZoom());
  return { box, zoom, answer: tracker.source.cells({ box, zoom, signal }) };
};

/** Ask as soon as the map knows where it looks; everything else can be drawn meanwhile. */
L.Map.addInitHook(function () {
  this.whenReady(() => {
    const given = tracker.viewInAddress();
    if (given) {
      this.setView(given.place, given.zoom, { animate: false });
    }
    tracker.early = tracker.cellsInPage(this) ?? tracker.cellsInView(this);
    tracker.earlyRows = tracker.source.rows({ box: this.getBounds() });
    [tracker.early.answer, tracker.earlyRows].forEach((one) => one.catch(() => {})); // whoever waits says so
  });
});

tracker.view = (map) => {
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
      const early = tracker.early?.zoom === zoom && tracker.early.box.contains(box) ? tracker.early : null;
      tracker.early = null;
      const asked = early ?? tracker.cellsInView(map, own.signal);
      const answer = await asked.answer;
      if (own.signal.aborted) {
        return;
      }
      shown = { ...answer, box: asked.box, zoom };
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
