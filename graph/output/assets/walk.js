/* A walk on the wall: goes from step to step by key, click and finger, and keeps what the meeting decides until it is saved. */
(() => {
"use strict";
const walk = document.querySelector(".pw-walk"), $ = name => document.querySelector(".pw-" + name);
const words = JSON.parse($("speech").textContent), slides = [...walk.querySelectorAll(".pw-slide")];
const whole = walk.dataset.whole === "yes", forms = [...walk.querySelectorAll("form[data-finding]")];
let now = -1, lang = document.documentElement.lang;
const say = (key, ...values) => values.reduce((text, value, i) => text.replace(`{${i}}`, value), words[key][lang]);
const hide = (link, yes) => { link.classList.toggle("pw-off", yes); if (yes) link.removeAttribute("href"); };

/* ---- steps ---- */
function show(to, focus) {
  if (to < 0 || to >= slides.length || to === now) return;
  now = to;
  slides.forEach((slide, i) => slide.classList.toggle("pw-now", i === now));
  slides[now].querySelector(".pw-graph")?.dispatchEvent(new Event("pw-show"));
  if (whole) {
    const links = [[$("previous"), now], [$("next"), now + 2]];
    links.forEach(([link, number]) => { link.href = "#step-" + number; hide(link, number < 1 || number > slides.length); });
    place();
    history.replaceState(null, "", "#step-" + (now + 1));
  }
  scrollTo(0, 0);
  if (focus) slides[now].querySelector("h2").focus({ preventScroll: true });
}
function place() { $("place").textContent = say("step", now + 1, slides.length); }
function go(way) {
  if (whole) return show(now + way, true);
  const link = $(way > 0 ? "next" : "previous");
  if (link.href) link.click();
}
const ways = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
addEventListener("keydown", event => {
  const { key, target } = event, inside = name => target.closest?.(name);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inside("input, textarea, select")) return;
  if (key.startsWith("Arrow") && inside(".pw-canvas, .pw-scroll") || key === " " && inside("button, summary, a")) return;
  if (key === "f" || key === "F") return document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  if (whole && (key === "Home" || key === "End") && !inside(".pw-canvas")) show(key === "Home" ? 0 : slides.length - 1, true);
  else if (ways[key]) go(key === " " && event.shiftKey ? -1 : ways[key]);
  else return;
  event.preventDefault();
});
let from = null;
addEventListener("touchstart", event => {
  from = event.touches.length === 1 && !event.target.closest(".pw-canvas, .pw-scroll, .pw-list, form") ? event.touches[0] : null;
}, { passive: true });
addEventListener("touchend", event => {
  const to = event.changedTouches[0], x = from ? to.clientX - from.clientX : 0;
  if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(to.clientY - from.clientY)) go(x < 0 ? 1 : -1);
  from = null;
}, { passive: true });
const named = () => slides.findIndex(slide => "#" + slide.id === location.hash);
if (whole) {
  addEventListener("hashchange", () => show(named(), true));
  for (const [name, way] of [["previous", -1], ["next", 1]])
    $(name).addEventListener("click", event => { event.preventDefault(); go(way); });
}

/* ---- language ---- */
function speak(to) {
  lang = document.documentElement.lang = to;
  document.querySelectorAll("[data-de]").forEach(e => { if (!e.closest(".pw-graph")) e.textContent = e.dataset[lang]; });
  document.querySelectorAll("[data-aria-de]").forEach(e => e.setAttribute("aria-label", e.getAttribute("data-aria-" + lang)));
  document.querySelectorAll("[data-lang-to]").forEach(e => e.setAttribute("aria-pressed", e.dataset.langTo === lang));
  document.querySelectorAll(".pw-graph").forEach(e => e.dispatchEvent(new Event("pw-speak")));
  document.title = words.title[lang];
  place();
  tell();
}
document.querySelectorAll("[data-lang-to]").forEach(e => e.addEventListener("click", () => speak(e.dataset.langTo)));

