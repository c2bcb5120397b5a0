/* The congress grid: people found by typing (people.js). */
(() => {
  "use strict";

  const form = document.getElementById("congress-form");
  if (!form) return;
  for (const select of form.querySelectorAll("select[data-person]")) {
    window.findPeople(select, { url: form.dataset.people, organization: () => form.dataset.organization });
    select.addEventListener("change", () => form.dispatchEvent(new Event("input", { bubbles: true })));
  }
})();
