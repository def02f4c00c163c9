// Names on the land: countries, corridors, cities, as many as there is room for.
"use strict";

tracker.names = (map) => {
  const PADDING = 4;
  const LARGE_DISC = 9;
  const GRID_OF_CITIES = [[5, 2000000], [6, 700000], [7, 250000], [8, 100000], [9, 30000], [10, 8000], [11, 0]];
  const SHIFTS = [0, 16, -16, 32, -32, 48, -48];
  const ORDER = { corridor: 0, country: 1, segment: 2, city: 3 };
  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  const paper = matchMedia("print");

  const names = tracker.read("map-names").map(([kind, words, longitude, latitude, weight]) => ({
    kind, words, weight, place: L.latLng(latitude, longitude),
  }));
  names.sort((one, other) => ORDER[one.kind] - ORDER[other.kind] || other.weight - one.weight);

  /** Say whether a name is wanted at a zoom: large areas early, small ones late and then gone. */
  function wanted(name, zoom, corridorsShown) {
    const across = Math.sqrt(name.weight) * (256 * 2 ** zoom) / 360;
    switch (name.kind) {
      case "country": return across > 44 && zoom < 9;
      case "corridor": return corridorsShown && across > 70 && across < 1500 && zoom >= 4;
      case "segment": return corridorsShown && across > 110 && zoom >= 6.5 && zoom < 11;
      default: return name.weight >= leastPeople(zoom);
    }
  }

  function leastPeople(zoom) {
    return GRID_OF_CITIES.reduce((least, [from, people]) => (zoom >= from ? people : least), Infinity);
  }

  function width(name, font, spacing) {
    const key = font + name.words;
    if (!widths.has(key)) {
      pen.font = font;
      widths.set(key, pen.measureText(name.words).width + spacing * name.words.length);
    }
    return widths.get(key);
  }

  const Names = L.Layer.extend({
    onAdd() {
      this.pane = map.createPane("names");
      this.pane.classList.add("leaflet-zoom-hide");
      this.pane.setAttribute("aria-hidden", "true");
      map.on("moveend zoomend resize", this.soon, this);
      map.on("overlayadd overlayremove marksmoved", this.soon, this);
      if (document.fonts.status !== "loaded") {
        document.fonts.ready.then(() => { widths.clear(); this.soon(); });
      }
    },

    /** Draw once for all that happens before the next picture of the screen; on paper at once. */
    soon() {
      if (paper.matches) {
        this.draw();
      } else {
        this.waiting ??= requestAnimationFrame(() => {
          this.waiting = null;
          this.draw();
        });
      }
    },

    draw() {
      const zoom = map.getZoom();
      const view = map.getBounds().pad(0.1);
      const corridorsShown = Boolean(map.getPane("corridors")?.querySelector("path"));
      const taken = this.marks();
      const drawn = document.createDocumentFragment();
      const style = getComputedStyle(map.getContainer());
      for (const name of names) {
        if (view.contains(name.place) && wanted(name, zoom, corridorsShown)) {
          const at = map.latLngToLayerPoint(name.place);
          const free = this.room(name, at, { taken, style });
          if (free) {
            taken.push(free.box);
            const label = tracker.node("span", name.words, { class: `name name-${name.kind}` });
            L.DomUtil.setPosition(label, free.at);
            drawn.append(label);
          }
        }
      }
      this.pane.replaceChildren(drawn);
    },

    /** Give the boxes of the larger discs: a name under one helps nobody. */
    marks() {
      return [...map.getPane("markerPane").querySelectorAll(".mark")]
        .map((mark) => ({ at: L.DomUtil.getPosition(mark), half: mark.querySelector("circle").r.baseVal.value }))
        .filter((disc) => disc.half >= LARGE_DISC)
        .map(({ at, half }) => ({ left: at.x - half, right: at.x + half, top: at.y - half, bottom: at.y + half }));
    },

    /** Find a free place at the point or, for the name of an area, a little above or below it. */
    room(name, at, { taken, style }) {
      for (const shift of name.kind === "city" ? [0] : SHIFTS) {
        const moved = at.add([0, shift]);
        const box = this.box(name, moved, style);
        if (!taken.some((other) => overlap(box, other))) {
          return { at: moved, box };
        }
      }
      return null;
    },

    box(name, at, style) {
      const size = { country: 13, corridor: 14, segment: 12.5, city: 12.5 }[name.kind];
      const spacing = name.kind === "country" ? 1.6 : 0.3;
      const half = width(name, `${size}px ${style.getPropertyValue("--sans")}`, spacing) / 2;
      const left = name.kind === "city" ? at.x - 4 : at.x - half;
      return {
        left: left - PADDING, right: left + 2 * half + 3 * PADDING,
        top: at.y - size / 2 - PADDING, bottom: at.y + size / 2 + PADDING,
      };
    },
  });

  function overlap(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  return new Names();
};
