/* People found on the server while typing, by name, year of birth or card number. */
"use strict";

window.findPeople = (select, { url, organization, several = false }) => {
  if (select.tomselect || !window.TomSelect) return;
  const line = (text) => {
    const element = document.createElement("div");
    element.className = "no-results";
    element.textContent = text;
    return element;
  };
  let answered = null;
  const options = {
    valueField: "value",
    labelField: "text",
    searchField: ["text"],
    refreshThrottle: 0,
    preload: "focus",
    placeholder: "Gõ họ tên, năm sinh hoặc số thẻ",
    shouldLoad: () => true,
    score: (words) => () => (words === answered ? 1 : 0), // the server chooses; until it has, Enter takes nobody
    load(words, answer) {
      const asked = new URLSearchParams({ q: words, "to-chuc": organization() });
      fetch(`${url}?${asked}`, { redirect: "manual" })
        .then((response) => (response.ok ? response.json() : { people: [] }))
        .then((found) => {
          if (this.inputValue() !== words) return answer(); // more has been typed since
          answered = words;
          this.clearOptions();
          answer(found.people);
        })
        .catch(() => answer());
    },
    render: {
      no_results: () => line("Không có đồng chí nào khớp trong phạm vi của bạn"),
      loading: () => line("Đang tìm…"),
    },
  };
  if (several) {
    options.plugins = { remove_button: { title: "Bỏ đồng chí này" } };
    options.onItemAdd = function () {
      this.setTextboxValue("");
      answered = null;
      this.refreshOptions(false);
    };
  } else {
    options.maxItems = 1;
    options.plugins = { clear_button: { title: "Bỏ chọn" } };
  }
  new TomSelect(select, options);
  select.setAttribute("aria-hidden", "true"); // the label now names the search box
};
