/* The page on which a report is worded: a field put where the cursor is, paragraphs added and moved. */
(() => {
  "use strict";

  const form = document.getElementById("prose-form");
  const rows = document.getElementById("prose-rows");
  const blank = document.getElementById("prose-row");
  if (!form || !rows || !blank) return;

  const total = form.querySelector('[name$="-TOTAL_FORMS"]');
  const most = Number(form.querySelector('[name$="-MAX_NUM_FORMS"]').value);
  const add = document.getElementById("add-paragraph");
  let written = null; // the text in which the cursor was last
  let changed = "changed" in form.dataset;
  let leaving = false;

  function tellChange() {
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function renumber() {
    [...rows.querySelectorAll("[data-prose-row]")].forEach((row, index) => {
      row.querySelector("[data-number]").textContent = index + 1;
      row.querySelector('[name$="-ORDER"]').value = index + 1;
    });
    add.disabled = Number(total.value) >= most;
  }

  /* Fields: put where the cursor is, or at the end of the first text. */

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea")) written = event.target;
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-insert]");
    const text = written ?? rows.querySelector("textarea");
    if (!button || !text) return;
    text.setRangeText(button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    tellChange();
  });

  /* Paragraphs: one more, up, down. */

  add.addEventListener("click", (event) => {
    event.preventDefault();
    const index = Number(total.value);
    if (index >= most) return;
    const holder = document.createElement("div");
    holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", index);
    const row = holder.firstElementChild;
    rows.append(row);
    total.value = index + 1;
    renumber();
    row.querySelector("textarea").focus();
  });

  rows.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-move]");
    if (!button) return;
    const row = button.closest("[data-prose-row]");
    const beside = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!beside) return;
    if (button.dataset.move === "up") beside.before(row);
    else beside.after(row);
    renumber();
    button.focus();
    tellChange();
  });

  /* What is wrong is told under its text; the text itself says so too. */

  function markTexts() {
    for (const text of rows.querySelectorAll("textarea")) {
      const told = document.getElementById(`${text.id}_error`);
      const wrong = Boolean(told?.textContent.trim());
      text.classList.toggle("is-invalid", wrong);
      text.setAttribute("aria-invalid", wrong);
      if (told) text.setAttribute("aria-describedby", told.id);
    }
  }

  document.addEventListener("htmx:afterSettle", markTexts);

  /* What was typed and not saved is not left without a question. */

  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (leaving = true));
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });

  /* Blank rows are for who has no script: here one is added when it is wanted. */

  function dropBlankRows() {
    for (const row of [...rows.querySelectorAll("[data-prose-row]")].reverse()) {
      const last = row.id.endsWith(`-${Number(total.value) - 1}`);
      const empty = [...row.querySelectorAll("textarea")].every((text) => !text.value.trim());
      if (!last || !empty || total.value === "1") return;
      row.remove();
      total.value = Number(total.value) - 1;
    }
  }

  dropBlankRows();
  renumber();
  markTexts();
})();
