/* Lists: columns put in order by buttons, rows picked one by one or all of a page. Without this file numbers give the
   order, and rows are picked by their boxes alone. */
(() => {
  "use strict";

  /* Columns: two buttons in place of the number; the numbers follow. */

  function button(label, icon, move) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm btn-outline-secondary";
    made.setAttribute("aria-label", label);
    const mark = document.createElement("i");
    mark.className = `bi bi-${icon}`;
    mark.setAttribute("aria-hidden", "true");
    made.append(mark);
    made.addEventListener("click", move);
    return made;
  }

  function renumber(list) {
    [...list.children].forEach((line, index) => (line.querySelector("input[type=number]").value = index + 1));
  }

  function makeMovable(list, line) {
    const name = line.querySelector("label").textContent;
    line.querySelector("input[type=number]").hidden = true;
    const move = (event, step) => {
      const neighbour = step < 0 ? line.previousElementSibling : line.nextElementSibling;
      if (!neighbour) return;
      if (step < 0) neighbour.before(line);
      else neighbour.after(line);
      renumber(list);
      event.currentTarget.focus(); // the line was taken out of the page for a moment
    };
    const buttons = document.createElement("span");
    buttons.className = "column-moves";
    buttons.append(
      button(`Đưa cột ${name} lên trước`, "arrow-up", (event) => move(event, -1)),
      button(`Đưa cột ${name} ra sau`, "arrow-down", (event) => move(event, 1)),
    );
    line.append(buttons);
    makeDraggable(list, line);
  }

  function makeDraggable(list, line) {
    line.draggable = true;
    line.addEventListener("dragstart", (event) => {
      event.dataTransfer.effectAllowed = "move";
      line.classList.add("is-dragged");
    });
    line.addEventListener("dragend", () => {
      line.classList.remove("is-dragged");
      renumber(list);
    });
    line.addEventListener("dragover", (event) => {
      const dragged = list.querySelector(".is-dragged");
      if (!dragged) return;
      event.preventDefault();
      if (dragged === line) return;
      const lines = [...list.children];
      if (lines.indexOf(dragged) < lines.indexOf(line)) line.after(dragged);
      else line.before(dragged);
    });
    line.addEventListener("drop", (event) => event.preventDefault());
  }

  for (const list of document.querySelectorAll("[data-reorder]")) {
    for (const line of list.children) makeMovable(list, line);
  }

  /* Rows picked: a box in the heading for the page, the number of those picked, all results of all pages. */

  const form = document.querySelector("form[data-picked]");
  const boxes = form ? [...form.elements].filter((element) => element.name === "chon") : [];
  if (!boxes.length) return;

  const all = form.elements["tat-ca"];
  const count = form.querySelector("[data-picked-count]");
  const ofPage = document.createElement("input");
  ofPage.type = "checkbox";
  ofPage.className = "form-check-input";
  ofPage.setAttribute("aria-label", "Chọn cả trang này");
  document.querySelector("th.pick").replaceChildren(ofPage);

  function show() {
    const picked = boxes.filter((box) => box.checked).length;
    ofPage.checked = all.checked || picked === boxes.length;
    ofPage.indeterminate = !all.checked && picked > 0 && picked < boxes.length;
    ofPage.disabled = all.checked;
    for (const box of boxes) box.disabled = all.checked;
    count.textContent = picked && !all.checked ? `Đã chọn ${picked} dòng của trang này` : "";
  }

  ofPage.addEventListener("change", () => {
    for (const box of boxes) box.checked = ofPage.checked;
    show();
  });
  for (const box of [...boxes, all]) box.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
})();
