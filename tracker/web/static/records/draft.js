// Keeps what is typed on the server, so that a closed page or an empty battery takes nothing away.
"use strict";

(() => {
  const form = document.querySelector("form[data-draft]");
  const told = document.querySelector("[data-draft-told]");
  if (!form || !told) {
    return;
  }
  const QUIET_MS = 2000;
  const AGAIN_MS = 10000;
  const OF_THE_PAGE = new Set(["csrf_token", "key", "do"]);
  const word = form.elements.namedItem("csrf_token").value;
  let timer = null;
  let sending = null;
  let leaving = false;

  function typed() {
    const fields = [...new FormData(form)];
    return JSON.stringify(fields.filter(([name, value]) => typeof value === "string" && !OF_THE_PAGE.has(name)));
  }

  let kept = typed();

  function tell(words) {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    const said = words.replace("{time}", time);
    // Said once a minute at most: whoever listens is still typing.
    if (told.textContent !== said) {
      told.textContent = said;
    }
  }

  async function send(body) {
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "PUT",
        body,
        credentials: "same-origin",
        keepalive: body.length < 60000,
        headers: { "Content-Type": "application/json", "X-CSRF-Token": word },
      });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      kept = body;
      tell(told.dataset.kept);
    } catch {
      if (!leaving) {
        tell(told.dataset.failed);
        later(AGAIN_MS);
      }
    }
  }

  /** Send what is new; one after the other, so that the last one stands. */
  async function keep() {
    clearTimeout(timer);
    await sending;
    const body = typed();
    if (leaving || body === kept) {
      return;
    }
    sending = send(body);
    await sending;
  }

  function later(wait = QUIET_MS) {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }

  form.addEventListener("input", () => later());
  form.addEventListener("change", () => later());
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      keep();
    }
  });
})();
