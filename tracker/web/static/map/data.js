// What the map's scripts share: the words of the page, numbers, and elements made of text.
"use strict";

const tracker = (() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const texts = read("map-texts");
  const language = document.documentElement.lang;
  // Numbers as in Latin America, as on the rest of the page.
  const digits = new Intl.NumberFormat(language === "es" ? "es-419" : language, { useGrouping: "always" });
  const plural = new Intl.PluralRules(language);

  /** Fill the values into a text of the page: "{people} people". */
  function say(key, values = {}) {
    return texts[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** Say how many of something there are, in the form that the number asks for. */
  function count(key, number) {
    const form = plural.select(Math.abs(number)) === "one" ? "one" : "other";
    return say(`${key}_${form}`, { number: digits.format(number) });
  }

  /** Say how many people died and how many disappeared; the unknown is said as unknown. */
  function peopleInWords({ dead, missing }) {
    const parts = [];
    if (dead !== null) {
      parts.push(count("died", dead));
    }
    if (missing !== null) {
      parts.push(missing < 0 ? count("found", -missing) : count("disappeared", missing));
    }
    return parts.length ? parts.join(", ") : say("people_unknown");
  }

  /** Say what stands in a cell of several incidents. */
  function cellInWords(cell) {
    const { incidents, dead, missing, unknown } = cell;
    const people = Math.max((dead ?? 0) + (missing ?? 0), 0);
    const said = [count("people", people), count("incidents", incidents)];
    if (dead) {
      said.push(count("died", dead));
    }
    if (missing > 0) {
      said.push(count("disappeared", missing));
    }
    if (unknown) {
      said.push(count("unknown_number", unknown));
    }
    return said.join(", ");
  }

  /** Name a single incident. */
  const rowInWords = (row) => `${row.date ?? say("date_unknown")}: ${peopleInWords(row)}`;

  /** Make an element with text in it; record text enters the page only here. */
  function node(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    for (const [name, given] of Object.entries(attributes)) {
      made.setAttribute(name, given);
    }
    if (text !== null && text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  /** Give the page of a record, or null in a file that belongs to no site. */
  function address(row) {
    return texts.records ? texts.records + encodeURIComponent(row.public_id) : null;
  }

  const PARTS_OF_A_DEGREE = 10000;
  /** Give the position of a row as Leaflet wants it, or null for a row without a place. */
  function position({ latitude, longitude }) {
    return latitude === null || longitude === null
      ? null
      : [latitude / PARTS_OF_A_DEGREE, longitude / PARTS_OF_A_DEGREE];
  }

  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    PARTS_OF_A_DEGREE, address, calm, cellInWords, count, digits, node, peopleInWords, position,
    read, rowInWords, say, texts,
  };
})();
