/* The form of a reorganisation: people found by typing (people.js). */
(() => {
  "use strict";

  const form = document.getElementById("reorganization-form");
  if (!form) return;
  for (const select of form.querySelectorAll("select[data-person]")) {
    window.findPeople(select, { url: form.dataset.people, organization: () => form.dataset.organization });
  }
})();
