/* The pages on which a planning round is made: how many people a target wants, people found by typing. */
(() => {
  "use strict";

  /* Targets: seats times coefficient, reckoned in hundredths as the server does. */

  function hundredths(text) {
    const found = /^(\d)(?:[.,](\d{1,2}))?$/.exec(text.trim());
    return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
  }

  function showRange(cell) {
    const [seatsField, coefficientField] = cell.querySelectorAll("input");
    const seats = Number(seatsField.value);
    const coefficient = hundredths(coefficientField.value || coefficientField.placeholder);
    const output = cell.querySelector("[data-range]");
    output.textContent = "";
    if (!Number.isInteger(seats) || seats < 1 || coefficient === null) return;
    const least = Math.ceil((seats * Number(cell.dataset.least)) / 100);
    const most = Math.max(Math.floor((seats * coefficient) / 100), least);
    output.textContent = least < most ? `→ ${least}–${most} người` : `→ ${least} người`;
  }

  document.addEventListener("input", (event) => {
    const cell = event.target.closest("[data-target]");
    if (cell) showRange(cell);
  });

  /* People: several to a row, found on the server by name, year of birth or card number. */

  const introducing = document.querySelector("form[data-people]");

  function findSeveral(select) {
    const organization = () => introducing.dataset.organization;
    window.findPeople(select, { url: introducing.dataset.people, organization, several: true });
  }

  function findPeopleIn(root) {
    root.querySelectorAll("select[data-people]").forEach(findSeveral);
  }

  if (introducing) {
    findPeopleIn(introducing);
    document.addEventListener("htmx:load", (event) => {
      if (event.target.id !== "introduce-rows") return;
      findPeopleIn(event.target);
      event.target.querySelector("fieldset:last-child select")?.focus();
      introducing.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  /* What was typed and not saved is not left without a question. */

  const guarded = document.querySelector("form[data-guard]");
  if (guarded) {
    let changed = "changed" in guarded.dataset;
    let leaving = false;
    guarded.addEventListener("input", () => (changed = true));
    guarded.addEventListener("submit", () => (leaving = true));
    window.addEventListener("pageshow", () => (leaving = false));
    window.addEventListener("beforeunload", (event) => {
      if (changed && !leaving) event.preventDefault();
    });
  }
})();
