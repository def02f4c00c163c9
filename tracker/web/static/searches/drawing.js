// A map to draw on: taps and the keyboard write points into a field of the form, a point a line.
// Without this all of it can be typed.
"use strict";

tracker.drawing = (map) => {
  const box = document.querySelector(".search-drawing");
  const form = box.closest("form");
  const field = form.elements.namedItem(box.dataset.field);
  const told = box.querySelector("[data-told]");
  const here = box.querySelector("[data-here]");
  const { edge: planned, view } = tracker.read("search-area");
  const drawn = L.layerGroup();
  const LINE = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/;
  const DIGITS = 6;

  box.hidden = false;
  // Until now the map had no size, and showed what fits into none.
  map.invalidateSize();
  map.fitBounds(view, { maxZoom: 15, animate: false });
  L.control.scale({ imperial: false }).addTo(map);

  /** Say what is drawn: an area, a line or a point; nothing where the form asks for none. */
  function kind() {
    if (box.dataset.drawing !== "ground") {
      return box.dataset.drawing;
    }
    const ground = form.elements.namedItem("ground").value;
    return ground === "area" || ground === "line" ? ground : null;
  }

  /** Give the points that stand in the field, or null where something else stands there. */
  function points() {
    const text = field.value.trim();
    if (text.startsWith("{")) {
      return null;
    }
    const read = text.split("\n").filter((line) => line.trim()).map((line) => LINE.exec(line));
    return read.every(Boolean) ? read.map(([, y, x]) => [Number(y), Number(x)]) : null;
  }

  function write(list) {
    field.value = list.map(([y, x]) => `${y.toFixed(DIGITS)}, ${x.toFixed(DIGITS)}`).join("\n");
    draw();
  }

  function add({ lat, lng }) {
    if (kind() === null) {
      form.elements.namedItem("ground").value = "area";
    }
    const point = [lat, L.Util.wrapNum(lng, [-180, 180], true)];
    write(kind() === "point" ? [point] : [...(points() ?? []), point]);
  }

  /** Read one area or line of GeoJSON, to show it; what it cannot read is read by the server. */
  function pasted() {
    try {
      return L.geoJSON(JSON.parse(field.value), { interactive: false, style: { className: "drawn-area" } });
    } catch {
      return null;
    }
  }

  function circle() {
    const centre = LINE.exec(form.elements.namedItem("circle_centre")?.value ?? "");
    const km = Number((form.elements.namedItem("circle_km")?.value ?? "").replace(",", "."));
    return centre && km > 0
      ? L.circle([Number(centre[1]), Number(centre[2])], { radius: km * 1000, className: "drawn-area", interactive: false })
      : null;
  }

  function draw() {
    drawn.clearLayers();
    if (planned.length) {
      L.polygon(planned, { className: "search-area", interactive: false }).addTo(drawn);
    }
    const list = points();
    if (list === null) {
      const shown = field.value.trim().startsWith("{") ? pasted() : null;
      shown?.addTo(drawn);
      told.textContent = shown ? "" : tracker.say("not_read");
      return;
    }
    const around = list.length ? null : circle();
    around?.addTo(drawn);
    if (kind() !== "point") {
      const shape = kind() === "line" || list.length < 3 ? L.polyline : L.polygon;
      shape(list, { className: kind() === "line" || list.length < 3 ? "drawn-line" : "drawn-area", interactive: false }).addTo(drawn);
    }
    list.forEach((point, index) => handle(point, index, list).addTo(drawn));
    told.textContent = list.length || around ? tracker.count("points", list.length) : tracker.say("no_point");
    if (kind() === "point" && list.length) {
      const radius = Number(form.elements.namedItem("uncertainty_m").value);
      L.circle(list[0], { radius, className: "search-around", interactive: false }).addTo(drawn);
      told.textContent = tracker.say("within_m", { number: tracker.digits.format(radius) });
    }
  }

  /** Let a point be dragged to where it belongs. */
  function handle(point, index, list) {
    const icon = L.divIcon({ className: "drawn-point", iconSize: [44, 44] });
    const marker = L.marker(point, { icon, draggable: true, keyboard: false });
    marker.on("dragend", () => {
      const { lat, lng } = marker.getLatLng();
      write(list.map((each, at) => (at === index ? [lat, lng] : each)));
    });
    // A tap on a point of the edge is no new point.
    marker.on("click", L.DomEvent.stop);
    return marker;
  }

  map.on("click", (event) => add(event.latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === map.getContainer()) {
      event.preventDefault();
      add(map.getCenter());
    }
  });
  box.querySelector("[data-add]").addEventListener("click", () => add(map.getCenter()));
  box.querySelector("[data-undo]")?.addEventListener("click", () => write((points() ?? []).slice(0, -1)));
  here.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        map.setView([coords.latitude, coords.longitude], Math.max(map.getZoom(), 14));
        add({ lat: coords.latitude, lng: coords.longitude });
      },
      () => { told.textContent = here.dataset.refused; },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });
  form.addEventListener("input", draw);
  form.addEventListener("change", draw);
  draw();
  return drawn;
};
