/* A query seen as words: what it declares, which variables it has, and what may stand at a place. */
const TOKEN = new RegExp([
  /(?<comment>#[^\n]*)/,
  /(?<string>"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)/,
  /(?<iri><[^<>"{}|^`\\\s]*>)/,
  /(?<variable>[?$][\p{L}\p{N}_]+)/,
  /(?<language>@[A-Za-z-]+)/,
  /(?<name>(?:[\p{L}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?)?:(?:[\p{L}\p{N}_:%](?:(?:[\p{L}\p{N}_:%-]|\.(?=[\p{L}\p{N}_-])|\\.))*)?)/,
  /(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/,
  /(?<word>[\p{L}][\p{L}\p{N}_]*)/,
  /(?<sign>\^\^|&&|\|\||!=|<=|>=|[{}()[\].;,/|^*+?!=<>-])/,
].map(part => part.source).join("|"), "gu");
const OPEN = {"{": "}", "(": ")", "[": "]"};
const TERMS = new Set(["string", "iri", "variable", "name", "number"]);

/* The tokens of a query without comments: kind, text, from, to. */
export function tokens(text) {
  return [...text.matchAll(TOKEN)].map(match => {
    const kind = Object.keys(match.groups).find(name => match.groups[name] !== undefined);
    return {kind, text: match[0], from: match.index, to: match.index + match[0].length};
  }).filter(token => token.kind !== "comment");
}

/* Prefix names to addresses. */
export function declared(found) {
  const prefixes = new Map();
  found.forEach((token, at) => {
    const next = found[at + 1];
    if (token.kind === "name" && /^prefix$/i.test(found[at - 1]?.text ?? "") && next?.kind === "iri")
      prefixes.set(token.text.slice(0, -1), next.text.slice(1, -1));
  });
  return prefixes;
}

/* Where a new PREFIX line goes: below the last one, else at the top. */
export function prefixPlace(text, found) {
  const last = found.findLast((token, at) => token.kind === "iri" && /^prefix$/i.test(found[at - 2]?.text ?? ""));
  if (!last) return 0;
  const end = text.indexOf("\n", last.to);
  return end < 0 ? text.length : end + 1;
}

export const variables = found => [...new Set(found.filter(token => token.kind === "variable").map(token => token.text))];

/* What stands at the end of these tokens: "prologue", "head" (SELECT …), "subject", "predicate", "object" or
   "expression"; for an object also its predicate. */
export function position(found) {
  const stack = [];
  let slot = 0, predicate = "", place = "prologue";
  for (const token of found) {
    const word = token.kind === "word" ? token.text.toUpperCase() : "";
    if (token.text in OPEN && token.kind === "sign") {
      stack.push({slot, predicate, place});
      if (token.text === "(") { place = place === "pattern" ? place : "expression"; slot = slot === 1 ? 1 : 2; }
      else { place = "pattern"; slot = token.text === "[" ? 1 : 0; }
    } else if ("})]".includes(token.text) && token.kind === "sign") {
      const before = stack.pop();
      if (!before) continue;
      ({slot, predicate, place} = before);
      slot = token.text === "}" ? 0 : place === "filter" ? 0 : slot + 1;
      if (place === "filter") place = "pattern";
    } else if (/^(SELECT|ASK|CONSTRUCT|DESCRIBE)$/.test(word)) place = "head";
    else if (word === "PREFIX" || word === "BASE") place = "prologue";
    else if (/^(ORDER|GROUP|HAVING|LIMIT|OFFSET)$/.test(word) && stack.length === 0) place = "head";
    else if (place === "pattern" && /^(FILTER|BIND)$/.test(word)) { place = "filter"; slot = 0; }
    else if (place === "pattern" && /^(OPTIONAL|MINUS|UNION|WHERE|GRAPH|VALUES|NOT|EXISTS)$/.test(word)) slot = 0;
    else if (place === "pattern") ({slot, predicate} = after(token, slot, predicate));
  }
  if (place === "filter" || place === "expression") return {place: "expression"};
  if (place !== "pattern") return {place};
  return {place: ["subject", "predicate", "object"][Math.min(slot, 2)], predicate};
}

function after(token, slot, predicate) {
  if (token.text === ".") return {slot: 0, predicate: ""};
  if (token.text === ";") return {slot: 1, predicate: ""};
  if (token.text === ",") return {slot: 2, predicate};
  if (token.text === "/" || token.text === "|") return {slot: 1, predicate: ""};
  if (TERMS.has(token.kind) || token.text === "a") return {slot: slot + 1, predicate: slot === 1 ? token.text : predicate};
  return {slot, predicate};
}

/* Brackets that close nothing or are never closed. */
export function unbalanced(found) {
  const open = [], wrong = [];
  for (const token of found) {
    if (token.kind !== "sign") continue;
    if (token.text in OPEN) open.push(token);
    else if (Object.values(OPEN).includes(token.text)) {
      if (open.length && OPEN[open.at(-1).text] === token.text) open.pop();
      else wrong.push(token);
    }
  }
  return {wrong, open};
}

/* A text without case, accents and the ways of writing umlauts, as the search of the pages folds it. */
export function fold(text) {
  const bare = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return bare.replaceAll("ß", "ss").replaceAll("ae", "a").replaceAll("oe", "o").replaceAll("ue", "u");
}
