// The page: opens and closes, keeps entries, shows what waits, wipes.
"use strict";

(() => {
  const { told, say, part, make, randomName, store, form, sending, places, checks } = offline;
  const IDLE_MS = 10 * 60 * 1000;
  const DRAFT_MS = 1000;
  const MOST_TOWNS = 8;
  let lastUse = Date.now();
  let editing = null;
  let dirty = false;
  let draftTimer = null;

  function status(words) {
    part("status").textContent = words;
  }

  function show(name) {
    ["set-up", "unlock", "work"].forEach((each) => {
      part(each).hidden = each !== name;
    });
  }

  // Opening and closing.

  async function begin() {
    const able = self.isSecureContext && self.crypto && crypto.subtle && self.indexedDB;
    if (!able) {
      part("unable").hidden = false;
      return;
    }
    try {
      if (await store.isSetUp()) {
        show("unlock");
        prepare();
      } else {
        show("set-up");
      }
    } catch (error) {
      part("unable").hidden = false;
    }
  }

  /** Let the phone keep the page, so that it opens without network. */
  async function prepare() {
    if (!navigator.serviceWorker) {
      return false;
    }
    try {
      const options = { scope: "/", updateViaCache: "none" };
      await navigator.serviceWorker.register(told.addresses.worker, options);
      await navigator.serviceWorker.ready;
      return true;
    } catch (error) {
      return false;
    }
  }

  async function setUp(event) {
    event.preventDefault();
    const phrase = part("phrase").value;
    if (phrase.trim().length < store.LEAST_PHRASE) {
      status(say("phrase_short", { least: store.LEAST_PHRASE }));
      part("phrase").focus();
      return;
    }
    if (phrase !== part("phrase-again").value) {
      status(say("phrases_differ"));
      part("phrase-again").focus();
      return;
    }
    status(say("wait"));
    await store.setUp(phrase);
    event.target.reset();
    if (navigator.storage && navigator.storage.persist) {
      navigator.storage.persist();
    }
    const ready = (await prepare()) && (await offline.places.load().then(() => true, () => false));
    await openWork();
    status(say(ready ? "ready" : "not_ready"));
  }

  async function unlock(event) {
    event.preventDefault();
    const phrase = part("open-phrase").value;
    status(say("wait"));
    const open = await store.unlock(phrase);
    event.target.reset();
    if (!open) {
      status(say("wrong_phrase"));
      part("open-phrase").focus();
      return;
    }
    await openWork();
    status(say("unlocked"));
  }

  async function openWork() {
    lastUse = Date.now();
    form.empty();
    show("work");
    await showEntries();
    part("entry-title").focus();
    places.load().catch(() => null);
    sending.send(true);
  }

  async function lock() {
    await keepDraft();
    close();
    status(say("locked"));
    show("unlock");
  }

  /** Forget the key and everything that can be read on the page. */
  function close() {
    clearTimeout(draftTimer);
    sending.stop();
    store.lock();
    editing = null;
    dirty = false;
    form.empty();
    part("entries").textContent = "";
    part("network").textContent = "";
    part("status").textContent = "";
  }

  function closeWhenIdle() {
    if (store.isOpen() && Date.now() - lastUse >= IDLE_MS) {
      lock();
    }
  }

  // Entries.

  function newEntry() {
    return {
      id: randomName(),
      key: randomName(),
      made: Date.now(),
      tried: 0,
      sender: null,
      problems: null,
    };
  }

  async function keepDraft() {
    clearTimeout(draftTimer);
    if (!dirty || !store.isOpen()) {
      return;
    }
    dirty = false;
    editing = editing || newEntry();
    // What was refused stays so until it is handed in again; it may be half mended.
    const state = editing.state === "refused" ? "refused" : "draft";
    editing = { ...editing, state, facts: form.read(), place: form.place() };
    await store.keep(editing);
    await showEntries();
  }

  function noteChange() {
    dirty = true;
    clearTimeout(draftTimer);
    draftTimer = setTimeout(keepDraft, DRAFT_MS);
  }

  async function handIn(event) {
    event.preventDefault();
    clearTimeout(draftTimer);
    const facts = form.read();
    const first = form.showProblems(checks.check(facts));
    if (first) {
      first.focus();
      return;
    }
    const entry = editing || newEntry();
    // What arrived in another form needs a key of its own; anything else keeps its key.
    const key = entry.other_form ? randomName() : entry.key;
    const kept = { ...entry, key, state: "waiting", facts, place: form.place(), problems: null };
    delete kept.other_form;
    delete kept.sentence;
    try {
      await store.keep({ ...kept, tried: 0, sender: null });
    } catch (error) {
      status(say("no_room"));
      return;
    }
    beginAnew();
    status(say("kept"));
    await showEntries();
    part("entry-title").focus();
    sending.send(true);
  }

  function beginAnew() {
    clearTimeout(draftTimer);
    editing = null;
    dirty = false;
    form.empty();
  }

  async function openEntry(entry) {
    await keepDraft();
    // While somebody writes in it, it is not sent.
    editing = entry.state === "refused" ? entry : { ...entry, state: "draft" };
    await store.keep(editing);
    form.fill(entry.facts, entry.place);
    const first = form.showProblems(entry.problems || {});
    await showEntries();
    (first || part("entry-title")).focus();
  }

  async function showEntries() {
    if (!store.isOpen()) {
      return;
    }
    const { entries, damaged } = await store.all();
    const list = part("entries");
    list.textContent = "";
    entries.forEach((entry) => list.append(row(entry)));
    const waiting = entries.filter((entry) => entry.state === "waiting").length;
    part("send").hidden = !waiting;
    if (!sending.isBusy()) {
      part("network").textContent = waiting ? say("some_wait", { number: waiting }) : say("none");
    }
    if (damaged) {
      part("network").textContent += ` ${say("damaged", { number: damaged })}`;
    }
  }

  function row(entry) {
    const state = sending.current() === entry.id ? "sending" : entry.state;
    const words = make("p", {}, make("span", { class: "tag" }, say(state)), " ", summary(entry));
    const made = make("li", { "data-state": state }, words);
    if (entry.state === "waiting" && entry.tried) {
      const tried = entry.tried === 1 ? say("tried_once") : say("tried", { number: entry.tried });
      words.append(make("span", { class: "note" }, ` (${tried})`));
    }
    if (entry.state === "waiting" && sending.isOfAnother(entry)) {
      words.append(make("span", { class: "note" }, ` ${say("other_account")}`));
    }
    if (entry.state === "refused") {
      words.append(make("span", { class: "note" }, ` ${whyRefused(entry)}`));
    }
    const acts = make("div", { class: "offline-acts" });
    // What may have arrived already is not changed any more.
    const open = entry.state !== "sent" && !(entry.state === "waiting" && entry.tried);
    if (open && !(editing && editing.id === entry.id)) {
      acts.append(act("open", () => openEntry(entry)));
    }
    if (state !== "sending") {
      acts.append(act("delete", () => askToDelete(entry, acts)));
    }
    made.append(acts);
    return made;
  }

  function whyRefused(entry) {
    if (entry.other_form) {
      return say("other_form");
    }
    const codes = [].concat(...Object.keys(entry.problems).map((name) => entry.problems[name]));
    const sentences = codes.map((code) => told.texts.problems[code] || code);
    return `${say("not_accepted")} ${Array.from(new Set(sentences)).join(" ")}`;
  }

  function summary(entry) {
    if (entry.state === "sent") {
      const at = new Date(entry.sent_at).toLocaleString(document.documentElement.lang);
      const link = make("a", { href: `/incidents/${entry.public_id}` }, entry.public_id);
      return make("span", {}, link, `, ${at}`);
    }
    const { facts, place } = entry;
    const words = [facts.date_from || say("unknown_day")];
    words.push(place ? place.words.split("\n")[0] : say("place_none"));
    if (facts.number_dead !== null) {
      words.push(say("number_died", { number: facts.number_dead }));
    }
    if (facts.number_missing_min !== null) {
      words.push(say("number_missing", { number: facts.number_missing_min }));
    }
    return make("span", {}, words.join(" · "));
  }

  function act(name, work) {
    const button = make("button", { type: "button", class: "way way-small" }, say(name));
    button.addEventListener("click", work);
    return button;
  }

  function askToDelete(entry, acts) {
    acts.textContent = "";
    const sure = act("delete_sure", async () => {
      await store.remove(entry.id);
      if (editing && editing.id === entry.id) {
        beginAnew();
      }
      status(say("deleted"));
      await showEntries();
    });
    acts.append(sure, act("keep_it", showEntries));
    sure.focus();
  }

  async function hear(outcome, values) {
    if (!store.isOpen()) {
      return;
    }
    part("sign-in").hidden = outcome !== "sign_in";
    if (["sign_in", "may_not_log", "all_sent", "other_account", "entry_refused"].includes(outcome)) {
      status(say(outcome));
    } else if (outcome === "entry_sent") {
      status(say(outcome, values));
    }
    await showEntries();
    if (outcome === "no_network" || outcome === "server_busy") {
      part("network").textContent = `${say(outcome)} ${say("again_in", values)}`;
    }
  }

  // Places.

  let townTimer = null;

  function lookUpTown() {
    clearTimeout(townTimer);
    townTimer = setTimeout(showTowns, 200);
  }

  async function showTowns() {
    const wanted = part("town").value;
    const list = part("towns");
    list.textContent = part("towns-told").textContent = "";
    if (wanted.trim().length < 2) {
      return;
    }
    await places.load();
    const found = places.find(wanted, MOST_TOWNS);
    const number = found.length;
    part("towns-told").textContent = number ? say("towns_found", { number }) : say("towns_none");
    found.forEach((town) => {
      const name = say("place_town", { name: town.name, country: told.countries[town.country] });
      const near = places.nearest(town, true);
      const far = {
        km: Math.round(near.km),
        name: near.town.name,
        country: told.countries[near.town.country],
      };
      const button = make("button", { type: "button" }, name);
      button.append(make("span", {}, say("place_near", far)));
      button.addEventListener("click", () => {
        form.takeTown(town);
        part("town").value = "";
        list.textContent = part("towns-told").textContent = "";
        part("location_precision").focus();
        noteChange();
      });
      list.append(make("li", {}, button));
    });
  }

  async function takeTyped() {
    await places.load();
    try {
      form.takePosition(offline.coordinates.parse(part("typed").value), null);
      part("typed").value = "";
      form.showProblems({});
      noteChange();
    } catch (error) {
      if (!error.code) {
        throw error;
      }
      form.showProblems({});
      part("place").textContent = told.texts.positions[error.code];
    }
  }

  async function takeHere() {
    await places.load();
    part("place").textContent = say("looking");
    const failed = () => {
      part("place").textContent = say("not_found_here");
    };
    if (!navigator.geolocation) {
      failed();
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { longitude, latitude, accuracy } = coords;
        form.takePosition({ longitude, latitude, uncertainty_m: Math.max(accuracy, 10) }, "gps");
        noteChange();
      },
      failed,
      { enableHighAccuracy: true, timeout: 60000, maximumAge: 60000 },
    );
  }

  // Wiping.

  function askToWipe(asked) {
    part("wipe-sure").hidden = !asked;
    part("wipe").hidden = asked;
    part(asked ? "wipe-yes" : "wipe").focus();
  }

  async function wipe() {
    close();
    const whole = await store.wipe();
    part("wipe-sure").hidden = true;
    part("wipe").hidden = false;
    show(whole ? "set-up" : "unlock");
    status(say(whole ? "wiped" : "wiped_partly"));
  }

  part("set-up-form").addEventListener("submit", setUp);
  part("unlock-form").addEventListener("submit", unlock);
  part("lock").addEventListener("click", lock);
  part("send").addEventListener("click", () => sending.send(true));
  part("wipe").addEventListener("click", () => askToWipe(true));
  part("wipe-no").addEventListener("click", () => askToWipe(false));
  part("wipe-yes").addEventListener("click", wipe);
  part("empty").addEventListener("click", async () => {
    await keepDraft();
    beginAnew();
    await showEntries();
    part("entry-title").focus();
  });
  form.form.addEventListener("submit", handIn);
  form.form.addEventListener("input", noteChange);
  part("date_precision").addEventListener("change", form.showDays);
  part("town").addEventListener("input", lookUpTown);
  part("take-typed").addEventListener("click", takeTyped);
  part("here").addEventListener("click", takeHere);
  part("no-place").addEventListener("click", () => {
    form.setPlace(null, "unknown");
    noteChange();
  });
  part("origin").addEventListener("change", (event) => {
    form.addOrigin(event.target.value);
    event.target.value = "";
    noteChange();
  });
  ["pointerdown", "touchstart", "keydown", "input"].forEach((name) => {
    document.addEventListener(name, () => {
      closeWhenIdle();
      lastUse = Date.now();
    }, { passive: true });
  });
  setInterval(closeWhenIdle, 10000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      keepDraft();
    } else {
      closeWhenIdle();
    }
  });
  self.addEventListener("pagehide", () => {
    if (store.isOpen()) {
      close();
      show("unlock");
    }
  });
  self.addEventListener("online", () => sending.send(true));
  sending.listen(hear);
  begin();
})();
