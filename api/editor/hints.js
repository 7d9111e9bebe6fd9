/* What can be said about a query while it is typed: what it lacks, and what makes it slow. Nothing is forbidden. */
import {declared, prefixPlace, tokens, unbalanced} from "./words.js";

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/* Hints with their place and sentence; "fix" is what a button may insert. */
export function hints(text, texts, prefixes) {
  const found = tokens(text);
  return [...undeclared(text, found, texts, prefixes), ...brackets(found, texts), ...slow(found, texts)];
}

function undeclared(text, found, texts, prefixes) {
  const known = declared(found), said = new Set();
  return found.flatMap((token, at) => {
    const prefix = token.text.split(":")[0];
    if (token.kind !== "name" || prefix === "_" || known.has(prefix) || said.has(prefix)) return [];
    if (/^prefix$/i.test(found[at - 1]?.text ?? "")) return [];
    said.add(prefix);
    const address = prefixes?.get(prefix);
    if (!address && !prefixes) return [];
    const fix = address && {from: prefixPlace(text, found), insert: `PREFIX ${prefix}: <${address}>\n`};
    const sentence = fill(address ? texts.undeclared : texts.unknown_prefix, {prefix});
    return [{from: token.from, to: token.from + prefix.length + 1, severity: "warning", sentence, fix}];
  });
}

function brackets(found, texts) {
  const {wrong, open} = unbalanced(found);
  const said = (list, sentence) => list.slice(0, 1).map(token => ({from: token.from, to: token.to, severity: "warning", sentence: fill(sentence, {sign: token.text})}));
  return [...said(wrong, texts.closes_nothing), ...said(wrong.length ? [] : open, texts.not_closed)];
}

function slow(found, texts) {
  const words = found.map(token => token.kind === "word" ? token.text.toUpperCase() : "");
  const exists = found.flatMap((token, at) =>
    words[at] === "FILTER" && words[at + 1] === "NOT" && words[at + 2] === "EXISTS"
      ? [{from: token.from, to: found[at + 2].to, severity: "info", sentence: texts.not_exists}] : []);
  const loose = words.includes("LIMIT") ? null : unconnected(found, words);
  return loose ? [...exists, {from: loose.from, to: loose.to, severity: "info", sentence: texts.product}] : exists;
}

/* The first pattern of the outermost group that shares no variable with those before it. Only plain queries are
   judged: with aggregates, sub-selects or brackets within the group nothing is said. */
function unconnected(found, words) {
  const start = found.findIndex(token => token.text === "{");
  if (start < 0 || words[0] === "" || words.some(word => /^(ASK|CONSTRUCT|DESCRIBE|GROUP|COUNT|SUM|AVG|MIN|MAX|BIND|VALUES)$/.test(word))) return null;
  const groups = [];
  let pattern = [], level = 0;
  for (const token of found.slice(start + 1)) {
    if (token.kind === "sign" && "{([".includes(token.text)) level += 1;
    if (token.kind === "sign" && "})]".includes(token.text)) level -= 1;
    if (level < 0 || (level === 0 && token.text === ".")) { groups.push(pattern); pattern = []; }
    else pattern.push(token);
    if (level < 0) break;
    if (token.kind === "word" && /^select$/i.test(token.text)) return null;
  }
  return join(groups.filter(list => list.length));
}

function join(groups) {
  const named = list => new Set(list.filter(token => token.kind === "variable").map(token => token.text.slice(1)));
  let parts = [];
  for (const list of groups) {
    const names = named(list);
    if (!names.size || list.length < 3) continue;
    const touching = parts.filter(part => [...names].some(name => part.names.has(name)));
    const all = new Set([...names, ...touching.flatMap(part => [...part.names])]);
    parts = [...parts.filter(part => !touching.includes(part)), {names: all, first: touching[0]?.first ?? list}];
  }
  if (parts.length < 2) return null;
  const list = parts.at(-1).first;
  return {from: list[0].from, to: list.at(-1).to};
}
