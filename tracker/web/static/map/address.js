// The address holds the view: after the sign # stand the zoom, the place and the layers, which no
// browser tells a server. Whoever is given the address sees the same.
"use strict";

tracker.address_of_view = (map) => {
  const PATTERN = /^#([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)(?:\/([a-z,]*))?$/;
  const own = new Set();

  function write() {
    const { lat, lng } = map.getCenter();
    const layers = tracker.layers.shown().join(",");
    const hash = `#${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}/${layers}`;
    if (hash !== location.hash) {
      own.add(hash);
      history.replaceState(null, "", hash);
      document.querySelectorAll("form[data-keeps-view]").forEach((form) => {
        form.action = form.getAttribute("action").replace(/#.*$/, "") + hash;
      });
      document.querySelectorAll("a[data-keeps-view]").forEach((link) => {
        link.href = link.getAttribute("href").replace(/#.*$/, "") + hash;
      });
    }
  }

  function read() {
    const found = PATTERN.exec(location.hash);
    if (!found) {
      return;
    }
    const [, zoom, latitude, longitude, layers] = found;
    if (Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180) {
      map.setView([Number(latitude), Number(longitude)], Number(zoom), { animate: false });
    }
    if (layers !== undefined) {
      tracker.layers.show(layers.split(","));
    }
  }

  read();
  window.addEventListener("hashchange", read);
  map.on("moveend overlayadd overlayremove", write);
  write();
};