/* ---- decisions: a draft stays in the browser until it is saved as a file, recorded in the store, or discarded ---- */
/* Two cities may have walks of one name: each keeps its drafts by itself, a file those of its own state of the inventory. */
const family = `planwerk.${walk.dataset.name}.${walk.dataset.place}.`, two = n => String(n).padStart(2, "0"), opened = new Date();
const place_of = family + (walk.dataset.snapshot ?? location.pathname.split("/walks/")[0]);
const today = `${opened.getFullYear()}-${two(opened.getMonth() + 1)}-${two(opened.getDate())}`, storing = walk.dataset.mode === "store";
const fresh = () => ({
  meeting: [...crypto.getRandomValues(new Uint8Array(6))].map(n => n.toString(16).padStart(2, "0")).join(""),
  day: today, role: "", drafts: {}, kept: true, saved: 0,
});
let keeps = true, leaving = false;
function stored(place = place_of) {
  try {
    const found = JSON.parse(localStorage.getItem(place));
    return found?.meeting && found.drafts ? found : null;
  } catch { keeps = false; return null; }
}
/* A file made anew takes along what was typed into its forerunner, where all of that is about its own findings. */
function inherited() {
  if (!whole) return null;
  try {
    for (const place of Object.keys(localStorage).filter(key => key.startsWith(family) && key !== place_of)) {
      const found = stored(place), drafts = Object.keys(found?.drafts ?? {});
      if (!drafts.length || found.kept || !drafts.every(id => forms.some(form => form.dataset.finding === id))) continue;
      localStorage.setItem(place_of, JSON.stringify(found));
      localStorage.removeItem(place);
      return found;
    }
  } catch { keeps = false; }
  return null;
}
function keep() {
  try { localStorage.setItem(place_of, JSON.stringify(held)); } catch { keeps = false; }
}
/* What was saved as a file belongs to the meeting of that day; what was taken in is told by the page itself. */
const over = found => found.kept && (found.day !== today || walk.dataset.recorded.split(" ").includes(found.meeting));
let held = stored() ?? inherited() ?? fresh();
if (over(held)) held = { ...fresh(), role: held.role };
if (storing && held.sent) {
  if (walk.dataset.done) delete held.drafts[held.sent];
  delete held.sent;
  keep();
}
const file = () => `beschluesse-${walk.dataset.name}-${held.day}.json`, fields = ["state", "reason", "role", "paper", "note"];
const known = entry => !whole || forms.some(form => form.dataset.finding === entry.finding);
const entries = () => Object.values(held.drafts).filter(entry => (entry.state || entry.reason || entry.note) && known(entry)).sort((a, b) => a.step - b.step);
const unsaved = () => storing || !held.kept ? entries() : [];
function remind() {
  const left = unsaved(), where = $("left");
  if (left.length || !walk.dataset.done) where.replaceChildren();
  if (!left.length) return;
  const link = document.createElement("a"), to = storing ? left[0].step : +walk.dataset.steps;
  link.href = whole ? "#step-" + to : Object.assign(new URL(location), { hash: "" }).href.replace(/step=\d+/, "step=" + to);
  link.textContent = say("left", left.length, held.day.split("-").reverse().join(lang === "de" ? "." : "/"));
  where.append(link);
}
function tell() {
  const all = entries();
  remind();
  for (const form of forms) form.querySelector(".pw-draft").textContent = unsaved().some(entry => entry.finding === form.dataset.finding) && keeps ? say("draft") : "";
  if (!$("kept")) return;
  $("kept").textContent = !all.length ? say("nothing") : held.kept ? say("saved", file(), held.saved) : say("kept", all.length);
  $("hint").textContent = say(keeps ? "save_hint" : "page_hint", file());
  $("clear").hidden = !all.length;
  $("clear").textContent = say("discard");
  walk.querySelectorAll(".pw-decisions tr[data-finding]").forEach(row => {
    const entry = all.find(entry => entry.finding === row.dataset.finding), cell = row.querySelector("td");
    row.wasThere ??= [...cell.childNodes];
    if (!entry) return cell.replaceChildren(...row.wasThere);
    const state = document.createElement("b"), text = document.createElement("span");
    state.textContent = entry.state ? words["state." + entry.state][lang] + " " : "";
    text.textContent = [entry.reason, entry.note].filter(Boolean).join(" – ");
    text.lang = "de";
    text.dir = "auto";
    cell.replaceChildren(state, text);
  });
}
/* A finding may stand at several steps: what is typed at one stands at all. Who decided is usually the same all along. */
function fill() {
  for (const form of forms) {
    const entry = held.drafts[form.dataset.finding] ?? { role: held.role };
    for (const name of fields) if (form !== document.activeElement?.form) form.elements[name].value = entry[name] ?? "";
  }
}
function typed({ target: { form, name } }) {
  const { finding, evidence, step } = form.dataset;
  const said = Object.fromEntries(fields.map(name => [name, form.elements[name].value.trim()]));
  held.drafts[finding] = { finding, evidence, step: +step, ...said };
  if (name === "role") held.role = said.role;
  held.kept = false;
  fill();
  keep();
  tell();
}
function save() {
  const all = entries(), lacks = entry => !entry.state ? entry.reason && "state" : !entry.reason ? "reason" : !entry.role && "role";
  const lack = all.find(lacks);
  if (lack) {
    $("kept").textContent = say("lacks_" + lacks(lack), lack.step);
    return;
  }
  if (!all.length) return tell();
  const about = { planwerk: "beschluesse", version: 1, meeting: held.meeting, walk: walk.dataset.name, title: walk.dataset.title };
  const when = { date: held.day, as_of: walk.dataset.day, saved: new Date().toISOString() };
  const text = JSON.stringify({ ...about, ...when, entries: all.map(({ step, ...entry }) => entry) }, null, 1) + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = file();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  Object.assign(held, { kept: true, saved: all.length });
  keep();
  tell();
}
/* Asked twice, in the place itself. */
function clear({ target }) {
  if (!target.sure) {
    target.sure = true;
    target.textContent = say("discard_sure", entries().length);
    return;
  }
  target.sure = false;
  held = { ...fresh(), role: held.role };
  keep();
  fill();
  tell();
  $("kept").textContent = say("discarded");
}
$("clear")?.addEventListener("click", clear);
$("clear")?.addEventListener("blur", ({ target }) => { target.sure = false; tell(); });
forms.forEach(form => {
  form.addEventListener("input", typed);
  if (storing) form.addEventListener("submit", event => {
    if (leaving) return event.preventDefault();
    leaving = true;
    held.sent = form.dataset.finding;
    keep();
  });
  else {
    form.addEventListener("submit", event => event.preventDefault());
    form.querySelector(".pw-done").addEventListener("click", () => shut(form.closest("details")));
  }
});
/* On the served page a step is a page of its own: going on is no leaving. */
if (!whole) addEventListener("click", ({ target }) => { leaving ||= Boolean(target.closest("a[href]")); });
addEventListener("pageshow", () => { leaving = false; });
addEventListener("beforeunload", event => { if (!leaving && unsaved().length) event.preventDefault(); });
addEventListener("storage", ({ key }) => {
  if (key !== place_of) return;
  held = stored() ?? fresh();
  fill();
  tell();
});
function shut(box) {
  box.open = false;
  box.querySelector("summary").focus();
}
walk.querySelectorAll(".pw-decide").forEach(box => box.addEventListener("keydown", event => { if (event.key === "Escape") shut(box); }));
$("saves")?.addEventListener("click", save);
walk.dataset.ready = "yes";
show(Math.max(whole ? named() : 0, 0), false);
fill();
tell();
})();
