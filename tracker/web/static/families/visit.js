// Takes a family's page off the screen once nobody uses it, and keeps it open while somebody does.
"use strict";

(() => {
  const visit = document.querySelector("[data-visit]");
  const idleMs = Number(visit.dataset.visit) * 1000;
  const RENEW_MS = 60000;
  let used = Date.now();
  let renewed = used;

  function close() {
    // Not in the list of what the back button leads to.
    location.replace(visit.dataset.page);
  }

  function look() {
    if (Date.now() - used >= idleMs) {
      close();
    }
  }

  /** Reading and typing are use: whoever writes for long must not lose it. */
  function use() {
    look();
    used = Date.now();
    if (used - renewed >= RENEW_MS) {
      renewed = used;
      fetch(visit.dataset.page, { method: "HEAD", credentials: "same-origin" }).catch(() => {});
    }
  }

  for (const each of ["input", "keydown", "pointerdown", "scroll"]) {
    addEventListener(each, use, { passive: true });
  }
  // A telephone that sleeps stops its clocks: look as soon as it wakes.
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
  setInterval(look, 1000);
})();
