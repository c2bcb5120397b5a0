/* The form of a dossier: rows, people found by typing, what applies to whom, keeping what is typed. */
(() => {
  "use strict";

  const form = document.getElementById("dossier-form");
  if (!form) return;

  const rows = document.getElementById("item-rows");
  const state = document.getElementById("autosave-state");
  const sessionLost = document.getElementById("session-lost");
  const bodies = JSON.parse(form.dataset.bodies);
  const kept = `dossier:${window.location.pathname}`;
  const AUTOSAVE_AFTER = 2000;
  const PATIENCE = 8000;

  let changed = "changed" in form.dataset;
  let leaving = false;
  let waiting = null;

  /* What applies: by the kind of dossier, the act of a row, a newcomer, a correction. */

  function field(row, name) {
    return row.querySelector(`[name="${row.id}-${name}"]`);
  }

  function show(element, applies) {
    element.hidden = !applies;
    for (const input of element.querySelectorAll("input, select, textarea")) input.disabled = !applies;
  }

  function kindOfDossier() {
    const chosen = form.querySelector('[name="kind"]:checked, [name="kind"][type="hidden"]');
    return chosen ? chosen.value : "supplement";
  }

  function among(words, word) {
    return !words || words.split(" ").includes(word);
  }

  function offerPositions(select, kind) {
    const there = bodies[form.querySelector('[name="organization"]')?.value];
    for (const option of select.options) {
      const body = option.dataset.body;
      const offered = !body || kind !== "supplement" || !there || there.includes(body) || option.selected;
      option.hidden = option.disabled = !offered;
    }
  }

  function arrange(row) {
    const kind = kindOfDossier();
    const mending = field(row, "mending");
    const content = row.querySelector("[data-content]");
    show(content, !mending || mending.value === "amend");
    if (content.hidden) return;
    const act = field(row, "act").value;
    for (const part of content.querySelectorAll("[data-for-kind], [data-for-act]")) {
      show(part, among(part.dataset.forKind, kind) && among(part.dataset.forAct, act));
    }
    const isNew = field(row, "is_new").checked;
    show(row.querySelector("[data-newcomer]"), isNew);
    show(row.querySelector("[data-known]"), !isNew);
    offerPositions(field(row, "position"), kind);
  }

  function arrangeAll() {
    const kind = kindOfDossier();
    const congress = document.getElementById("congress");
    if (congress) show(congress, kind === "congress");
    const all = [...rows.querySelectorAll("[data-row]")];
    all.forEach((row, index) => {
      row.querySelector("[data-number]").textContent = index + 1;
      if (!row.disabled) arrange(row);
    });
  }

  /* People: found while typing (people.js). */

  function findPerson(select) {
    window.findPeople(select, {
      url: form.dataset.people,
      organization: () => form.querySelector('[name="organization"]').value,
    });
  }

  /* Rows: one more, one less, and back. */

  function setUp(root) {
    root.querySelectorAll("select[data-person]").forEach(findPerson);
    arrangeAll();
  }

  function nextIndex() {
    const taken = [...rows.querySelectorAll("[data-row]")].map((row) => Number(row.id.split("-")[1]));
    return Math.max(-1, ...taken) + 1;
  }

  function tellChange() {
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function setRemoved(row, removed) {
    row.disabled = removed;
    row.classList.toggle("is-removed", removed);
    row.querySelector("[data-removed]").hidden = !removed;
    const person = field(row, "person").tomselect;
    if (removed) person?.lock();
    else person?.unlock();
    row.querySelector(removed ? "[data-restore]" : "[data-remove]").focus();
    arrangeAll();
    tellChange();
  }

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id !== "add-row") return;
    event.detail.parameters["thu-tu"] = nextIndex();
    event.detail.parameters.loai = kindOfDossier();
  });

  document.addEventListener("htmx:load", (event) => {
    const row = event.target;
    if (!row.matches?.("[data-row]")) return;
    setUp(row);
    row.focus();
    row.scrollIntoView({ block: "nearest" });
    noteChange();
  });

  form.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.target.closest("[data-remove]")) setRemoved(row, true);
    if (event.target.closest("[data-restore]")) setRemoved(row, false);
  });

  /* A link of the summary leads into the field, also when it is folded away or searched by typing. */

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-problem]");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    const folded = target.closest("details");
    if (folded) folded.open = true;
    if (target.tomselect) target.tomselect.focus();
    else (target.matches("input, select, textarea") ? target : target.querySelector("input") ?? target).focus();
  });

  /* Keeping what is typed: on the server, and in this tab when the server is not to be had. */

  function headers() {
    return { "X-CSRFToken": form.querySelector('[name="csrfmiddlewaretoken"]').value };
  }

  function keepInTab() {
    const typed = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    sessionStorage.setItem(kept, JSON.stringify({ owner: form.dataset.owner, typed }));
  }

  function sessionEnded() {
    keepInTab();
    sessionLost.hidden = false;
    sessionLost.scrollIntoView({ block: "center" });
    sessionLost.querySelector("[data-sign-in]").focus();
  }

  sessionLost.addEventListener("click", (event) => {
    if (!event.target.closest("[data-sign-in]")) return;
    keepInTab();
    leaving = true;
  });

  /* Returns "kept", "ended" (the session), "away" (the server) or "refused". */
  async function keep(body) {
    let response;
    try {
      const options = { method: "POST", body, headers: headers(), redirect: "manual" };
      response = await fetch(form.dataset.autosave, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      return { outcome: "away" };
    }
    if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) return { outcome: "ended" };
    if (!response.ok) return { outcome: "refused" };
    return { outcome: "kept", at: (await response.json()).saved_at };
  }

  async function autosave() {
    clearTimeout(waiting);
    waiting = null;
    const { outcome, at } = await keep(new FormData(form));
    if (outcome === "kept" && at) state.textContent = `Đã tự lưu lúc ${at}.`;
    if (outcome === "ended") sessionEnded();
    if (outcome === "away") {
      keepInTab();
      state.textContent = "Chưa tự lưu được vì không kết nối được máy chủ. Nội dung vẫn còn trên trang này.";
    } else if (outcome === "kept") {
      sessionStorage.removeItem(kept);
    }
    return outcome;
  }

  function noteChange() {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(autosave, AUTOSAVE_AFTER);
  }

  form.addEventListener("input", noteChange);
  form.addEventListener("input", (event) => {
    if (event.target.matches?.("select, [type=checkbox], [type=radio]")) arrangeAll();
    if (event.target.name === "organization") {
      for (const select of rows.querySelectorAll("select[data-person]")) {
        if (!select.value) select.tomselect?.clearOptions();
      }
    }
  });

  async function restore() {
    const stored = JSON.parse(sessionStorage.getItem(kept) ?? "null");
    if (!stored || stored.owner !== form.dataset.owner) return;
    const { outcome, at } = await keep(new URLSearchParams(stored.typed));
    if (outcome === "away" || outcome === "ended") return;
    sessionStorage.removeItem(kept);
    if (outcome !== "kept" || !at) return;
    leaving = true;
    window.location.replace(window.location.pathname); // the server restores it
  }

  /* Leaving and saving. */

  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-leave]")) leaving = true;
  });

  let sending = false;

  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    const button = event.submitter;
    const outcome = await autosave(); // nothing is sent that could be lost on the way
    sending = false;
    if (outcome === "ended" || outcome === "away") return;
    leaving = true;
    form.requestSubmit(button);
  });

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = sending = false;
  });

  /* The panel: a page in place of a part of one means that the session has ended. */

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!/^\s*<!doctype/i.test(event.detail.serverResponse)) return;
    if (event.detail.target.id !== "foresight" && event.detail.target !== rows) return;
    event.detail.shouldSwap = false;
    sessionEnded();
  });

  setUp(form);
  document.getElementById("problems")?.focus();
  restore();
})();
