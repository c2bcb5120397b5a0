/* A row of a table copied for a document or a sheet; where the browser does not let it, the row is marked instead. */
(() => {
  "use strict";

  const told = (button, words) => {
    const place = button.parentElement.querySelector("[data-copied]");
    if (place) place.textContent = words;
  };

  function mark(row) {
    const range = document.createRange();
    range.selectNodeContents(row);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const row = document.getElementById(button.dataset.copy)?.tBodies[0]?.rows[0];
    if (!row) return;
    const words = [...row.cells].map((cell) => cell.textContent.trim()).join("\t");
    try {
      await navigator.clipboard.writeText(words);
      told(button, "Đã sao chép.");
    } catch {
      mark(row);
      told(button, "Đã chọn dòng; hãy nhấn Ctrl C để sao chép.");
    }
  });
})();
