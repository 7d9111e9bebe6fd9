/* Suggestions while a name is typed: the combobox pattern of WAI-ARIA. Without this script the form works as it is. */
(() => {
"use strict";
const WAIT = 150, SHORTEST = 2;
let number = 0;
const made = (name, attributes = {}, text = "") => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};

function attach(input) {
  const id = `suggest-${++number}`;
  const box = made("div", {class: "suggest"});
  const list = made("ul", {id, role: "listbox", "aria-label": input.dataset.label, hidden: ""});
  const said = made("p", {class: "hidden", role: "status"});
  let shown = [], active = -1, timer = 0, asking = null, chosen = null;
  if (input.dataset.id) chosen = {name: input.value, id: input.dataset.id};
  input.replaceWith(box);
  box.append(input, list, said);
  for (const [key, value] of Object.entries({role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocomplete: "off"})) input.setAttribute(key, value);

  function close() {
    clearTimeout(timer);
    if (asking) asking.abort();
    asking = null;
    shown = [];
    list.replaceChildren();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(place) {
    active = place;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    if (place < 0) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", `${id}-${place}`);
    list.children[place].scrollIntoView({block: "nearest"});
  }

  function show(found) {
    shown = found;
    list.replaceChildren(...found.map((one, index) => {
      const option = made("li", {id: `${id}-${index}`, role: "option", "aria-selected": "false"}, one.name);
      option.append(made("small", {}, one.lead ? `${one.kind} · ${one.lead}` : one.kind));
      option.addEventListener("mousedown", event => event.preventDefault());
      option.addEventListener("click", () => choose(index));
      return option;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    said.textContent = found.length ? input.dataset.found.replace("{n}", found.length) : input.dataset.none;
    mark(-1);
  }

  function choose(index) {
    const one = shown[index];
    close();
    if (input.dataset.go) { location.assign(one.page); return; }
    input.value = one.name;
    chosen = one;
    said.textContent = one.name;
    input.dispatchEvent(new CustomEvent("chosen", {bubbles: true, detail: one}));
  }

  async function ask() {
    const typed = input.value.trim();
    if (asking) asking.abort();
    if (typed.length < SHORTEST) { close(); return; }
    const mine = asking = new AbortController();
    try {
      const answer = await fetch(`/api/suggest?${new URLSearchParams({q: typed, lang: document.documentElement.lang})}`, {signal: mine.signal});
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (asking === mine && document.activeElement === input) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && shown.length) {
      event.preventDefault();
      const count = shown.length + 1;
      mark((active + 1 + step + count) % count - 1);
    } else if (step > 0) {
      event.preventDefault();
      ask();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && shown.length) {
      event.preventDefault();
      close();
    }
  });
  if (input.form) input.form.addEventListener("formdata", event => {
    if (chosen && !input.dataset.go && input.value === chosen.name) event.formData.set(input.name, chosen.id);
  });
}

document.querySelectorAll("input[data-suggest]").forEach(attach);
})();
