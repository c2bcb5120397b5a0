/* What the pages do beyond HTML. Every page also works without this file. */
(() => {
  "use strict";

  const panel = document.getElementById("side-panel");
  const panelBody = document.getElementById("side-panel-body");
  const panelTitle = document.getElementById("side-panel-title");
  const defaultTitle = panelTitle?.textContent;
  let opener = null;

  /* Selects that are searched by typing, with or without Vietnamese accents. */

  function makeSearchable(root) {
    if (!window.TomSelect) return;
    for (const select of root.querySelectorAll("select[data-search]")) {
      if (select.tomselect) continue;
      new TomSelect(select, {
        allowEmptyOption: true,
        diacritics: true,
        maxOptions: null,
        refreshThrottle: 0, // Enter takes what the list shows, not what it showed before the last key
        plugins: select.multiple ? { remove_button: { title: "Bỏ mục này" } } : {},
        render: {
          no_results: () => {
            const line = document.createElement("div");
            line.className = "no-results";
            line.textContent = "Không có mục nào khớp";
            return line;
          },
        },
      });
      // The label now names the search box; the select behind it is for the form alone.
      select.setAttribute("aria-hidden", "true");
    }
  }

  /* A table wider than its box can be scrolled with the keyboard. */

  function makeScrollable(root) {
    for (const box of root.querySelectorAll(".table-scroll")) {
      if (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight) continue;
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", "Bảng, cuộn để xem hết");
    }
  }

  function enhance(root) {
    makeSearchable(root);
    makeScrollable(root);
  }

  enhance(document);
  document.addEventListener("htmx:load", (event) => enhance(event.target));

  /* Keys: Ctrl K to the search box, Escape out of the user menu. */

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      const search = document.getElementById("global-search");
      if (!search) return;
      event.preventDefault();
      const menu = document.getElementById("frame-menu");
      if (!search.checkVisibility() && menu) bootstrap.Collapse.getOrCreateInstance(menu).show();
      search.focus();
      search.select();
    }
    if (event.key === "Escape") {
      const menu = document.querySelector("details.user-menu[open]");
      if (!menu) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.user-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target.closest("button[data-print]")) window.print();
  });

  /* Printing a page with the names of planned people: the journal is told which page. */

  window.addEventListener("beforeprint", () => {
    const list = document.querySelector("[data-plan-list]");
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (!list || !token) return;
    fetch(list.dataset.planList, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ page: window.location.pathname + window.location.search }),
      keepalive: true, // the tab may be closed as soon as the paper is on its way
    }).catch(() => {}); // to be looked at is in the journal already
  });

  /* Fields that apply to one choice only ("Từ ngày đến ngày"): hidden while another is chosen. */

  function showChosen(form) {
    for (const part of form.querySelectorAll("[data-for-choice]")) {
      part.hidden = form.elements[part.dataset.forChoice]?.value !== "hai-ngay";
    }
  }

  for (const part of document.querySelectorAll("[data-for-choice]")) showChosen(part.closest("form"));
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form");
    if (form?.querySelector("[data-for-choice]")) showChosen(form);
  });

  /* Forms: sent as soon as a field changes, or at most once. */

  document.addEventListener("change", (event) => {
    event.target.closest("form[data-auto-submit]")?.requestSubmit();
  });

  function buttonsOf(form) {
    return [...form.elements].filter((element) => element.matches("button:not([type=button]), input[type=submit]"));
  }

  function release(form) {
    delete form.dataset.sent;
    for (const button of buttonsOf(form)) button.disabled = false;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    // Not at once: a disabled button would not send its name and value.
    setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true)));
  }, true);

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  /* htmx: the CSRF token, the side panel. */

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token) event.detail.headers["X-CSRFToken"] = token;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.matches?.("form[data-sent]")) release(event.detail.elt);
  });

  if (!panel || !window.bootstrap) return;

  const offcanvas = bootstrap.Offcanvas.getOrCreateInstance(panel);

  /* Leave the panel aside and open the address as a page: it says itself what is wrong. */
  function openAsPage(element) {
    if (element.href) window.location.assign(element.href);
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target === panelBody && !panel.contains(event.detail.elt)) opener = event.detail.elt;
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    // A whole page instead of a part of one: the session has ended.
    if (!/^\s*<!doctype/i.test(event.detail.serverResponse)) return;
    event.detail.shouldSwap = false;
    if (event.detail.target === panelBody) openAsPage(event.detail.requestConfig.elt);
  });

  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.target === panelBody) openAsPage(event.detail.requestConfig.elt);
    });
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== panelBody) return;
    panelTitle.textContent = panelBody.querySelector("[data-panel-title]")?.dataset.panelTitle ?? defaultTitle;
    panelBody.scrollTop = 0;
    if (panel.classList.contains("show")) panelTitle.focus();
    else offcanvas.show();
  });

  panel.addEventListener("shown.bs.offcanvas", () => panelTitle.focus());

  panel.addEventListener("hidden.bs.offcanvas", () => {
    if (opener?.isConnected) opener.focus();
    opener = null;
    panelBody.replaceChildren();
  });

  /* A file that takes long: the form that makes it is sent at once, and its page stays to tell how far it is. */

  // Not before the page is whole: a form sent while it loads would keep the rest of it from starting.
  window.addEventListener("load", () => {
    for (const form of document.querySelectorAll("form[data-submit-at-once]")) setTimeout(() => form.requestSubmit(), 100);
  });
})();
