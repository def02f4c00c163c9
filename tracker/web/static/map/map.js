// The layers that folium's script asks for: land, areas of uncertainty, incidents. Every word of
// a record reaches the page as text, never as markup.
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

/** Draw land and borders from rings written as steps of a hundredth of a degree. */
tracker.land = () => {
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

const SMALL_AREA_M = 1500;
const SMALL_AREA_ZOOM = 7;

/** Draw how far each place is uncertain, in metres; the pane fades their union, not each alone. */
tracker.uncertainty = (map) => {
  const colour = getComputedStyle(map.getContainer()).getPropertyValue("--map-uncertainty").trim();
  const renderer = L.canvas({ pane: "uncertainty", padding: 0.3 });
  const drawn = new Set();
  const areas = L.layerGroup();
  const small = [];
  for (const row of tracker.rows) {
    const place = tracker.position(row);
    const metres = tracker.columns.uncertainty_m[row];
    const key = `${place} ${metres}`;
    if (place && metres > 0 && !drawn.has(key)) {
      drawn.add(key);
      const area = L.circle(place, {
        renderer, radius: metres, stroke: false, fillColor: colour, fillOpacity: 1, interactive: false,
      });
      if (metres < SMALL_AREA_M) {
        small.push(area);
      } else {
        areas.addLayer(area);
      }
    }
  }
  // From far away these would be less than a pixel wide, thousands of them.
  const addSmall = () => {
    if (map.getZoom() >= SMALL_AREA_ZOOM) {
      small.splice(0).forEach((area) => areas.addLayer(area));
    }
  };
  map.on("zoomend", addSmall);
  addSmall();
  return areas;
};

tracker.incidents = (map) => {
  const markers = new Map();
  const selected = L.layerGroup().addTo(map);
  const popup = L.popup({ maxWidth: 340, minWidth: 240, autoPanPadding: [24, 24], className: "facts-popup" });
  let opener = null;

  const IncidentMarker = L.Marker.extend({
    _initIcon() {
      this.options.icon = this.icon();
      L.Marker.prototype._initIcon.call(this);
    },
    icon() {
      const row = this.options.row;
      const perRoot = tracker.marks.scale(map, map.getZoom());
      return tracker.marks.icon(tracker.people([row]), perRoot, tracker.marks.incidentInWords(row));
    },
  });

  const clusters = L.markerClusterGroup({
    maxClusterRadius: tracker.marks.CLUSTER_REACH,
    showCoverageOnHover: false,
    zoomToBoundsOnClick: false,
    spiderfyOnMaxZoom: false,
    animate: !tracker.calm,
    iconCreateFunction(cluster) {
      const people = tracker.people(cluster.getAllChildMarkers().map((marker) => marker.options.row));
      const perRoot = tracker.marks.scale(map, cluster._zoom);
      return tracker.marks.icon(people, perRoot, tracker.marks.clusterInWords(people));
    },
  });

  /** Show the area of uncertainty of a row with a stronger edge. */
  function select(row) {
    selected.clearLayers();
    const place = tracker.position(row);
    const metres = tracker.columns.uncertainty_m[row];
    if (place && metres > 0) {
      selected.addLayer(L.circle(place, {
        radius: metres, className: "selected-area", interactive: false, pane: "corridors",
      }));
    }
  }

  function openPopup(place, content, from) {
    opener = from?.getElement?.() ?? document.activeElement;
    popup.setLatLng(place).setContent(content).openOn(map);
    const closing = popup.getElement().querySelector(".leaflet-popup-close-button");
    closing.setAttribute("aria-label", tracker.say("close"));
    content.focus({ preventScroll: true });
  }

  function open(row, from) {
    select(row);
    openPopup(tracker.position(row), tracker.facts(row), from);
  }

  function openMany(cluster) {
    const rows = cluster.getAllChildMarkers().map((marker) => marker.options.row);
    const people = tracker.people(rows);
    const content = tracker.node("div", null, { tabindex: "-1", class: "facts-many" });
    content.append(tracker.node("p", tracker.marks.clusterInWords(people), { class: "facts-title" }));
    const list = tracker.node("ul");
    for (const row of rows.sort((one, other) => one - other)) {
      const item = tracker.node("li");
      const button = tracker.node("button", tracker.marks.incidentInWords(row), { type: "button" });
      button.addEventListener("click", () => open(row, cluster));
      item.append(button);
      list.append(item);
    }
    content.append(list);
    openPopup(cluster.getLatLng(), content, cluster);
  }

  function enter(event) {
    const cluster = event.propagatedFrom ?? event.layer;
    if (event.originalEvent?.type === "keypress" && event.originalEvent.key !== "Enter") {
      return;
    }
    const bounds = cluster.getBounds();
    const alone = bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-4);
    if (alone || map.getZoom() >= map.getMaxZoom()) {
      openMany(cluster);
    } else {
      map.fitBounds(bounds, { padding: [40, 40], maxZoom: map.getZoom() + 4 });
    }
  }

  for (const row of tracker.rows) {
    const place = tracker.position(row);
    if (place) {
      const marker = new IncidentMarker(place, { row });
      markers.set(row, marker);
      marker.on("click keypress", (event) => {
        if (event.type === "click" || event.originalEvent.key === "Enter") {
          open(row, marker);
        }
      });
    }
  }
  clusters.addLayers([...markers.values()]);
  clusters.on("clusterclick clusterkeypress", enter);
  L.DomEvent.on(map.getContainer(), "keydown", (event) => {
    if (event.key === "Escape") {
      map.closePopup();
    }
  });
  clusters.on("animationend", () => map.fire("marksmoved"));
  map.on("popupclose", () => {
    selected.clearLayers();
    if (opener?.isConnected) {
      opener.focus({ preventScroll: true });
    }
  });
  map.on("zoomend", () => {
    clusters.refreshClusters();
    for (const marker of markers.values()) {
      if (marker._icon) {
        marker.setIcon(marker.icon());
      }
    }
  });

  /** Move to a row and open it; asked for from the table. */
  tracker.show = (row) => {
    const marker = markers.get(row);
    if (marker) {
      map.setView(marker.getLatLng(), Math.max(map.getZoom(), 8), { animate: false });
      open(row);
    }
  };
  tracker.legend(map);
  tracker.fitPaper(map);
  return clusters;
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

/** Put the facts of one incident into words. */
tracker.facts = (row) => {
  const content = tracker.node("div", null, { tabindex: "-1", class: "facts-one" });
  const unknown = tracker.say("unknown");
  content.append(tracker.node("p", tracker.peopleInWords(row), { class: "facts-title" }));
  const list = tracker.node("dl");
  const metres = tracker.columns.uncertainty_m[row];
  const survivors = tracker.value("survivors", row);
  const precision = tracker.value("precision", row);
  const facts = [
    ["date", tracker.value("date", row)],
    ["place", tracker.value("place", row)],
    ["precision", metres > 0 ? `${precision ?? unknown} (${distance(metres)})` : precision],
    ["corridor", tracker.value("segment", row) ?? tracker.value("corridor", row)],
    ["causes", tracker.value("causes", row)],
    ["survivors", survivors === null ? null : tracker.digits.format(survivors)],
  ];
  for (const [key, words] of facts) {
    list.append(tracker.node("dt", tracker.say(key)));
    list.append(tracker.node("dd", words ?? unknown, words === null ? { class: "unknown" } : {}));
  }
  content.append(list);
  const address = tracker.address(row);
  if (address) {
    content.append(tracker.node("a", tracker.say("open_record"), { href: address }));
  } else {
    content.append(tracker.node("p", tracker.columns.public_id[row], { class: "note" }));
  }
  return content;

  function distance(radius) {
    return radius < 1000
      ? tracker.say("within_m", { number: tracker.digits.format(radius) })
      : tracker.say("within_km", { number: tracker.digits.format(Math.round(radius / 1000)) });
  }
};

/** Explain the marks under the map, with a circle as large as it is at this zoom. */
tracker.legend = (map) => {
  const box = document.getElementById("map-legend");
  const draw = () => box.replaceChildren(...lines());
  map.on("zoomend", draw);
  draw();

  function lines() {
    const perRoot = tracker.marks.scale(map, map.getZoom());
    const sample = 10 ** Math.max(0, Math.floor(2 * Math.log10(22 / perRoot)));
    return [
      line(tracker.marks.disc({ dead: 9, missing: 0 }, 2.6).drawing, tracker.say("legend_died")),
      line(tracker.marks.disc({ dead: 0, missing: 9 }, 2.6).drawing, tracker.say("legend_disappeared")),
      line(tracker.marks.disc({ dead: 0, missing: sample }, perRoot).drawing, tracker.count("legend_people", sample)),
      line(tracker.node("span", null, { class: "legend-area" }), tracker.say("legend_area")),
    ];
  }

  function line(drawing, words) {
    const made = tracker.node("p");
    const box = tracker.node("span", null, { class: "legend-sign" });
    box.append(drawing);
    made.append(box, tracker.node("span", words));
    return made;
  }
};
