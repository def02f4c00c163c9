// Checks an entry on the phone by the rules of the server, so that it is not refused days later.
"use strict";

offline.checks = (() => {
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
  const ESTIMATES = [
    ["number_dead", "number_dead_max"],
    ["number_missing_min", "number_missing_max"],
  ];
  const LONGEST = { cause_reported: 500, location_description: 1000, notes: 4000 };
  const MOST_PEOPLE = 1000000;
  const ADDRESS = /^https?:\/\/[^\s<>"]+$/i;

  /** Give the codes of what is wrong, by field; empty where nothing is. */
  function check(facts) {
    const wrong = {};
    const mark = (field, code) => {
      wrong[field] = (wrong[field] || []).concat(code);
    };
    if (!facts.causes.length) {
      mark("causes", "required");
    }
    counts(facts, mark);
    dates(facts, mark);
    if (facts.longitude !== null && facts.location_precision === "unknown") {
      mark("location_precision", "precision_mismatch");
    }
    Object.keys(LONGEST).forEach((field) => {
      if ((facts[field] || "").length > LONGEST[field]) {
        mark(field, "too_long");
      }
    });
    facts.sources.forEach((source, at) => {
      if (!source.publisher && !source.url) {
        mark(`sources.${at}.publisher`, "required");
      }
      if ((source.publisher || "").length > 300) {
        mark(`sources.${at}.publisher`, "too_long");
      }
      if (source.url && !ADDRESS.test(source.url)) {
        mark(`sources.${at}.url`, "not_an_address");
      }
    });
    return wrong;
  }

  function counts(facts, mark) {
    const known = {};
    COUNTS.forEach((field) => {
      if (facts[field] === null) {
        return;
      }
      const number = Number(facts[field]);
      if (!/^[-+]?\d+([.]\d+)?$/.test(String(facts[field]).trim())) {
        mark(field, "not_a_number");
      } else if (!Number.isInteger(number)) {
        mark(field, "not_whole");
      } else if (Math.abs(number) > MOST_PEOPLE) {
        mark(field, "out_of_range");
      } else {
        known[field] = number;
        if (number < 0) {
          mark(field, "negative");
        }
      }
    });
    ESTIMATES.forEach(([lowest, highest]) => {
      if (lowest in known && highest in known && known[highest] < known[lowest]) {
        mark(highest, "below_minimum");
      }
    });
  }

  function dates(facts, mark) {
    const { date_from: start, date_to: end, date_precision: precision } = facts;
    if (precision === "unknown") {
      return;
    }
    if (!start) {
      mark("date_from", "required");
    } else if (!end) {
      mark("date_to", "required");
    } else if (end < start) {
      mark("date_to", "date_order");
    }
  }

  return { check };
})();
