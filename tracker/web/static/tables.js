// Lets a reader sort the rows of a table; without it the table is complete all the same.
"use strict";

for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const words = header.classList.contains("words");
      const before = header.getAttribute("aria-sort");
      const first = words ? "ascending" : "descending";
      const second = words ? "descending" : "ascending";
      const order = before === first ? second : first;
      headers.forEach((other) => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", order);
      sortRows(body, column, order === "ascending" ? 1 : -1);
    });
  });
}

function sortRows(body, column, direction) {
  const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
  const rows = [...body.rows].sort((one, other) => direction * compare(key(one), key(other)));
  body.append(...rows);
}

function compare(one, other) {
  if (one === "" || other === "") {
    // What is not known stands below every number.
    return (one !== "") - (other !== "");
  }
  const difference = Number(one) - Number(other);
  return Number.isNaN(difference)
    ? one.localeCompare(other, document.documentElement.lang)
    : difference;
}
