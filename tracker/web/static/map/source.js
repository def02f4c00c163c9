// Where the map's incidents come from: the server, a box at a time, or, in a file that stands
// alone, the page itself. Both give the same: cells of people, and a page of rows.
"use strict";

tracker.source = (() => {
  const CELL_LEVELS = 2;
  const FINE_LEVELS = 4;
  const inPage = document.getElementById("map-incidents");
  return inPage ? ofPage(tracker.read("map-incidents")) : ofServer();

  /** Give the cells and rows of a site, which answers for each box. */
  function ofServer() {
    const listeners = new Set();
    const asked = new URLSearchParams(location.search);
    asked.delete("lang");

    async function ask(path, more, signal) {
      const address = new URLSearchParams(asked);
      Object.entries(more).forEach(([name, value]) => address.set(name, value));
      if (tracker.texts.language) {
        address.set("lang", tracker.texts.language);
      }
      const answer = await fetch(`${tracker.texts.map}/${path}?${address}`, { signal });
      if (!answer.ok) {
        throw new Error(`${answer.status}`);
      }
      return answer.json();
    }

    return {
      async cells({ box, zoom, fine = false, signal }) {
        const more = { box: boxInWords(box), zoom: Math.max(Math.round(zoom), 1) };
        return this.cellsOfAnswer(await ask("cells", fine ? { ...more, cells: "fine" } : more, signal));
      },
      cellsOfAnswer: (answer) => ({ ...answer, cells: answer.cells.map(cellOfList) }),
      rows: ({ box = null, sort = "newest", page = 1, signal }) =>
        ask("incidents", box ? { box: boxInWords(box), sort, page } : { sort, page }, signal),
      hexagons: ({ box, zoom, signal }) =>
        ask("hexagons", { box: boxInWords(box), zoom: Math.max(Math.round(zoom), 1) }, signal),
      areas: ({ kind, signal }) => ask("areas", { kind }, signal),
      async places(name) {
        const answer = await fetch(`${tracker.texts.map}/places?${new URLSearchParams({ name })}`);
        return answer.ok ? answer.json() : [];
      },
      /** Ask another question from now on; whoever listens draws anew. */
      change(values) {
        for (const [name, value] of Object.entries(values)) {
          if (value) {
            asked.set(name, value);
          } else {
            asked.delete(name);
          }
        }
        listeners.forEach((listener) => listener(asked));
      },
      onChange: (listener) => listeners.add(listener),
      asked: () => new URLSearchParams(asked),
    };
  }

  function boxInWords(box) {
    return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]
      .map((degrees, at) => Math.max(at % 2 ? -90 : -180, Math.min(at % 2 ? 90 : 180, degrees)).toFixed(6))
      .join(",");
  }

  function cellOfList([longitude, latitude, incidents, dead, missing, unknown, radius_m]) {
    return { longitude, latitude, incidents, dead, missing, unknown, radius_m };
  }

  /** Give the cells and rows of the incidents that stand in the page as columns. */
  function ofPage(columns) {
    const rows = columns.public_id.map((_, row) => rowOf(columns, row));
    const placed = rows.filter((row) => tracker.position(row));
    const keys = { newest: dateKey(1), oldest: dateKey(-1), dead: (row) => -row.dead, missing: (row) => -row.missing };

    return {
      async cells({ box, zoom, fine = false }) {
        const level = Math.round(zoom) + (fine ? FINE_LEVELS : CELL_LEVELS);
        const all = cellsOf(level);
        const inside = all.cells.filter((cell) => box.contains(tracker.position(cell)));
        return { level, fullest: all.fullest, cells: inside };
      },
      async rows({ box = null, sort = "newest", page = 1 }) {
        const inside = box ? placed.filter((row) => box.contains(tracker.position(row))) : rows;
        const known = (row) => (sort in row ? row[sort] : row.date) !== null;
        const ordered = [...inside].sort((one, other) =>
          known(other) - known(one) || keys[sort](one) - keys[sort](other) || one.number - other.number);
        return {
          rows: ordered.slice(50 * (page - 1), 50 * page),
          incidents: inside.length, dead: sum(inside, "dead"), missing: sum(inside, "missing"),
        };
      },
      onChange() {},
    };

    // Rows come newest first, so their order is their date.
    function dateKey(sign) {
      return (row) => sign * row.number;
    }

    function cellsOf(level) {
      cellsOf.made ??= new Map();
      if (!cellsOf.made.has(level)) {
        const cells = new Map();
        for (const row of placed) {
          const [latitude, longitude] = tracker.position(row);
          const sine = Math.sin((latitude * Math.PI) / 180);
          const x = Math.floor(((longitude + 180) / 360) * 2 ** level);
          const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** level);
          const key = `${x} ${y}`;
          cells.set(key, [...(cells.get(key) ?? []), row]);
        }
        const gathered = [...cells.values()].map(gather);
        const people = gathered.map((cell) => (cell.dead ?? 0) + (cell.missing ?? 0));
        cellsOf.made.set(level, { cells: gathered, fullest: Math.max(0, ...people) });
      }
      return cellsOf.made.get(level);
    }

    function gather(group) {
      const alone = group.every((row) => row.longitude === group[0].longitude && row.latitude === group[0].latitude);
      const middle = (name) => group.reduce((total, row) => total + row[name], 0) / group.length;
      return {
        longitude: middle("longitude"), latitude: middle("latitude"),
        incidents: group.length, dead: sum(group, "dead"), missing: sum(group, "missing"),
        unknown: group.filter((row) => row.dead === null && row.missing === null).length,
        radius_m: alone ? Math.max(...group.map((row) => row.uncertainty_m ?? 0)) : -1,
      };
    }

    /** Add up what is known; null where nothing is. */
    function sum(group, name) {
      const known = group.filter((row) => row[name] !== null);
      return known.length ? known.reduce((total, row) => total + row[name], 0) : null;
    }
  }

  function rowOf(columns, number) {
    const row = { number };
    for (const [name, column] of Object.entries(columns)) {
      row[name] = Array.isArray(column) ? column[number] : (column.words[column.rows[number]] ?? null);
    }
    return row;
  }
})();
