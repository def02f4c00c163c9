// The place of a record: tap it, stand in it, or look for its name. Without this, all of it can be typed.
"use strict";

(() => {
  const picker = document.querySelector(".picker");
  if (!picker || !window.L) {
    return;
  }
  const form = picker.closest("form");
  const field = (name) => form.elements.namedItem(name);
  const coordinates = field("coordinates");
  const precision = field("location_precision");
  const basis = field("location_basis");
  const told = picker.querySelector("[data-told]");
  const lines = form.querySelector("[data-lines]");
  const found = form.querySelector(".found");
  let map = null;
  let drawn = null;
  let asked = 0;

  picker.hidden = false;

  function node(tag, text) {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  }

  async function ask(address, values) {
    const response = await fetch(`${address}?${new URLSearchParams(values)}`, { credentials: "same-origin" });
    if (!response.ok) {
      throw new Error(String(response.status));
    }
    return response.json();
  }

  /** Show where the coordinates lie and what the public will see; the last question wins. */
  async function preview() {
    const typed = coordinates.value.trim();
    asked += 1;
    const mine = asked;
    if (!typed) {
      drawn?.clearLayers();
      return;
    }
    let seen;
    try {
      seen = await ask(picker.dataset.preview, { coordinates: typed, precision: precision.value });
    } catch {
      return; // without network the field itself still holds what was typed
    }
    if (mine !== asked) {
      return;
    }
    lines.replaceChildren(...(seen.problem ? [node("p", seen.problem)] : seen.lines.map((line) => node("p", line))));
    draw(seen);
  }

  function draw(seen) {
    if (!map) {
      return;
    }
    drawn.clearLayers();
    if (seen.problem) {
      return;
    }
    L.rectangle(seen.square, { className: "public-square", interactive: false }).addTo(drawn);
    const area = L.circle(seen.point, { radius: seen.radius_m, className: "own-area", interactive: false }).addTo(drawn);
    L.circleMarker(seen.point, { radius: 5, className: "own-point", interactive: false }).addTo(drawn);
    const bounds = L.latLngBounds(seen.square).extend(area.getBounds());
    map.fitBounds(bounds, { padding: [30, 30], maxZoom: 12, animate: false });
  }

  function choose(latitude, longitude, how, known) {
    coordinates.value = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
    if (basis) {
      basis.value = how;
    }
    if (how !== "place_name") {
      found.replaceChildren(); // a name that was chosen before holds no longer
    }
    if (known && precision.value === "") {
      precision.value = known;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    preview();
  }

  async function openMap() {
    if (map) {
      map.invalidateSize();
      return;
    }
    map = L.map(picker.querySelector(".picker-map"), {
      zoomAnimation: false, fadeAnimation: false, attributionControl: false, minZoom: 2, maxZoom: 14,
      scrollWheelZoom: false, zoomControl: false,
    }).setView([14, -80], 4);
    L.control.zoom({ zoomInTitle: picker.dataset.zoomIn, zoomOutTitle: picker.dataset.zoomOut }).addTo(map);
    drawn = L.layerGroup().addTo(map);
    map.on("click", (event) => choose(event.latlng.lat, L.Util.wrapNum(event.latlng.lng, [-180, 180], true), "map_pick", null));
    try {
      const rings = await (await fetch(picker.dataset.land, { credentials: "same-origin" })).json();
      L.polygon(rings.map(ring), { className: "land", interactive: false, smoothFactor: 0.7 }).addTo(map).bringToBack();
    } catch {
      // the map stays empty; a tap still gives a place
    }
    preview();
  }

  /** Read a ring written as steps of a hundredth of a degree. */
  function ring(steps) {
    let [x, y] = steps;
    const points = [[y / 100, x / 100]];
    for (let index = 2; index < steps.length; index += 2) {
      x += steps[index];
      y += steps[index + 1];
      points.push([y / 100, x / 100]);
    }
    return [points];
  }

  const part = picker.closest("details");
  part.addEventListener("toggle", () => part.open && openMap());
  if (part.open) {
    openMap();
  }

  let waiting = 0;
  coordinates.addEventListener("input", () => {
    found.replaceChildren();
    clearTimeout(waiting);
    waiting = setTimeout(preview, 400);
  });
  precision.addEventListener("change", preview);

  picker.querySelector("[data-here]").addEventListener("click", () => {
    told.textContent = "";
    if (!navigator.geolocation) {
      told.textContent = told.dataset.refused;
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => choose(coords.latitude, coords.longitude, "gps", coords.accuracy <= 100 ? "vicinity" : "locality"),
      () => { told.textContent = told.dataset.refused; },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });

  form.querySelector("button[value=find_place]").addEventListener("click", async (event) => {
    event.preventDefault();
    let places = [];
    try {
      places = await ask(picker.dataset.find, { name: field("place_name").value });
    } catch {
      return;
    }
    found.replaceChildren(...places.map((place) => {
      const choice = node("label", ` ${place.words}`);
      const radio = document.createElement("input");
      Object.assign(radio, { type: "radio", name: "coordinates_chosen", value: place.coordinates });
      choice.prepend(radio);
      return choice;
    }));
    if (!places.length) {
      found.replaceChildren(node("p", told.dataset.nothing));
    }
    found.querySelector("input")?.focus();
  });
  // Enter in the field of the name looks for it, and does not save the record.
  field("place_name").addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      form.querySelector("button[value=find_place]").click();
    }
  });
  found.addEventListener("change", (event) => {
    const [latitude, longitude] = event.target.value.split(",").map(Number);
    choose(latitude, longitude, "place_name", "locality");
    event.target.checked = true;
  });
})();
