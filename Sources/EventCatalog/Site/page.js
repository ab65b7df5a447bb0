"use strict";
(() => {
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const events = [...document.querySelectorAll(".event")];
  const entries = new Map([...document.querySelectorAll("nav li[data-event]")].map((entry) => [entry.dataset.event, entry]));
  const overview = [...document.querySelectorAll(".overview")];

  // Every word must occur somewhere in the event: its names, its fields, or what is said of them.
  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const event of events) {
      const matches = words.every((word) => event.dataset.words.includes(word));
      event.hidden = !matches;
      const entry = entries.get(event.id);
      if (entry) entry.hidden = !matches;
      if (matches) count += 1;
    }
    for (const part of overview) part.hidden = words.length > 0;
    for (const row of document.querySelectorAll(".fields tbody tr")) {
      const text = row.textContent.toLowerCase();
      row.classList.toggle("hit", words.length > 0 && words.some((word) => text.includes(word)));
    }
    found.hidden = words.length === 0;
    found.textContent = count === 1 ? "1 event" : `${count} events`;
  }

  search.addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && search.value) {
      search.value = "";
      filter();
    }
  });

  // A link leads to what it names, even where a search or a closed version hides it.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (search.value) {
      search.value = "";
      filter();
    }
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers keep the clipboard from pages that were opened as files; the selection is the old way.
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }
  for (const box of document.querySelectorAll(".copyable")) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
    button.addEventListener("click", async () => {
      await copy(box.querySelector("code").textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    box.append(button);
  }
  reveal();
})();
