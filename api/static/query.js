/* The query form: asks without leaving the page, can be cancelled, remembers queries in this browser, shares them by a
   link, sorts tables. It works over the plain field and over the editor alike (editor.js); without script the form and
   its buttons do the same by loading the page anew. */
(() => {
"use strict";
const form = document.querySelector("form.query[data-spoken]");
if (!form) return;
const MOST = 50, KEPT = "planwerk.queries", LONG = 2000, TOO_LONG = 8000;
const field = form.querySelector("textarea"), go = form.querySelector("button.primary"), stop = form.querySelector(".stop");
const said = form.querySelector(".said"), past = document.querySelector(".past"), share = document.querySelector(".share");
const spoken = JSON.parse(form.dataset.spoken), lang = document.documentElement.lang;
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const long = seconds => number(seconds, seconds < 1 ? 2 : 1);
const number = (value, digits = 0) => value.toLocaleString(lang, {minimumFractionDigits: digits, maximumFractionDigits: digits});
const answer = () => document.getElementById("answer");
let asking = null, seen = new Map(), held = [], keeps = true, view = new URLSearchParams(location.search).get("view");

field.addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(go);
  }
});
form.addEventListener("submit", event => {
  event.preventDefault();
  view = null;
  seen = new Map();
  ask(new URLSearchParams(new FormData(form)), true);
});
document.addEventListener("submit", event => {
  if (!event.target.matches("#answer form.views")) return;
  event.preventDefault();
  view = event.submitter.value;
  ask(new URLSearchParams(new FormData(event.target, event.submitter)), false);
});
stop.addEventListener("click", () => asking?.abort());

/* Ask for the page as it would come without script, and put its answer into this one. */
async function ask(wanted, isNew) {
  asking?.abort();
  const mine = asking = new AbortController(), begun = performance.now(), key = wanted.toString();
  busy(true);
  try {
    const page = seen.get(key) ?? await fetched(wanted, mine.signal);
    if (asking !== mine) return;
    if (!page.dataset.problem) seen.set(key, page.cloneNode(true));
    put(page.cloneNode(true), wanted, isNew, (performance.now() - begun) / 1000);
  } catch (error) {
    if (asking === mine || error.name === "AbortError") said.textContent = error.name === "AbortError" ? spoken.stopped : spoken.unreachable;
  } finally {
    if (asking === mine) busy(false);
  }
}

async function fetched(wanted, signal) {
  const response = await fetch(`/sparql?${new URLSearchParams({lang})}`, {method: "POST", body: wanted, headers: {Accept: "text/html"}, signal});
  const page = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("answer");
  if (!page) throw new Error(response.statusText);
  return page;
}

function busy(is) {
  if (is) said.textContent = spoken.running;
  else asking = null;
  if (!is && document.activeElement === stop) go.focus();
  stop.hidden = !is;
  answer().setAttribute("aria-busy", String(is));
}

function put(page, wanted, isNew, seconds) {
  answer().replaceWith(document.adoptNode(page));
  const {what, rows, problem} = page.dataset;
  if (isNew) past.open = share.open = false;
  said.textContent = problem ? "" : fill(spoken.done, {what, seconds: long(seconds)});
  ready(page);
  if (problem) { mistake(page); return; }
  field.dispatchEvent(new Event("right"));
  if (isNew) remember({query: wanted.get("query"), at: Date.now(), rows: Number(rows), what, seconds});
  linked(true);
  if (isNew) page.querySelector("h2")?.scrollIntoView({block: "nearest"});
  else page.querySelector(`.views [value="${CSS.escape(view)}"]`)?.focus();
}

/* Show where the query is wrong: the editor marks it, the plain field gets the cursor there. */
function mistake(page) {
  const {line, column, problem} = page.dataset;
  if (!line) return;
  const detail = {line: Number(line), column: Number(column), text: problem};
  if (!field.dispatchEvent(new CustomEvent("wrong", {detail, cancelable: true}))) return;
  const lines = field.value.split("\n"), at = lines.slice(0, detail.line - 1).join("\n").length + (detail.line > 1 ? 1 : 0) + detail.column - 1;
  field.focus();
  field.setSelectionRange(at, at + 1);
}

