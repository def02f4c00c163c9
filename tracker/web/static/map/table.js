// The table beside the map: the first rows stand in the page, the rest is turned over here.
"use strict";

(() => {
  const table = document.getElementById("map-table");
  const pager = document.getElementById("map-pager");
  if (!table || !pager) {
    return;
  }
  const body = table.tBodies[0];
  const NUMBERS = new Set(["dead", "missing"]);
  const ROWS = Number(table.dataset.rows);
  let order = [...tracker.rows];
  let page = 0;

  const cells = {
    date: (row) => wordsOf("date", row),
    dead: (row) => numberOf("dead", row),
    missing: (row) => numberOf("missing", row),
    place: (row) => wordsOf("place", row),
    causes: (row) => wordsOf("causes", row),
  };

  function wordsOf(name, row) {
    const words = tracker.value(name, row);
    return words === null ? tracker.node("span", tracker.say("unknown"), { class: "unknown" }) : words;
  }

  function numberOf(name, row) {
    const number = tracker.value(name, row);
    if (number !== null) {
      return tracker.digits.format(number);
    }
    const unknown = tracker.node("span", null, { class: "unknown" });
    unknown.append(
      tracker.node("span", "–", { "aria-hidden": "true" }),
      tracker.node("span", tracker.say("unknown"), { class: "visually-hidden" }),
    );
    return unknown;
  }

  function line(row) {
    const made = tracker.node("tr", null, { role: "row" });
    for (const [name, write] of Object.entries(cells)) {
      const cell = tracker.node("td", null, { role: "cell", class: NUMBERS.has(name) ? name : `words ${name}` });
      const address = name === "date" ? tracker.address(row) : null;
      if (address) {
        const link = tracker.node("a", null, { href: address });
        link.append(write(row));
        cell.append(link);
      } else {
        cell.append(write(row));
      }
      if (name === "place" && tracker.position(row)) {
        cell.append(" ", showButton(row));
      }
      made.append(cell);
    }
    return made;
  }

  function showButton(row) {
    const button = tracker.node("button", tracker.say("show"), { type: "button", class: "show" });
    button.setAttribute("aria-label", `${tracker.say("show")}: ${tracker.marks.incidentInWords(row)}`);
    button.addEventListener("click", () => {
      document.querySelector(".folium-map").scrollIntoView({ block: "nearest" });
      tracker.show(row);
    });
    return button;
  }

  function draw() {
    const first = page * ROWS;
    body.replaceChildren(...order.slice(first, first + ROWS).map(line));
    const last = Math.min(first + ROWS, order.length);
    pager.querySelector("[data-where]").textContent = tracker.say("rows_of", {
      first: tracker.digits.format(order.length ? first + 1 : 0),
      last: tracker.digits.format(last),
      all: tracker.digits.format(order.length),
    });
    pager.querySelector("[data-before]").disabled = page === 0;
    pager.querySelector("[data-after]").disabled = last >= order.length;
  }

  function turn(step) {
    page += step;
    draw();
    table.parentElement.scrollTop = 0;
  }

  function sortBy(header) {
    const name = header.dataset.column;
    const descending = header.getAttribute("aria-sort") !== "descending";
    for (const other of table.tHead.rows[0].cells) {
      other.removeAttribute("aria-sort");
    }
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const sign = descending ? -1 : 1;
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const keys = tracker.rows.map((row) => (name === "date" ? dateKey(row) : tracker.value(name, row)));
    order = [...tracker.rows].sort((one, other) => {
      const [a, b] = [keys[one], keys[other]];
      if (a === null || b === null) {
        return (a === null) - (b === null) || one - other;
      }
      return sign * (typeof a === "number" ? a - b : collator.compare(a, b)) || one - other;
    });
    page = 0;
    draw();
  }

  // Rows come newest first, so their order is their date.
  const dateKey = (row) => (tracker.value("date", row) === null ? null : -row);

  for (const header of table.tHead.rows[0].cells) {
    const button = tracker.node("button", header.textContent, { type: "button" });
    header.replaceChildren(button);
    button.addEventListener("click", () => sortBy(header));
  }
  pager.querySelector("[data-before]").addEventListener("click", () => turn(-1));
  pager.querySelector("[data-after]").addEventListener("click", () => turn(1));
  pager.hidden = false;
  draw();
})();
