// While one types: what is perhaps recorded already, and texts to look at again. Nothing of it is in the way.
"use strict";

(() => {
  const shown = document.querySelector("[data-hints]");
  const told = document.querySelector("[data-hints-told]");
  const form = document.querySelector("form[data-draft]");
  if (!form || !shown) {
    return;
  }
  const QUIET_MS = 1200;
  let timer = null;
  let asked = 0;
  let before = "";

  async function look() {
    const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    asked += 1;
    const mine = asked;
    let words;
    try {
      const answer = await fetch(shown.dataset.hints, { method: "POST", body: fields, credentials: "same-origin" });
      if (!answer.ok) {
        return;
      }
      words = (await answer.text()).trim();
    } catch {
      return; // without network nothing is looked up, and nothing is lost
    }
    if (mine !== asked || words === before) {
      return; // said already: a screen reader does not hear it twice
    }
    before = words;
    shown.replaceChildren(...new DOMParser().parseFromString(words, "text/html").body.childNodes);
    shown.hidden = !words;
    told.textContent = words ? told.dataset.some : "";
    for (const link of shown.querySelectorAll("a")) {
      Object.assign(link, { target: "_blank", rel: "noopener" }); // what is typed stays where it is
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET_MS);
  });
})();