/* The link to this query; the address of the page follows it where it is short enough. */
function linked(asked) {
  const wanted = new URLSearchParams(new FormData(form));
  if (view) wanted.set("view", view);
  const address = `${location.origin}/sparql?${wanted}`, n = number(address.length);
  share.querySelector("input").value = address.length > TOO_LONG ? "" : address;
  share.querySelector("button").disabled = address.length > TOO_LONG;
  share.querySelector(".long").textContent = address.length > TOO_LONG ? fill(spoken.link_too_long, {n}) : address.length > LONG ? fill(spoken.link_long, {n}) : "";
  if (asked && address.length <= LONG) history.replaceState(null, "", address);
}
share.querySelector("button").addEventListener("click", async () => {
  const link = share.querySelector("input");
  try {
    await navigator.clipboard.writeText(link.value);
    said.textContent = spoken.copied;
  } catch {
    link.select();
    said.textContent = spoken.copy_failed;
  }
});

/* What was asked is kept in this browser only. */
function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    held = Array.isArray(kept) ? kept.filter(one => typeof one?.query === "string") : [];
  } catch { held = []; }
}
function remember(one) {
  if (keeps) recall();
  held = [one, ...held.filter(other => other.query !== one.query)].slice(0, MOST);
  keep();
}
function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(held));
  } catch {
    keeps = false;
    past.querySelector(".quiet").textContent = spoken.past_off;
  }
  list();
}
function list() {
  const shown = held.map(one => {
    const item = document.createElement("li"), button = document.createElement("button"), when = document.createElement("small");
    button.type = "button";
    button.className = "link";
    button.textContent = one.query.split("\n").filter(line => !/^\s*(PREFIX|BASE|#|$)/i.test(line)).join(" ").replace(/\s+/g, " ").slice(0, 120) || one.query.slice(0, 120);
    button.addEventListener("click", () => { fillIn(one.query); said.textContent = spoken.from_past; });
    when.textContent = [new Date(one.at).toLocaleString(lang, {dateStyle: "short", timeStyle: "short"}), one.what, `${long(Number(one.seconds))} s`].join(" · ");
    item.append(button, when);
    return item;
  });
  if (!shown.length) shown.push(Object.assign(document.createElement("li"), {className: "quiet", textContent: spoken.past_empty}));
  past.querySelector("ol").replaceChildren(...shown);
  past.querySelector("p button").disabled = !held.length;
}
past.querySelector("p button").addEventListener("click", () => {
  held = [];
  keep();
  past.querySelector("summary").focus();
  said.textContent = spoken.past_cleared;
});
function fillIn(text) {
  field.value = text;
  field.dispatchEvent(new Event("filled"));
  if (!field.hidden) field.focus();
  linked(false);
}

/* Heads of columns become buttons that sort. */
function ready(page) {
  const table = page.querySelector(".kern-table:not(.drawn *)");
  if (!table || table.rows.length < 3) return;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button"), name = head.textContent;
    button.type = "button";
    button.className = "sort";
    button.textContent = name;
    button.title = fill(spoken.sort, {name});
    button.addEventListener("click", () => sort(table, head, column, name));
    head.replaceChildren(button);
  });
}
function sort(table, head, column, name) {
  const down = head.getAttribute("aria-sort") === "ascending", body = table.tBodies[0];
  const keyed = [...body.rows].map(row => ({row, text: row.cells[column].querySelector(":scope > .quiet") ? null : row.cells[column].textContent.trim()}));
  const value = meaning(keyed.map(one => one.text).filter(text => text !== null));
  const told = keyed.filter(one => one.text !== null).map(one => ({...one, value: value(one.text)}));
  const words = new Intl.Collator(lang, {numeric: true});
  told.sort((a, b) => (typeof a.value === "number" ? a.value - b.value : words.compare(a.value, b.value)) * (down ? -1 : 1));
  body.append(...told.map(one => one.row), ...keyed.filter(one => one.text === null).map(one => one.row));
  for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  said.textContent = fill(down ? spoken.sorted_down : spoken.sorted_up, {name});
}
/* How the texts of a column compare: as numbers, as days, else as words. */
function meaning(cells) {
  const plain = lang === "de" ? text => text.replaceAll(".", "").replace(",", ".") : text => text.replaceAll(",", "");
  const day = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
  if (cells.every(text => day.test(text))) return text => { const [, d, m, y] = day.exec(text); return Number(y) * 10000 + Number(m) * 100 + Number(d); };
  if (cells.every(text => /^[-+]?[\d.,]*\d$/.test(text) && Number.isFinite(Number(plain(text))))) return text => Number(plain(text));
  return text => text;
}

field.addEventListener("input", () => linked(false));
past.hidden = share.hidden = false;
recall();
list();
ready(answer());
linked(false);
if (answer().dataset.line) mistake(answer());
form.dataset.asks = "yes";
})();
