// Reads the entry from its fields, fills it in again, and says what is wrong beside each field.
"use strict";

offline.form = (() => {
  const { told, say, part, make } = offline;
  const form = part("entry");
  const TEXTS = ["cause_reported", "location_description", "notes"];
  const CODES = ["incident_type", "date_precision", "date_basis", "scope", "location_precision"];
  const COUNTS = [
    "number_dead",
    "number_dead_max",
    "number_missing_min",
    "number_missing_max",
    "number_survivors",
    "number_females",
    "number_males",
    "number_other_gender",
    "number_children",
  ];
  const BLOCKS = [0, 1];
  let place = null;
  let origins = [];

  function field(name) {
    return form.elements.namedItem(name);
  }

  function value(name) {
    return field(name).value.trim() || null;
  }

  function written(date) {
    return date.toISOString().slice(0, 10);
  }

  /** Give the first and last day of the week, month or year that holds a day. */
  function span(precision, from, to) {
    if (precision === "unknown" || !from) {
      return [null, null];
    }
    const [year, month, day] = from.split("-").map(Number);
    const at = (y, m, d) => written(new Date(Date.UTC(y, m, d)));
    if (precision === "week") {
      const monday = day - ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7);
      return [at(year, month - 1, monday), at(year, month - 1, monday + 6)];
    }
    if (precision === "month") {
      return [at(year, month - 1, 1), at(year, month, 0)];
    }
    if (precision === "year") {
      return [at(year, 0, 1), at(year, 11, 31)];
    }
    return [from, precision === "range" ? to : from];
  }

  function sources() {
    return BLOCKS.map((at) => ({
      publisher: value(`sources.${at}.publisher`),
      url: value(`sources.${at}.url`),
      quality: value(`sources.${at}.quality`),
    })).filter((source) => source.publisher || source.url || source.quality);
  }

  /** Give what is in the fields under the names of the shape of an incident. */
  function read() {
    const facts = {};
    TEXTS.concat(CODES, COUNTS).forEach((name) => {
      facts[name] = value(name);
    });
    const cause = value("causes");
    facts.causes = cause ? [cause] : [];
    const days = span(facts.date_precision, value("date_from"), value("date_to"));
    [facts.date_from, facts.date_to] = days;
    facts.origins = origins.slice();
    facts.sources = sources();
    facts.longitude = place && place.longitude;
    facts.latitude = place && place.latitude;
    facts.location_basis = place && place.basis;
    facts.uncertainty_m =
      place && place.uncertainty_m
        ? Math.max(place.uncertainty_m, told.radius_m[facts.location_precision])
        : null;
    return facts;
  }

  /** Empty every field. */
  function empty() {
    form.reset();
    showProblems({});
    part("towns").textContent = part("towns-told").textContent = "";
    origins = [];
    showOrigins();
    setPlace(null);
    showDays();
  }

  /** Fill the fields with an entry again. */
  function fill(facts, placeOfEntry) {
    empty();
    TEXTS.concat(CODES, COUNTS, ["date_from", "date_to"]).forEach((name) => {
      field(name).value = facts[name] === null ? "" : facts[name];
    });
    field("causes").value = facts.causes[0] || "";
    facts.sources.forEach((source, at) => {
      ["publisher", "url", "quality"].forEach((name) => {
        field(`sources.${at}.${name}`).value = source[name] || "";
      });
    });
    origins = facts.origins.slice();
    showOrigins();
    const precision = facts.location_precision;
    setPlace(placeOfEntry);
    field("location_precision").value = precision;
    showDays();
  }

  function precisionFor(metres) {
    if (metres <= 30) {
      return "exact";
    }
    if (metres <= 200) {
      return "vicinity";
    }
    return metres <= 2000 ? "locality" : metres <= 8000 ? "adm3" : "adm2";
  }

  /** Take a place (or none), say where it is, and how well it is known by itself. */
  function setPlace(chosen, precision) {
    place = chosen;
    part("no-place").hidden = !place;
    part("place").textContent = place ? place.words : say("place_none");
    const known = precision || (place ? field("location_precision").value : "unknown");
    field("location_precision").value = known;
  }

  /** Say in words where a position is: corridor, stretch, and a large town nearby. */
  function inWords(first, longitude, latitude) {
    const lines = [first, `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`];
    const { town, km } = offline.places.nearest({ longitude, latitude }, true);
    const near = { name: town.name, country: told.countries[town.country], km: Math.round(km) };
    lines.push(say("place_near", near));
    const found = offline.places.corridorAt(longitude, latitude);
    lines.push(found ? say("place_corridor", { name: found.corridorName }) : say("place_no_corridor"));
    if (found && found.segment) {
      lines.push(say("place_segment", { name: found.segmentName }));
    }
    return lines.join("\n");
  }

  /** Take a town of the list. */
  function takeTown(town) {
    const { longitude, latitude } = town;
    const name = { name: town.name, country: told.countries[town.country] };
    const words = inWords(say("place_town", name), longitude, latitude);
    setPlace({ longitude, latitude, uncertainty_m: null, basis: "place_name", words }, "locality");
  }

  /** Take a position with its radius in metres: typed, or of this phone. */
  function takePosition(position, basis) {
    const { longitude, latitude } = position;
    const metres = Math.round(position.uncertainty_m);
    const first = basis === "gps" ? say("place_here", { metres }) : say("place_typed");
    const words = inWords(first, longitude, latitude);
    const taken = { longitude, latitude, uncertainty_m: position.uncertainty_m, basis, words };
    setPlace(taken, precisionFor(metres));
  }

  function showOrigins() {
    const list = part("origins");
    list.textContent = "";
    origins.forEach((code) => {
      const name = told.countries[code];
      const button = make("button", { type: "button", class: "way way-small" }, `${name} ×`);
      button.setAttribute("aria-label", say("remove", { name }));
      button.addEventListener("click", () => {
        origins = origins.filter((each) => each !== code);
        showOrigins();
        part("origin").focus();
      });
      list.append(make("li", {}, button));
    });
  }

  /** Add a country of origin. */
  function addOrigin(code) {
    if (code && !origins.includes(code)) {
      origins.push(code);
      showOrigins();
    }
  }

  function showDays() {
    const precision = field("date_precision").value;
    part("day-part").hidden = precision === "unknown";
    part("last-day-part").hidden = precision !== "range";
  }

  /** Say what is wrong beside each field; give the first of them. */
  function showProblems(wrong) {
    form.querySelectorAll(".wrong").forEach((each) => each.remove());
    form.querySelectorAll("[aria-invalid]").forEach((control) => {
      control.removeAttribute("aria-invalid");
      control.closest(".field").classList.remove("field-wrong");
      const help = part(`${control.id}-help`);
      if (help) {
        control.setAttribute("aria-describedby", help.id);
      } else {
        control.removeAttribute("aria-describedby");
      }
    });
    const others = [];
    let first = null;
    Object.keys(wrong).forEach((name) => {
      const words = wrong[name].map((code) => told.texts.problems[code] || code).join(" ");
      const control = field(name.replace(/^causes\.\d+$/, "causes"));
      if (!control) {
        others.push(`${name}: ${words}`);
        return;
      }
      const id = `${control.id}-wrong`;
      const help = part(`${control.id}-help`);
      control.before(make("p", { class: "wrong", id }, words));
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", help ? `${id} ${help.id}` : id);
      control.closest(".field").classList.add("field-wrong");
      const more = control.closest("details");
      if (more) {
        more.open = true;
      }
      if (!first || control.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING) {
        first = control;
      }
    });
    part("entry-problem").hidden = !others.length && !first;
    part("entry-problem").textContent = [say("mend")].concat(others).join("\n");
    return first;
  }

  return {
    form,
    read,
    empty,
    fill,
    place: () => place,
    setPlace,
    takeTown,
    takePosition,
    addOrigin,
    showDays,
    showProblems,
  };
})();
