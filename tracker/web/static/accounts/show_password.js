// Lets people see the password that they are choosing.
"use strict";

const { words } = document.currentScript.dataset;

for (const field of document.querySelectorAll("input[type=password]")) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  label.className = "show-password";
  label.append(box, ` ${words}`);
  box.addEventListener("change", () => {
    field.type = box.checked ? "text" : "password";
  });
  field.after(label);
}
