// The address holds the view: after the sign # stand the zoom, the place and the layers, which no
// browser tells a server. Whoever is given the address sees the same.
"use strict";

tracker.address_of_view = (map) => {
  function write() {
    const { lat, lng } = map.getCenter();
    const layers = tracker.layers.shown().join(",");
    const hash = `#${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}/${layers}`;
    if (hash !== location.hash) {
      history.replaceState(null, "", hash);
      document.querySelectorAll("form[data-keeps-view]").forEach((form) => {
        form.action = form.getAttribute("action").replace(/#.*$/, "") + hash;
      });
      document.querySelectorAll("a[data-keeps-view]").forEach((link) => {
        link.href = link.getAttribute("href").replace(/#.*$/, "") + hash;
      });
    }
  }

  function read({ moves = true } = {}) {
    const given = tracker.viewInAddress();
    if (given && moves) {
      map.setView(given.place, given.zoom, { animate: false });
    }
    if (given?.layers) {
      tracker.layers.show(given.layers);
    }
  }

  // The map has begun where the address says; its layers were not there yet.
  read({ moves: false });
  window.addEventListener("hashchange", () => read());
  map.on("moveend overlayadd overlayremove", write);
  write();
};
