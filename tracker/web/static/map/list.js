// The list beside the map: what is in view, its count, in any order, a page at a time.
"use strict";

tracker.list = (map) => {
  const WAIT_MS = 250;
  const table = document.getElementById("map-table");
  const pager = document.getElementById("map-pager");
  const count = document.getElementById("map-count");
  const body = table.tBodies[0];
  const NUMBERS = new Set(["dead", "missing"]);
  const ROWS = 50;
  const ofPage = new Map([...body.rows].map((row) => [row.dataset.incident, row]));
  let sort = "newest";
  let page = 1;
  let asking = null;
  let timer = null;

  const cells = {
    date: (row) => wordsOf(row.date),
    dead: (row) => numberOf(row.dead),
    missing: (row) => numberOf(row.missing),
    place: (row) => wordsOf(row.place ?? row.country),
    causes: (row) => wordsOf(row.causes),
  };

  function wordsOf(words) {
    return words === null ? tracker.node("span", tracker.say("unknown"), { class: "unknown" }) : words;
  }

  function numberOf(number) {
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
    button.dataset.incident = row.public_id;
    return listen(button, row);
  }

  function listen(button, row) {
    button.setAttribute("aria-label", `${tracker.say("show")}: ${tracker.rowInWords(row)}`);
    button.addEventListener("click", () => {
      document.querySelector(".folium-map").scrollIntoView({ block: "nearest" });
      tracker.show(row);
    });
    return button;
  }

  /** Take over a row that came with the page; its words are those of the answer. */
  function takenOver(made, row) {
    const button = made.querySelector(".show");
    return button ? (listen(button, row), made) : made;
  }

  /** Put rows in place of those that stand there; the ones that stay are not touched. */
  function place(rows) {
    rows.forEach((row, at) => {
      if (body.rows[at] !== row) {
        body.insertBefore(row, body.rows[at] ?? null);
      }
    });
    while (body.rows.length > rows.length) {
      body.lastElementChild.remove();
    }
  }

  function draw(answer) {
    const first = ROWS * (page - 1);
    const focused = body.contains(document.activeElement) ? document.activeElement.dataset.incident : null;
    place(answer.rows.map((row) => (ofPage.has(row.public_id) ? takenOver(ofPage.get(row.public_id), row) : line(row))));
    ofPage.clear();
    table.classList.add("in-view");
    if (focused) {
      const same = [...body.querySelectorAll(".show")].find((button) => button.dataset.incident === focused);
      (same ?? table.parentElement).focus({ preventScroll: true });
    }
    const where = {
      first: tracker.digits.format(answer.rows.length ? first + 1 : 0),
      last: tracker.digits.format(first + answer.rows.length),
      all: tracker.digits.format(answer.incidents),
    };
    pager.querySelector("[data-where]").textContent = tracker.say("rows_of", where);
    pager.querySelector("[data-before]").disabled = page === 1;
    pager.querySelector("[data-after]").disabled = first + answer.rows.length >= answer.incidents;
    pager.hidden = false;
    count.textContent = `${tracker.count("in_view", answer.incidents)}: ${tracker.peopleInWords(answer)}`;
  }

  async function ask() {
    asking?.abort();
    const own = (asking = new AbortController());
    try {
      const early = tracker.earlyRows;
      tracker.earlyRows = null;
      const answer = await (early ?? tracker.source.rows({ box: map.getBounds(), sort, page, signal: own.signal }));
      if (!own.signal.aborted) {
        draw(answer);
      }
    } catch (error) {
      if (!own.signal.aborted) {
        count.textContent = tracker.say("not_loaded");
      }
    }
  }

  function fromStart() {
    // While an incident is open the map may have moved to make room: the list stays.
    if (!tracker.opened()) {
      page = 1;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    }
  }

  function turn(step) {
    page += step;
    table.parentElement.scrollTop = 0;
    ask();
  }

  const ORDERS = { date: ["newest", "oldest"], dead: ["dead"], missing: ["missing"] };

  function sortBy(header) {
    const orders = ORDERS[header.dataset.column];
    sort = orders[(orders.indexOf(sort) + 1) % orders.length];
    for (const other of table.tHead.rows[0].cells) {
      other.removeAttribute("aria-sort");
    }
    header.setAttribute("aria-sort", sort === "oldest" ? "ascending" : "descending");
    page = 1;
    ask();
  }

  for (const header of table.tHead.rows[0].cells) {
    if (header.dataset.column in ORDERS) {
      const button = tracker.node("button", header.textContent, { type: "button" });
      header.replaceChildren(button);
      button.addEventListener("click", () => sortBy(header));
    }
  }
  pager.querySelector("[data-before]").addEventListener("click", () => turn(-1));
  pager.querySelector("[data-after]").addEventListener("click", () => turn(1));
  map.on("moveend popupclose", fromStart);
  tracker.source.onChange(() => {
    ofPage.clear(); // another question may have other words for the same incident
    fromStart();
  });
  map.whenReady(ask);
};
