/* The builder answers as one chooses: it fetches the page that the form would lead to and puts it in place, so that focus,
   opened lists and the address stay. Without script the button does the same by loading the page anew. */
(() => {
"use strict";
const main = document.getElementById("content"), WAIT = 120;
const said = document.createElement("p");
said.className = "hidden";
said.setAttribute("role", "status");
main.before(said);
let asking = null, timer = 0;
const form = () => main.querySelector("form.builder");
const open = () => [...main.querySelectorAll("details[id][open]")].map(one => [one.id, one.querySelector(".scroll-box")?.scrollTop ?? 0]);
/* How a field is found again: by its id, a box by what it stands for. */
const place = field => field?.id ? `#${CSS.escape(field.id)}` : field?.name ? `[name="${CSS.escape(field.name)}"][value="${CSS.escape(field.value)}"]` : null;

function address() {
  const wanted = new URLSearchParams([...new FormData(form())].filter(([, value]) => value));
  return `${form().getAttribute("action")}?${wanted}`;
}

function put(page) {
  const fresh = page.getElementById("content"), kept = open(), focused = place(main.contains(document.activeElement) ? document.activeElement : null);
  main.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  for (const [id, top] of kept) {
    const list = document.getElementById(id);
    if (!list) continue;
    list.open = true;
    const box = list.querySelector(".scroll-box");
    if (box) box.scrollTop = top;
  }
  if (focused) form()?.querySelector(focused)?.focus({preventScroll: true});
  said.textContent = main.querySelector("#answer")?.textContent ?? "";
  document.querySelectorAll(".languages a").forEach((link, at) => { link.href = page.querySelectorAll(".languages a")[at].href; });
}

async function show(path, push) {
  asking?.abort();
  const mine = asking = new AbortController();
  main.querySelector("#answer")?.parentElement.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(path, {headers: {Accept: "text/html"}, signal: mine.signal});
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asking) return;
    const kept = page.querySelector("[data-address]")?.dataset.address, view = new URL(path, location.href).searchParams.get("view");
    if (push) history.pushState(null, "", kept ? `${kept}${view ? `&view=${encodeURIComponent(view)}` : ""}` : path);
    put(page);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(path);
  }
}

const soon = () => { clearTimeout(timer); timer = setTimeout(() => show(address(), true), WAIT); };
if (!form()) return;
main.addEventListener("change", event => { if (event.target.closest("form.builder")) soon(); });
main.addEventListener("submit", event => {
  if (!event.target.matches("form.builder")) return;
  event.preventDefault();
  clearTimeout(timer);
  show(address(), true);
});
window.addEventListener("popstate", () => show(location.pathname + location.search, false));
})();
