// Fills in the next empty row of marks where the body was tapped; without an empty row, or without
// script, the button is sent and the page comes back with a row begun there.
"use strict";

(() => {
  const map = document.querySelector("[data-body-map]");
  if (!map) {
    return;
  }
  const told = map.querySelector("[data-body-told]");

  function emptyRow() {
    return [...document.querySelectorAll('[data-row="marks"]')].find((row) =>
      [...row.querySelectorAll("input, select, textarea")].every((field) => !field.value),
    );
  }

  map.addEventListener("click", (event) => {
    const place = event.target.closest("button[data-part]");
    const row = place && emptyRow();
    if (!row) {
      return;
    }
    event.preventDefault();
    row.querySelector('[name$=".part"]').value = place.dataset.part;
    row.querySelector('[name$=".side"]').value = place.dataset.side;
    place.classList.add("at-marked");
    told.textContent = `${told.dataset.words} ${place.textContent}`;
    row.querySelector('[name$=".kind"]').focus();
  });
})();
