/* What may be typed next: terms of the vocabulary by their German or English name, things of the store, variables,
   keywords. A term brings its PREFIX line along. */
import {declared, fold, position, prefixPlace, tokens, variables} from "./words.js";

/* So few that the list needs no scrolling, which a keyboard could not reach; typing on narrows it. */
const MOST = 8, SHORTEST_NAME = 3;
const TYPED = /(?:[?$][\p{L}\p{N}_]*|[\p{L}_][\p{L}\p{N}_.-]*:?[\p{L}\p{N}_:%.-]*|:[\p{L}\p{N}_-]*)$/u;
/* Which kinds come first at which place. */
const FIRST = {
  prologue: ["keyword", "prefix"], head: ["variable", "keyword"], subject: ["variable", "keyword"],
  predicate: ["property", "prefix"], object: ["code", "variable"], type: ["class"], expression: ["variable", "function"],
};
const EVERYWHERE = {prologue: ["keyword", "prefix"], head: ["keyword", "function", "variable", "prefix"]};

/* What the route told, with the folded names that typing is compared with. */
export function prepared(told) {
  const terms = told.terms.map(term => ({...term, names: [term.local, term.notation, term.label.de, term.label.en, ...(term.also ?? [])].filter(Boolean).map(fold)}));
  const words = told.keywords.map(one => ({...one, short: one.word, names: [fold(one.word)]}));
  const prefixes = new Map(Object.entries(told.prefixes));
  const homes = [...prefixes].map(([name, address]) => ({kind: "prefix", short: `${name}:`, address, names: [fold(name)]}));
  return {terms, words, prefixes, homes, kinds: told.kinds};
}

function fit(entry, typed) {
  if (!typed) return 1;
  return Math.max(...entry.names.map(name =>
    name === typed ? 5 : name.startsWith(typed) ? 4 + typed.length / name.length : name.split(/[^\p{L}\p{N}]+/u).some(word => word.startsWith(typed)) ? 3
      : typed.length > 2 && name.includes(typed) ? 2 : 0));
}

/* The candidates for what was typed at a place, best first. */
export function candidates(known, found, typed) {
  const {place, predicate} = position(found);
  const spot = place === "object" && /^(a|rdf:type)$/.test(predicate) ? "type" : place;
  const first = FIRST[spot], home = typed.includes(":") ? typed.split(":")[0] : null;
  const wanted = fold(home === null ? typed.replace(/^[?$]/, "") : typed.slice(home.length + 1));
  const own = variables(found).map(short => ({kind: "variable", short, names: [fold(short.slice(1))]}));
  const all = /^[?$]/.test(typed) ? own
    : home !== null ? known.terms.filter(term => term.short.startsWith(`${home}:`))
      : [...known.terms, ...own, ...known.words, ...known.homes].filter(one => EVERYWHERE[place]?.includes(one.kind) ?? true);
  const weighed = all.map((entry, at) => ({entry, at, fit: fit(entry, wanted), order: first.indexOf(entry.kind)}))
    .filter(one => one.fit && (wanted || home !== null || one.order >= 0 || /^[?$]/.test(typed)));
  const rank = one => (one.order < 0 ? 0 : 3 - one.order) + one.fit;
  return weighed.sort((a, b) => rank(b) - rank(a) || a.at - b.at).slice(0, MOST).map(one => one.entry);
}

function info(entry) {
  const text = entry.definition;
  if (!text && !entry.address && !entry.iri) return undefined;
  return () => {
    const box = document.createElement("div");
    const add = (name, words) => { const part = document.createElement(name); part.textContent = words; box.append(part); };
    if (entry.label) add("strong", `${entry.label.de} / ${entry.label.en}`);
    if (text) add("p", text);
    add("code", entry.address ?? entry.iri ?? "");
    return box;
  };
}

/* Put a name in, and its PREFIX line above where the query lacks it. */
function put(known, short, after) {
  return (view, _completion, from, to) => {
    const text = view.state.doc.toString(), found = tokens(text);
    const prefix = short.includes(":") && !short.startsWith("<") ? short.split(":")[0] : null;
    const declaring = /prefix\s+$/i.test(text.slice(0, from));
    const address = prefix !== null && !declaring && !declared(found).has(prefix) && known.prefixes.get(prefix);
    const insert = declaring ? `${short} <${known.prefixes.get(prefix)}>` : short;
    const above = address ? [{from: prefixPlace(text, found), insert: `PREFIX ${prefix}: <${address}>\n`}] : [];
    const moved = above.length ? above[0].insert.length : 0;
    view.dispatch({changes: [...above, {from, to, insert}], selection: {anchor: from + moved + insert.length}, userEvent: "input.complete", scrollIntoView: true});
    if (!declaring) after?.(view);
  };
}

function option(known, entry, lang, reopen) {
  const named = entry.label?.[lang] ?? entry.info ?? entry.address ?? "";
  const detail = [named, known.kinds[entry.kind]].filter(Boolean).join(" · ");
  return {label: entry.short, detail, info: info(entry), apply: put(known, entry.short, entry.kind === "prefix" ? reopen : null)};
}

/* The source of terms, variables and keywords. "known" gives what the route told, or a promise of it. */
export const termSource = (load, lang, reopen) => async context => {
  const before = context.matchBefore(TYPED), typed = before?.text ?? "";
  if (!context.explicit && typed.length < 2 && !/^[?$]/.test(typed)) return null;
  const found = tokens(context.state.doc.toString()), from = before?.from ?? context.pos;
  if (found.some(token => ["string", "iri"].includes(token.kind) && token.from < context.pos && token.to >= context.pos)) return null;
  const known = await load();
  if (!known || context.aborted) return null;
  const list = candidates(known, found.filter(token => token.to <= from), typed);
  const others = list.filter(entry => entry.short !== typed);
  return others.length ? {from, options: others.map(entry => option(known, entry, lang, reopen)), filter: false} : null;
};

/* The source of things of the store by their names, asked of the server. */
export const thingSource = (load, lang) => async context => {
  const before = context.matchBefore(/[\p{L}\p{N}-]+$/u);
  if (!before || before.text.length < SHORTEST_NAME || /[?$:<"'@]$/.test(context.state.sliceDoc(0, before.from))) return null;
  const found = tokens(context.state.doc.toString()).filter(token => token.to <= before.from);
  if (!["subject", "object", "expression"].includes(position(found).place)) return null;
  const known = await load();
  if (!known) return null;
  const ending = new AbortController();
  context.addEventListener("abort", () => ending.abort(), {onDocChange: true});
  try {
    const answer = await fetch(`/api/completion/things?${new URLSearchParams({q: before.text, lang})}`, {signal: ending.signal});
    const things = answer.ok ? (await answer.json()).things : [];
    return {from: before.from, filter: false, options: things.map(thing => ({
      label: thing.short, displayLabel: thing.name, detail: [thing.kind, thing.short].join(" · "), apply: put(known, thing.short),
    }))};
  } catch {
    return null;
  }
};
