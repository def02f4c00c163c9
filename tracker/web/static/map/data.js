// What the map and its table know: the records, and the words to speak of them.
"use strict";

const tracker = (() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const texts = read("map-texts");
  const columns = read("map-incidents");
  const language = document.documentElement.lang;
  // Numbers as in Latin America, as on the rest of the page.
  const digits = new Intl.NumberFormat(language === "es" ? "es-419" : language, { useGrouping: "always" });
  const plural = new Intl.PluralRules(language);
  const PARTS_OF_A_DEGREE = 10000;

  /** Fill the values into a text of the page: "{people} people". */
  function say(key, values = {}) {
    return texts[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** Say how many of something there are, in the form that the number asks for. */
  function count(key, number) {
    const form = plural.select(Math.abs(number)) === "one" ? "one" : "other";
    return say(`${key}_${form}`, { number: digits.format(number) });
  }

  /** Give a value of a row: a number, words, or null where nobody knows. */
  function value(name, row) {
    const column = columns[name];
    if (Array.isArray(column)) {
      return column[row];
    }
    return column.words[column.rows[row]] ?? null;
  }

  /** Give the position of a row as Leaflet wants it, or null for a row without a place. */
  function position(row) {
    const latitude = columns.latitude[row];
    const longitude = columns.longitude[row];
    return latitude === null || longitude === null
      ? null
      : [latitude / PARTS_OF_A_DEGREE, longitude / PARTS_OF_A_DEGREE];
  }

  /** Add up the people of some rows; what is unknown adds nothing and is counted apart. */
  function people(rows) {
    const sum = { dead: 0, missing: 0, unknown: 0, incidents: rows.length };
    for (const row of rows) {
      const dead = columns.dead[row];
      const missing = columns.missing[row];
      sum.dead += dead ?? 0;
      sum.missing += missing ?? 0;
      sum.unknown += dead === null && missing === null ? 1 : 0;
    }
    return sum;
  }

  /** Say how many people died and how many disappeared; the unknown is said as unknown. */
  function peopleInWords(row) {
    const dead = columns.dead[row];
    const missing = columns.missing[row];
    const parts = [];
    if (dead !== null) {
      parts.push(count("died", dead));
    }
    if (missing !== null) {
      parts.push(missing < 0 ? count("found", -missing) : count("disappeared", missing));
    }
    return parts.length ? parts.join(", ") : say("people_unknown");
  }

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
    const prefix = texts.records;
    return prefix ? prefix + encodeURIComponent(columns.public_id[row]) : null;
  }

  const rows = columns.public_id.map((_, row) => row);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    address, calm, columns, count, digits, node, people, peopleInWords, position, read, rows,
    say, texts, value,
  };
})();
