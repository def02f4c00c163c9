// On a phone: one question at a time. Without this script all stand below one another.
(() => {
  "use strict";
  const form = document.getElementById("report-form");
  const questions = [...form.querySelectorAll(".question")];
  const sending = form.querySelector(".sending");
  const told = form.querySelector(".steps-told");
  const narrow = window.matchMedia("(max-width: 40rem)");
  const buttons = document.createElement("div");
  buttons.className = "step-buttons";
  const back = button(form.dataset.back, "way");
  const next = button(form.dataset.next, "way way-first");
  let at = Math.max(questions.findIndex((each) => each.querySelector(".wrong")), 0);

  function button(words, classes) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = classes;
    made.textContent = words;
    buttons.append(made);
    return made;
  }

  function show() {
    const stepwise = narrow.matches;
    questions.forEach((question, place) => {
      question.hidden = stepwise && place !== at;
    });
    const last = at === questions.length - 1;
    buttons.hidden = !stepwise;
    back.hidden = at === 0;
    next.hidden = last;
    sending.hidden = stepwise && !last;
    told.textContent = stepwise
      ? form.dataset.step.replace("{number}", at + 1).replace("{total}", questions.length)
      : "";
  }

  function go(by) {
    at = Math.min(Math.max(at + by, 0), questions.length - 1);
    show();
    const legend = questions[at].querySelector("legend");
    legend.focus();
    legend.scrollIntoView({ block: "start" });
  }

  back.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  form.addEventListener("keydown", (event) => {
    const field = event.target instanceof HTMLInputElement;
    if (event.key === "Enter" && field && narrow.matches && at < questions.length - 1) {
      event.preventDefault();
      go(1);
    }
  });
  sending.before(buttons);
  narrow.addEventListener("change", show);
  show();
  document.getElementById("problems")?.focus();
})();
