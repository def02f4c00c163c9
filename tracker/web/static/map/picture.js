// The links that take the map away as a picture: of the box that is in view, not of everything.
"use strict";

document.getElementById("map-pictures")?.addEventListener("click", ({ target }) => {
  if (target.matches("a")) {
    const box = map_incidents.getBounds();
    const address = new URL(target.href);
    address.search = tracker.source.asked().toString();
    address.searchParams.set("lang", document.documentElement.lang);
    address.searchParams.set("zoom", Math.max(1, Math.round(map_incidents.getZoom())));
    address.searchParams.set("box", [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]
      .map((degrees, at) => Math.max(at % 2 ? -90 : -180, Math.min(at % 2 ? 90 : 180, degrees)).toFixed(4))
      .join(","));
    target.href = address;
  }
}, true);
