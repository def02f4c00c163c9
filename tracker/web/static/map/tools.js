// What helps to read the map: a scale, the whole screen, distances, coordinates, a place by name.
"use strict";

tracker.tools = (map) => {
  L.control.scale({ imperial: document.documentElement.lang === "en", maxWidth: 120 }).addTo(map);
  const frame = document.querySelector(".map-frame");

  function button(words, sign, act) {
    const Control = L.Control.extend({
      onAdd() {
        const box = L.DomUtil.create("div", "leaflet-bar");
        const made = tracker.node("button", null, { type: "button", class: "map-tool", "aria-label": words, title: words });
        made.append(icon(sign));
        L.DomEvent.disableClickPropagation(box);
        made.addEventListener("click", () => act(made));
        box.append(made);
        return box;
      },
    });
    new Control({ position: "topleft" }).addTo(map);
  }

  function icon(path) {
    const SVG = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(SVG, "svg");
    const line = drawing.appendChild(document.createElementNS(SVG, "path"));
    for (const [name, value] of Object.entries({ viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" })) {
      drawing.setAttribute(name, value);
    }
    line.setAttribute("d", path);
    return drawing;
  }

  if (document.fullscreenEnabled) {
    button(tracker.say("whole_screen"), "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5", () => {
      if (document.fullscreenElement) {
        document.exitFullscreen();
      } else {
        frame.requestFullscreen();
      }
    });
    document.addEventListener("fullscreenchange", () => map.invalidateSize({ animate: false }));
  }
  tracker.measure(map, button);
  tracker.findPlace(map);
  tracker.centre(map);
};

/** Measure along a line: each click, or Enter for the middle of the map, adds a point. */
tracker.measure = (map, button) => {
  const status = document.getElementById("map-status");
  const line = L.polyline([], { className: "measure", interactive: false });
  let measuring = null;

  function add(place) {
    line.addLatLng(place);
    const points = line.getLatLngs();
    const metres = points.slice(1).reduce((sum, point, at) => sum + map.distance(points[at], point), 0);
    const km = tracker.digits.format(Number((metres / 1000).toFixed(metres < 10000 ? 1 : 0)));
    status.textContent = points.length < 2 ? tracker.say("measure_next") : tracker.say("measured", { number: km });
  }

  const onClick = ({ latlng }) => add(latlng);
  function onKey(event) {
    if (event.key === "Enter" && event.target === map.getContainer()) {
      add(map.getCenter());
    } else if (event.key === "Escape") {
      stop();
    }
  }

  function stop() {
    measuring?.setAttribute("aria-pressed", "false");
    measuring = null;
    map.off("click", onClick);
    map.getContainer().removeEventListener("keydown", onKey);
    map.getContainer().classList.remove("measuring");
    line.remove();
    line.setLatLngs([]);
    status.textContent = "";
  }

  button(tracker.say("measure"), "M2 13h16M2 10v6M18 10v6M7 11v4M13 11v4", (pressed) => {
    if (measuring) {
      stop();
      return;
    }
    measuring = pressed;
    pressed.setAttribute("aria-pressed", "true");
    map.getContainer().classList.add("measuring");
    map.getContainer().addEventListener("keydown", onKey);
    map.on("click", onClick);
    line.addTo(map);
    status.textContent = tracker.say("measure_first");
    map.getContainer().focus({ preventScroll: true });
  });
};

/** Find a place by its name or its coordinates and move there. */
tracker.findPlace = (map) => {
  const form = document.getElementById("map-search");
  if (!form || !tracker.source.places) {
    form?.remove();
    return;
  }
  const found = document.getElementById("map-found");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const places = await tracker.source.places(new FormData(form).get("name")).catch(() => []);
    found.replaceChildren(...places.map(({ words, at }) => {
      const item = tracker.node("li");
      const way = tracker.node("button", words, { type: "button", class: "show" });
      way.addEventListener("click", () => {
        map.setView(at, Math.max(map.getZoom(), 8), { animate: false });
        found.replaceChildren();
        map.getContainer().focus({ preventScroll: true });
      });
      item.append(way);
      return item;
    }));
    if (!places.length) {
      found.append(tracker.node("li", tracker.say("no_place")));
    }
    found.querySelector("button")?.focus();
  });
  form.hidden = false;
};

/** Say under the map where its middle lies, in degrees and in degrees with minutes. */
tracker.centre = (map) => {
  const box = document.getElementById("map-centre");
  const half = (degrees, [positive, negative]) => {
    const minutes = Math.round(Math.abs(degrees) * 60 * 10) / 10;
    return `${Math.floor(minutes / 60)}° ${(minutes % 60).toFixed(1)}′ ${degrees < 0 ? negative : positive}`;
  };
  function write() {
    const { lat, lng } = map.getCenter();
    const words = `${half(lat, tracker.say("north_south"))}, ${half(lng, tracker.say("east_west"))}`;
    box.textContent = tracker.say("centre", { decimal: `${lat.toFixed(3)}, ${lng.toFixed(3)}`, minutes: words });
  }
  map.on("moveend", write);
  write();
};
