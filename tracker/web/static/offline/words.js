// What the page without network says, and small steps that its scripts share.
"use strict";

const offline = (() => {
  const told = JSON.parse(document.getElementById("offline-words").textContent);

  /** Fill values into a text of the page: "{number} waiting". */
  function say(name, values) {
    return told.texts.texts[name].replace(/\{(\w+)\}/g, (whole, key) =>
      values && key in values ? String(values[key]) : whole,
    );
  }

  /** Give the part of the page with an id. */
  function part(id) {
    return document.getElementById(id);
  }

  /** Make an element; words are only ever text. */
  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.keys(attributes || {}).forEach((key) => made.setAttribute(key, attributes[key]));
    children.forEach((child) => made.append(child));
    return made;
  }

  /** Give a random name that nobody can guess. */
  function randomName() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  return { told, say, part, make, randomName };
})();
