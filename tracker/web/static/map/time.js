// Moving through time: the year or month in which incidents happened, or the day as known on.
"use strict";

tracker.time = (map) => {
  const box = document.getElementById("map-time");
  const times = document.getElementById("map-times") ? tracker.read("map-times") : null;
  if (!box || !times || !tracker.source.change) {
    return;
  }
  const PAUSE_MS = 1100;
  const MOST_MONTHS = 48;
  const slider = box.querySelector("input[type=range]");
  const said = box.querySelector("output");
  const play = box.querySelector("[data-play]");
  const whole = box.querySelector("[data-whole]");
  const since = box.querySelector("select");
  const language = document.documentElement.lang === "es" ? "es-419" : document.documentElement.lang;
  const words = {
    day: new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }),
    month: new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }),
  };
  const asked = tracker.source.asked();
  const given = { from: asked.get("from"), to: asked.get("to"), as_known_on: asked.get("as_known_on") };
  const iso = (day) => day.toISOString().slice(0, 10);
  let playing = null;

  const ways = { happened: happened(), known: known() };
  let way = "happened";

  /** Steps of a month where these are few, else of a year. */
  function happened() {
    const [first, last] = [given.from ?? times.first, given.to ?? times.last].map((day) => day && new Date(day));
    if (!first || !last) {
      return [];
    }
    const months = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1;
    const size = months <= MOST_MONTHS ? 1 : 12;
    const begin = size === 12 ? first.getUTCFullYear() * 12 : first.getUTCFullYear() * 12 + first.getUTCMonth();
    const end = last.getUTCFullYear() * 12 + last.getUTCMonth();
    const steps = [];
    for (let at = begin; at <= end; at += size) {
      const from = new Date(Date.UTC(Math.floor(at / 12), at % 12, 1));
      const to = new Date(Date.UTC(Math.floor((at + size) / 12), (at + size) % 12, 0));
      steps.push({
        words: size === 12 ? String(Math.floor(at / 12)) : words.month.format(from),
        values: { from: iso(from), to: iso(to) },
      });
    }
    return steps;
  }

  /** Steps of the days on which something became known. */
  function known() {
    return times.known.map((day) => ({
      words: words.day.format(new Date(day)),
      values: { as_known_on: day },
    }));
  }

  function begin() {
    const steps = ways[way];
    slider.max = String(Math.max(steps.length - 1, 0));
    slider.value = way === "known" ? slider.max : "0";
    slider.disabled = play.disabled = steps.length < 2;
    since.closest("label").hidden = way !== "known";
  }

  function step() {
    const chosen = ways[way][Number(slider.value)];
    if (!chosen) {
      return;
    }
    said.textContent = way === "known" ? tracker.say("known_on", { day: chosen.words }) : chosen.words;
    slider.setAttribute("aria-valuetext", chosen.words);
    const later = way === "known" && since.value && since.value <= chosen.values.as_known_on;
    tracker.source.change({ ...given, ...chosen.values, new_since: later ? since.value : "" });
  }

  function everything() {
    stop();
    said.textContent = tracker.say("whole_time");
    since.value = "";
    tracker.source.change({ ...given, new_since: asked.get("new_since") });
  }

  function stop() {
    clearTimeout(playing);
    playing = null;
    play.textContent = tracker.say("play");
  }

  function next() {
    if (slider.value === slider.max) {
      stop();
      return;
    }
    slider.value = String(Number(slider.value) + 1);
    step();
    playing = setTimeout(next, PAUSE_MS);
  }

  play.addEventListener("click", () => {
    if (playing) {
      stop();
      return;
    }
    if (slider.value === slider.max) {
      slider.value = "0";
    }
    play.textContent = tracker.say("pause");
    step();
    playing = setTimeout(next, PAUSE_MS);
  });
  slider.addEventListener("input", () => {
    stop();
    step();
  });
  whole.addEventListener("click", everything);
  since.addEventListener("change", step);
  for (const choice of box.querySelectorAll("input[type=radio]")) {
    choice.addEventListener("change", () => {
      stop();
      way = choice.value;
      begin();
      everything();
    });
  }
  for (const { words: day, values } of ways.known) {
    since.append(tracker.node("option", day, { value: values.as_known_on }));
  }
  begin();
  stop();
  said.textContent = tracker.say("whole_time");
  box.hidden = ways.happened.length < 2 && ways.known.length < 2;
};
