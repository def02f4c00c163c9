// Puts a button beside what is shown once, so that it can be copied whole.
"use strict";

for (const part of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) {
    continue;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "way way-small";
  button.textContent = part.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(part.querySelector("code").textContent);
    button.textContent = part.dataset.copied;
  });
  part.after(button);
}
