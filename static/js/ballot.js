/* The grid of a ballot: shares and ticks while typing, keys that go down the column, paste from Excel. */
(() => {
  "use strict";

  const form = document.getElementById("ballot-form");
  if (!form) return;

  const field = (name) => form.elements[name];
  const totals = document.getElementById("ballot-totals");
  const report = document.getElementById("paste-report");
  const step = form.querySelector(".ballot-step");
  const rows = [...form.querySelectorAll("[data-row]")].map((element) => ({
    element,
    votes: element.querySelector("[data-votes]"),
    tick: element.querySelector("[data-tick]"),
    reason: element.querySelector("[data-reason-box]"),
    own: false, // whether the tick was set by hand, against the threshold
  }));

  /* Reading what is typed. */

  function whole(text) {
    return /^\d{1,5}$/.test(text.trim()) ? Number(text) : null;
  }

  function hundredths(text) {
    const found = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
    return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
  }

  function isoDay(text) {
    const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
    return found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : null;
  }

  /* Reckoning: in whole numbers, as the server does. */

  function baseCount() {
    return whole(field(field("base").value).value);
  }

  function threshold(base) {
    const percent = hundredths(field("percent").value);
    if (base === null || percent === null) return null;
    if (field("comparison").value === "more_than") return Math.floor((base * percent) / 10000) + 1;
    return Math.ceil((base * percent) / 10000);
  }

  function share(votes, base) {
    if (votes === null || !base) return "—";
    const rounded = Math.floor((votes * 20000 + base) / (2 * base));
    const decimals = String(rounded % 100).padStart(2, "0");
    return `${Math.floor(rounded / 100)},${decimals} % (${votes}/${base})`;
  }

  function grouped(number) {
    return number === null ? "—" : String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  }

  function reaches(row, needed) {
    const votes = whole(row.votes.value);
    return votes === null || needed === null ? null : votes >= needed;
  }

  function updateRow(row, { base, needed, valid, day }) {
    const typed = row.votes.value.trim();
    const votes = whole(typed);
    const tooMany = votes !== null && valid !== null && votes > valid;
    const isLater = Boolean(day) && row.element.dataset.introduced > day;
    row.element.querySelector("[data-later]").hidden = !isLater;
    row.votes.disabled = isLater && typed === "";
    row.votes.setAttribute("aria-invalid", String(tooMany || (typed !== "" && votes === null)));
    row.element.querySelector("[data-share]").textContent = tooMany ? `quá số phiếu hợp lệ (${valid})` : share(votes, base);
    const passes = reaches(row, needed);
    if (!row.own) row.tick.checked = passes === true;
    row.tick.disabled = votes === null;
    row.reason.classList.toggle("is-needed", passes !== null && row.tick.checked !== passes);
  }

  function updateTotals({ base, needed }) {
    const goingOn = rows.filter((row) => row.tick.checked);
    totals.querySelector("[data-threshold]").textContent = grouped(needed);
    totals.querySelector("[data-base]").textContent = grouped(base);
    const withVotes = rows.filter((row) => whole(row.votes.value) !== null).length;
    totals.querySelector("[data-going-on]").textContent = grouped(goingOn.length);
    totals.querySelector("[data-with-votes]").textContent = grouped(withVotes);
    const aim = totals.querySelector("[data-aim]");
    if (!aim) return;
    const there = aim.dataset.there.split(" ").filter(Boolean);
    const people = new Set([...there, ...goingOn.map((row) => row.element.dataset.person)]).size;
    aim.querySelector("[data-people]").textContent = grouped(people);
    aim.querySelector("[data-fewer]").hidden = !withVotes || people >= Number(aim.dataset.least);
    aim.querySelector("[data-more]").hidden = !withVotes || people <= Number(aim.dataset.most);
  }

  function update() {
    const base = baseCount();
    const numbers = { base, needed: threshold(base), valid: whole(field("valid").value), day: isoDay(field("held_on").value) };
    for (const row of rows) updateRow(row, numbers);
    updateTotals(numbers);
  }

  /* A tick set by hand stays, until it says again what the threshold says. */

  function noteOwn(row) {
    const passes = reaches(row, threshold(baseCount()));
    row.own = passes !== null && row.tick.checked !== passes;
  }

  form.addEventListener("input", (event) => {
    const row = rows.find((each) => each.tick === event.target);
    if (row) noteOwn(row);
    event.target.closest("td")?.querySelector(".invalid-feedback")?.remove();
    changed = true;
    update();
  });

  /* Keys: down and up the column, to the tick and back. Enter never sends the form from inside it. */

  function go(to) {
    to.focus();
    if (to.select) to.select();
  }

  function neighbour(row, direction) {
    const open = rows.filter((each) => !each.votes.disabled || each === row);
    return open[open.indexOf(row) + direction];
  }

  function move(row, direction, part = "votes") {
    const next = neighbour(row, direction);
    if (next) go(part === "tick" && !next.tick.disabled ? next.tick : next.votes);
    else if (direction > 0) form.querySelector(".form-actions [type=submit]").focus();
  }

  function keyInRow(event, row) {
    const part = event.target === row.tick ? "tick" : event.target === row.votes ? "votes" : "reason";
    const atEnd = part === "votes" && row.votes.selectionEnd === row.votes.value.length;
    if (event.key === "Enter") move(row, event.shiftKey ? -1 : 1);
    else if (part !== "reason" && event.key === "ArrowDown") move(row, 1, part);
    else if (part !== "reason" && event.key === "ArrowUp") move(row, -1, part);
    else if (atEnd && event.key === "ArrowRight" && !row.tick.disabled) row.tick.focus();
    else if (part === "tick" && event.key === "ArrowLeft") go(row.votes);
    else return;
    event.preventDefault();
  }

  function keyInStep(event) {
    if (event.key !== "Enter" || !event.target.matches("input, select")) return;
    event.preventDefault();
    const fields = [...step.querySelectorAll("input, select"), ...rows.map((row) => row.votes)].filter((each) => !each.disabled);
    const next = fields[fields.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) go(next);
  }

  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows.find((each) => each.element.contains(event.target));
    if (row) keyInRow(event, row);
    else if (step.contains(event.target)) keyInStep(event);
  });

  /* Paste from Excel: a column of numbers downwards, or names with numbers. What is not certain is said, not guessed. */

  const HEADING = /^(ho (va )?ten|dong chi|so phieu)/;

  function plain(text) {
    return text.normalize("NFC").toLowerCase().replace(/[\s.]+/gu, " ").trim();
  }

  function bare(text) {
    const letters = plain(text).replace(/[đð]/gu, "d").normalize("NFD").replace(/\p{M}/gu, "");
    return letters.replace(/[^0-9a-z]+/g, " ").trim();
  }

  function tell(sentences, isWarning, before) {
    report.className = `alert ${isWarning ? "alert-warning" : "alert-info"}`;
    report.replaceChildren(
      ...sentences.map((sentence) => {
        const line = document.createElement("div");
        line.textContent = sentence;
        return line;
      }),
    );
    report.hidden = false;
    if (isWarning) report.scrollIntoView({ block: "nearest" });
    if (!before) return;
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn btn-link";
    undo.textContent = "Bỏ lần dán này";
    undo.addEventListener("click", () => {
      rows.forEach((row, index) => (row.votes.value = before[index]));
      report.hidden = true;
      update();
      rows[0].votes.focus();
    });
    report.append(undo);
  }

  function fill(pairs, sentences) {
    const before = rows.map((row) => row.votes.value);
    for (const [row, votes] of pairs) {
      row.votes.value = votes;
      row.element.querySelector(".ballot-votes .invalid-feedback")?.remove();
    }
    changed = true;
    update();
    tell([`Đã dán ${pairs.length} số phiếu.`, ...sentences], sentences.length > 0, pairs.length ? before : null);
  }

  function pasteDown(from, cells) {
    const open = rows.slice(rows.indexOf(from)).filter((row) => !row.votes.disabled);
    const wrong = cells.findIndex((cell) => whole(cell) === null);
    if (wrong >= 0) {
      const what = cells[wrong] ? `“${cells[wrong]}” không phải là số phiếu` : "để trống";
      return tell([`Chưa dán gì: ô thứ ${wrong + 1} ${what}. Hãy chỉ chép các ô có số phiếu.`], true);
    }
    if (cells.length > open.length) {
      const where = `từ dòng đang chọn xuống chỉ còn ${open.length} người`;
      return tell([`Chưa dán gì: có ${cells.length} số mà ${where}. Hãy xem lại cột đã chép.`], true);
    }
    return fill(cells.map((cell, index) => [open[index], String(whole(cell))]), []);
  }

  /* The rows that the cells of a line name: by the letters as written, else without accents; year and position decide
     between people of one name. */
  function namedBy(cells) {
    const names = (make) => rows.filter((row) => cells.some((cell) => make(cell) && make(cell) === make(row.element.dataset.name)));
    let found = names(plain);
    if (!found.length) found = names(bare);
    if (found.length < 2) return found;
    for (const detail of ["year", "position"]) {
      const fitting = found.filter((row) => cells.some((cell) => bare(cell) === bare(row.element.dataset[detail])));
      if (fitting.length) found = fitting;
    }
    return found;
  }

  /* The number of votes on a line: the last whole number after the name; one before it can only be the year of birth. */
  function votesOn(cells, row) {
    const name = cells.findLastIndex((cell) => bare(cell) === bare(row.element.dataset.name));
    const numbers = cells.slice(name + 1).map((cell) => cell.trim()).filter((cell) => whole(cell) !== null);
    const votes = numbers.pop();
    return votes !== undefined && numbers.every((each) => each === row.element.dataset.year) ? String(whole(votes)) : null;
  }

  function pasteByName(lines) {
    const given = new Map();
    const said = { unknown: [], ambiguous: [], without: [], twice: new Set(), later: [] };
    lines.forEach((cells, index) => {
      const named = namedBy(cells);
      const name = cells.find((cell) => /\p{L}/u.test(cell)) ?? cells.join(" ");
      const [row] = named;
      const isHeading = index === 0 && cells.some((cell) => HEADING.test(bare(cell)));
      if (!named.length) {
        if (!isHeading) said.unknown.push(name);
      } else if (named.length > 1) said.ambiguous.push(name);
      else if (votesOn(cells, row) === null) said.without.push(name);
      else if (row.votes.disabled) said.later.push(name);
      else if (given.has(row)) said.twice.add(row);
      else given.set(row, votesOn(cells, row));
    });
    for (const row of said.twice) given.delete(row);
    fill([...given], sentencesOf(said));
  }

  function sentencesOf(said) {
    const twice = [...said.twice].map((row) => row.element.dataset.name);
    return [
      [said.unknown, "Không tìm thấy trong danh sách"],
      [said.ambiguous, "Trùng tên, hãy tự ghi số phiếu"],
      [twice, "Có từ hai dòng trở lên, hãy tự ghi số phiếu"],
      [said.without, "Không rõ ô nào là số phiếu"],
      [said.later, "Được giới thiệu sau ngày lấy phiếu nên không ghi"],
    ]
      .filter(([names]) => names.length)
      .map(([names, words]) => `${words}: ${names.join(", ")}.`);
  }

  form.addEventListener("paste", (event) => {
    const row = rows.find((each) => each.votes === event.target);
    if (!row) return;
    const text = event.clipboardData.getData("text").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    const lines = text.split("\n").map((line) => line.split("\t").map((cell) => cell.trim()).filter(Boolean));
    const hasNames = lines.some((cells) => cells.length > 1);
    if (!hasNames && lines.length === 1) return; // one number: as the browser pastes it
    event.preventDefault();
    if (hasNames) pasteByName(lines.filter((cells) => cells.length));
    else pasteDown(row, lines.map((cells) => cells[0] ?? ""));
  });

  /* What is typed is not lost: leaving asks first, and the tab keeps what was sent until the server has answered. */

  const kept = `ballot:${window.location.pathname}`;
  let changed = "changed" in form.dataset;
  let leaving = false;

  function keep() {
    const typed = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    sessionStorage.setItem(kept, JSON.stringify({ owner: form.dataset.owner, typed }));
  }

  function restore() {
    const stored = JSON.parse(sessionStorage.getItem(kept) ?? "null");
    sessionStorage.removeItem(kept);
    if (!stored || changed || stored.owner !== form.dataset.owner) return;
    const typed = new Map(stored.typed);
    if (["number", "version", "entries"].some((name) => typed.get(name) !== field(name).value)) return;
    for (const element of form.elements) {
      if (!element.name || element.type === "hidden") continue;
      if (element.type === "checkbox") element.checked = typed.has(element.name);
      else if (typed.has(element.name)) element.value = typed.get(element.name);
    }
    changed = true;
    document.getElementById("restored").hidden = false;
  }

  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });

  form.addEventListener("submit", () => {
    keep();
    leaving = true;
  });

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });

  restore();
  field("ticks").disabled = false;
  for (const row of rows) {
    row.tick.tabIndex = -1; // Tab goes down the column of votes; the arrow keys lead to the tick
    noteOwn(row);
  }
  update();
  document.getElementById("problems")?.focus();
})();
