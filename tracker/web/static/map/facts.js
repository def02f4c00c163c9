// The facts of an incident in words, and what the marks mean.
"use strict";

/** Put the facts of one incident into words. */
tracker.facts = (row) => {
  // It may be longer than its room: then whoever uses the keyboard scrolls it, and goes on to the link.
  const content = tracker.node("div", null, { tabindex: "0", class: "facts-one" });
  const unknown = tracker.say("unknown");
  content.append(tracker.node("p", tracker.peopleInWords(row), { class: "facts-title" }));
  const list = tracker.node("dl");
  const metres = row.uncertainty_m;
  const facts = [
    ["date", row.date],
    ["place", row.place],
    ["precision", metres > 0 ? `${row.precision ?? unknown} (${distance(metres)})` : row.precision],
    ["corridor", row.segment ?? row.corridor],
    ["causes", row.causes],
    ["survivors", row.survivors === null ? null : tracker.digits.format(row.survivors)],
    ["coordinates", tracker.coordinates(row)],
    ["source", row.source],
    ["quality", row.source_quality === null ? null : tracker.say("quality_of", { number: row.source_quality })],
  ];
  for (const [key, words] of facts) {
    list.append(tracker.node("dt", tracker.say(key)));
    list.append(tracker.node("dd", words ?? unknown, words === null ? { class: "unknown" } : {}));
  }
  const address = tracker.address(row);
  content.append(
    address
      ? tracker.node("a", tracker.say("open_record"), { href: address })
      : tracker.node("p", row.public_id, { class: "note" }),
    list,
  );
  return content;

  function distance(radius) {
    return radius < 1000
      ? tracker.say("within_m", { number: tracker.digits.format(radius) })
      : tracker.say("within_km", { number: tracker.digits.format(Math.round(radius / 1000)) });
  }
};

/** Write the middle of a place as degrees and minutes, no finer than the place is known. */
tracker.coordinates = (row) => {
  const place = tracker.position(row);
  if (!place) {
    return null;
  }
  const digits = row.uncertainty_m >= 1000 ? 1 : row.uncertainty_m >= 100 ? 2 : 4;
  return place.map((degrees) => degrees.toFixed(digits)).join(", ");
};

/** Explain the marks under the map, with a circle as large as it is in this view. */
tracker.legend = (map) => {
  const box = document.getElementById("map-legend");
  map.on("marksmoved", ({ perRoot }) => box.replaceChildren(...lines(perRoot)));

  function lines(perRoot) {
    const sample = 10 ** Math.max(0, Math.floor(2 * Math.log10(22 / perRoot)));
    return [
      line(tracker.marks.disc({ dead: 9, missing: 0 }, 2.6).drawing, tracker.say("legend_died")),
      line(tracker.marks.disc({ dead: 0, missing: 9 }, 2.6).drawing, tracker.say("legend_disappeared")),
      line(tracker.marks.disc({ dead: 0, missing: sample }, perRoot).drawing, tracker.count("legend_people", sample)),
      line(tracker.node("span", null, { class: "legend-area" }), tracker.say("legend_area")),
    ];
  }

  function line(drawing, words) {
    const made = tracker.node("p");
    const sign = tracker.node("span", null, { class: "legend-sign" });
    sign.append(drawing);
    made.append(sign, tracker.node("span", words));
    return made;
  }
};
