// The map in a frame of another page: a link leaves the frame, where no other page of ours may be.
"use strict";

document.addEventListener("click", ({ target }) => {
  const link = target.closest("a[href]");
  if (link && !link.getAttribute("href").startsWith("#")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
}, true);
