// Incidents as discs: one for each cell, and the facts of a single one where it is opened.
"use strict";

tracker.incidents = (map) => {
  const POINT = 0.6 / tracker.PARTS_OF_A_DEGREE;
  const CLOSEST_STEP = 3;
  const COVERS = 0.92;
  const [NARROWEST, WIDEST, MARGIN] = [240, 340, 34];
  const marks = L.layerGroup();
  const selected = L.layerGroup().addTo(map);
  const popup = L.popup({ autoPanPadding: [12, 12], className: "facts-popup" });
  let opener = null;
  let openedAt = null;

  /** Show an area of uncertainty with a stronger edge. */
  function select(place, metres) {
    selected.clearLayers();
    if (metres > 0) {
      selected.addLayer(L.circle(place, {
        radius: metres, className: "selected-area", interactive: false, pane: "corridors",
      }));
    }
  }

  function openPopup(place, content) {
    const room = map.getSize().x - 2 * MARGIN;
    popup.options.maxWidth = Math.min(WIDEST, room);
    popup.options.minWidth = Math.min(NARROWEST, room);
    popup.setLatLng(place).setContent(content).openOn(map);
    const closing = popup.getElement().querySelector(".leaflet-popup-close-button");
    closing.setAttribute("aria-label", tracker.say("close"));
    map.getContainer().classList.add("reading");
    content.focus({ preventScroll: true });
  }

  function openRow(row) {
    const place = tracker.position(row);
    select(place, row.uncertainty_m);
    openPopup(place, tracker.facts(row));
    openedAt = place;
  }

  /** List the incidents of one place, each a way to its facts. */
  function openMany(place, answer, cell) {
    const content = tracker.node("div", null, { tabindex: "-1", class: "facts-many" });
    content.append(tracker.node("p", tracker.cellInWords(cell), { class: "facts-title" }));
    const list = tracker.node("ul");
    for (const row of answer.rows) {
      const item = tracker.node("li");
      const button = tracker.node("button", tracker.rowInWords(row), { type: "button" });
      button.addEventListener("click", () => openRow(row));
      item.append(button);
      list.append(item);
    }
    if (answer.incidents > answer.rows.length) {
      const more = answer.incidents - answer.rows.length;
      list.append(tracker.node("li", tracker.count("more", more), { class: "note" }));
    }
    content.append(list);
    openPopup(place, content);
  }

  /** Give the square on the earth that a cell stands for. */
  function square(cell, level) {
    const side = 256 / 2 ** level;
    const at = map.project(tracker.position(cell), 0).divideBy(side).floor();
    const corner = (x, y) => map.unproject(L.point(x, y).multiplyBy(side), 0);
    return L.latLngBounds(corner(at.x, at.y), corner(at.x + 1, at.y + 1));
  }

  async function enter(cell, level) {
    const place = tracker.position(cell);
    const alone = cell.radius_m >= 0;
    const room = (cell.parts ?? [cell]).reduce(
      (all, part) => all.extend(square(part, level)), L.latLngBounds([]));
    const nearer = Math.min(map.getBoundsZoom(room), map.getZoom() + CLOSEST_STEP, map.getMaxZoom());
    if (!alone && nearer > map.getZoom()) {
      map.setView(place, nearer);
      return;
    }
    const box = alone ? L.latLng(place).toBounds(1) : room;
    try {
      const found = await tracker.source.rows({ box: alone ? exact(place) : box });
      if (found.rows.length === 1) {
        openRow(found.rows[0]);
      } else {
        openMany(place, found, cell);
      }
    } catch {
      openPopup(place, tracker.node("p", tracker.say("not_loaded"), { tabindex: "-1" }));
    }
  }

  const exact = ([latitude, longitude]) =>
    L.latLngBounds([latitude - POINT, longitude - POINT], [latitude + POINT, longitude + POINT]);

  /** Put together what would cover one another: the largest first, each takes in its neighbours. */
  function apart(cells, perRoot) {
    const kept = [];
    const ordered = [...cells].sort((one, other) => tracker.marks.total(other) - tracker.marks.total(one));
    for (const cell of ordered) {
      const at = map.latLngToLayerPoint(tracker.position(cell));
      const radius = tracker.marks.radius(cell, perRoot);
      const near = kept.find((other) => other.at.distanceTo(at) < COVERS * (other.radius + radius));
      if (near) {
        near.cell = joined(near.cell, cell);
        near.radius = tracker.marks.radius(near.cell, perRoot);
      } else {
        kept.push({ cell, at, radius });
      }
    }
    return kept.map(({ cell }) => cell);
  }

  function joined(one, other) {
    const sum = (name) => (one[name] === null && other[name] === null ? null : (one[name] ?? 0) + (other[name] ?? 0));
    return {
      ...one, incidents: one.incidents + other.incidents, dead: sum("dead"), missing: sum("missing"),
      unknown: one.unknown + other.unknown, radius_m: -1, parts: [...(one.parts ?? [one]), other],
    };
  }

  function draw({ cells, fullest, level }) {
    const drawn = apart(cells, tracker.marks.scale(fullest));
    // Those that took in others may have grown beyond what fits.
    const perRoot = tracker.marks.scale(Math.max(fullest, ...drawn.map(tracker.marks.total)));
    const focused = document.activeElement?.classList?.contains("mark");
    marks.clearLayers();
    for (const cell of drawn) {
      const marker = L.marker(tracker.position(cell), { icon: tracker.marks.icon(cell, perRoot) });
      marker.on("click keypress", (event) => {
        if (event.type === "click" || event.originalEvent.key === "Enter") {
          opener = marker.getElement();
          enter(cell, level);
        }
      });
      marks.addLayer(marker);
    }
    if (focused) {
      map.getContainer().focus({ preventScroll: true });
    }
    map.fire("marksmoved", { perRoot });
  }

  tracker.layers.name(map, "incidents", marks);
  map.on("cells", draw);
  marks.on("add", () => tracker.shown?.shown() && draw(tracker.shown.shown()));
  L.DomEvent.on(map.getContainer(), "keydown", (event) => {
    if (event.key === "Escape") {
      map.closePopup();
    }
  });
  map.on("popupclose", () => {
    map.getContainer().classList.remove("reading");
    openedAt = null;
    selected.clearLayers();
    if (opener?.isConnected) {
      opener.focus({ preventScroll: true });
    } else {
      map.getContainer().focus({ preventScroll: true });
    }
  });

  /** Move to a row and open it; asked for from the list. */
  tracker.show = (row) => {
    const place = tracker.position(row);
    if (place) {
      opener = document.activeElement;
      openedAt = place;
      map.setView(place, Math.max(map.getZoom(), 8), { animate: false });
      openRow(row);
    }
  };
  tracker.opened = () => openedAt;
  tracker.legend(map);
  tracker.fitPaper(map);
  // Once every layer is there: only then does the address say which of them are on, and where.
  setTimeout(() => {
    tracker.layers.name(map, "corridors", geo_json_corridors);
    tracker.address_of_view(map);
    tracker.shown = tracker.view(map);
    tracker.list(map);
    tracker.tools(map);
    tracker.time(map);
  });
  return marks;
};
