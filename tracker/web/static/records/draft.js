// Keeps what is typed on the server, so that a closed page or an empty battery takes nothing away.
"use strict";

(() => {
  const form = document.querySelector("form[data-draft]");
  const told = document.querySelector("[data-draft-told]");
  if (!form || !told) {
    return;
  }
  const QUIET_MS = 2000;
  const LONGEST_MS = 5000; // whoever types without a pause is kept all the same
  const AGAIN_MS = 10000;
  const MOST_WHEN_LEAVING = 60000; // bytes: browsers refuse more than 64 KiB from a page that goes away
  const OF_THE_PAGE = new Set(["csrf_token", "key", "do"]);
  const word = form.elements.namedItem("csrf_token");
  let timer = null;
  let since = null;
  let sending = null;
  let stop = null;
  let leaving = false;

  function typed() {
    const fields = [...new FormData(form)];
    return JSON.stringify(fields.filter(([name, value]) => typeof value === "string" && !OF_THE_PAGE.has(name)));
  }

  // What the server shows again, because something is wrong with it, is kept nowhere yet.
  const unsaved = "draftUnsaved" in form.dataset;
  let kept = unsaved ? "" : typed();

  function tell(words) {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    const said = words.replace("{time}", time);
    // Said once a minute at most: whoever listens is still typing.
    if (told.textContent !== said) {
      told.textContent = said;
    }
  }

  function writer(page) {
    return page.querySelector(".account-menu summary")?.textContent;
  }

  /** After the same person has signed in again, take the word of the new session: this page then saves as before. */
  async function renew() {
    const answer = await fetch(location.pathname, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-draft] [name=csrf_token]");
    if (answer.ok && fresh && writer(page) === writer(document)) {
      word.value = fresh.value;
    }
  }

  async function send(body) {
    stop = new AbortController();
    const { signal } = stop;
    let words = told.dataset.failed;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "PUT",
        body,
        signal,
        credentials: "same-origin",
        keepalive: new TextEncoder().encode(body).length < MOST_WHEN_LEAVING,
        headers: { "Content-Type": "application/json", "X-CSRF-Token": word.value },
      });
      const taken = answer.ok && (await answer.json()).kept;
      words = taken ? told.dataset.kept : told.dataset.refused;
      kept = taken ? body : kept;
      if (!answer.ok) {
        await renew();
      }
    } catch {
      // no connection, or a newer text is on its way
    }
    if (signal.aborted || leaving) {
      return;
    }
    tell(words);
    if (kept !== body) {
      later(AGAIN_MS);
    }
  }

  /** Send what is new; one after the other, so that the last one stands. */
  async function keep() {
    clearTimeout(timer);
    since = null;
    await sending;
    const body = typed();
    if (leaving || body === kept) {
      return;
    }
    sending = send(body);
    await sending;
  }

  /** Send what is new although the page goes away: nobody can wait for what is on its way. */
  function keepAtOnce() {
    clearTimeout(timer);
    const body = typed();
    if (body !== kept) {
      stop?.abort();
      sending = send(body);
    }
    leaving = true;
  }

  function later(wait = QUIET_MS) {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }

  function changed() {
    since ??= Date.now();
    later(Math.max(0, Math.min(QUIET_MS, since + LONGEST_MS - Date.now())));
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // Should the form not arrive, what was typed has; once it is saved, the server takes no more of it.
  form.addEventListener("submit", keepAtOnce);
  addEventListener("pagehide", keepAtOnce);
  addEventListener("pageshow", () => {
    leaving = false;
  });
  if (unsaved) {
    later();
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      keep();
    }
  });
})();
