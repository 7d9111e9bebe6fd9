/* The interactive picture: draws the columnar document with vis-network, by mouse, finger, keyboard and as a table. */
(() => {
"use strict";
const read = (name, place) => JSON.parse(place.querySelector("script." + name)?.textContent ?? "{}");
/* One picture. A page may hold several, each in a section of its own; what they have in common stands once in the page. */
function start(root) {
const box = root.querySelector(".pw-canvas"), at = name => root.querySelector(".pw-" + name);
const common = read("pw-common", document), doc = { ...common.document, ...read("pw-data", root) }, own = read("pw-text", root);
const texts = { ...common.texts, ...own.texts }, shapes = { ...common.shapes, ...own.shapes }, { nodes: N, edges: E, types } = doc;
const all = N.id.map((_, i) => i), place = new Map(N.id.map((id, i) => [id, i]));
const links = all.map(() => []), paths = {};
E.source.forEach((s, k) => {
  const t = E.target[k], link = { k, relation: doc.relations[E.relation[k]], modality: E.modality[k], origin: E.origin?.[k] };
  links[s].push({ ...link, other: t, way: "label" });
  if (s !== t) links[t].push({ ...link, other: s, way: "inverse" });
});
/* A lens in lanes has columns with headings; a still one is a table; a net has neither; a comparison marks what came and went. */
const still = /^(time|shared|areas)$/.test(doc.lens), loose = doc.lens === "net", columns = /^(lanes|ego|compare)$/.test(doc.lens), close = /^(ego|ways)$/.test(doc.lens);
const marks = { "-1": "− ", 0: "", 1: "+ " }, changed = i => doc.changes[i] || 0;
const near = i => new Set([i, ...links[i].map(l => l.other)]);
for (const name in shapes) paths[name] = new Path2D(shapes[name]);

/* ---- state: selection, kinds switched off, language; kept in the address ---- */
const inQuery = root.dataset.state === "query", stateless = root.dataset.state === "none", large = root.dataset.size === "large";
let HEAD = 8;
let screen = null, lang = root.dataset.lang, chosen = -1, hover = -1, only = false, off = new Set(), stretch = 1, colours = {}, drawn = {};
const say = (key, ...values) => values.reduce((text, v, i) => text.replace(`{${i}}`, v), texts[key][lang]);
const kind = i => say("kind" + N.type[i]) + (changed(i) ? ", " + say(changed(i) > 0 ? "new" : "gone") : "");
const visible = i => !off.has(N.type[i]) && (!only || chosen < 0 || i === chosen || drawn.near.has(i));
const address = () => new URLSearchParams(inQuery ? location.search : location.hash.slice(1));
function keep(step) {
  if (stateless) return;
  const p = address(), put = (name, value) => value ? p.set(name, value) : p.delete(name);
  put("node", chosen < 0 ? "" : N.id[chosen]);
  put("off", [...off].map(t => types[t].name).sort().join("."));
  put("only", only ? "1" : "");
  if (!inQuery) put("lang", lang === root.dataset.lang ? "" : lang);
  p.sort();
  const url = (inQuery ? "?" : "#") + p;
  if (url !== (inQuery ? location.search || "?" : location.hash || "#"))
    history[step ? "pushState" : "replaceState"](null, "", url === "?" ? location.pathname : url);
  walked();
}
/* What is added to a walk is what is seen: without the kinds that are switched off. */
function walked() {
  const link = inQuery && document.querySelector("a[data-walk]");
  if (!link) return;
  const to = new URL(link.href), view = new URLSearchParams(to.searchParams.get("view"));
  if (off.size) view.set("off", [...off].map(t => types[t].name).sort().join(".")); else view.delete("off");
  to.searchParams.set("view", view);
  link.href = to.pathname + to.search;
}
function restore() {
  const p = stateless ? new URLSearchParams() : address();
  off = new Set((p.get("off") || "").split(".").map(name => types.findIndex(t => t.name === name)).filter(t => t >= 0));
  only = p.has("only");
  chosen = place.get(p.get("node") ?? (doc.lens === "ego" && !stateless ? doc.focus : "")) ?? -1;
  speak(stateless ? document.documentElement.lang : p.get("lang") || root.dataset.lang);
  refresh();
  walked();
  if (chosen >= 0) reveal(chosen);
}

/* ---- geometry ---- */
const [left, top, right, bottom] = doc.frame, lanes = doc.lanes.map(([lane, x]) => ({ lane, x }));
const gap = lanes.length > 1 ? lanes[1].x - lanes[0].x : Math.min(right - left, 360);
const rows = new Map();
all.forEach(i => rows.set(N.x[i], [...(rows.get(N.x[i]) || []), i]));
const steps = new Map([...rows].map(([x, row]) => [x, Math.min(120, ...row.slice(1).map((i, k) => N.y[i] - N.y[row[k]]))]));
const step = i => steps.get(N.x[i]), pitch = Math.min(...steps.values(), 120);
const radius = s => Math.max(Math.min(pitch * .3, 9), 4 / s), sizes = (i, s) => loose ? (large ? 18 : 13) : Math.min(Math.max(step(i) * s * .8, 11), (large ? 24 : close && gap * stretch * s > 165 ? 15 : 13.5) * Math.max(1, s));
const X = i => N.x[i] * stretch, wide = () => gap * stretch * (large ? .86 : close ? .8 : .74);
/* Points of a net keep their size on the screen, a smaller one where there is hardly room for them. */
const tight = s => Math.min(Math.max(Math.sqrt((right - left) * stretch * (bottom - top) / Math.max(all.length, 1)) * s / 42, .6), 1);
const dot = (i, s) => (4 + 1.3 * Math.sqrt(links[i].length)) * tight(s);

/* ---- renderer ---- */
const nothing = () => {}, frozen = { update: nothing, redraw: mark, moveTo: nothing, setSize: nothing, on: nothing };
const set = still ? frozen : new vis.DataSet(all.map(i => ({ id: i, x: N.x[i], y: N.y[i] })));
const net = still ? frozen : new vis.Network(box, { nodes: set, edges: new vis.DataSet() }, {
  ...doc.options, nodes: { shape: "custom", chosen: false, ctxRenderer: loose ? point : node },
});
const canvas = box.querySelector("canvas");
if (!still) box.firstChild.tabIndex = -1;
box.net = net;
function mark() {
  box.querySelectorAll("[data-node]").forEach(row => {
    const i = +row.dataset.node;
    row.hidden = !visible(i);
    row.classList.toggle("pw-chosen", i === chosen);
  });
}

function palette() {
  const style = getComputedStyle(root), probe = root.appendChild(document.createElement("i"));
  for (const name of ["paper", "ink", "soft", "line", "accent"]) {
    probe.style.color = `var(--${name})`;  // a system colour becomes what it is here
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  colours.forced = matchMedia("(forced-colors: active)").matches;
  colours.font = style.fontFamily;
}
const faded = i => chosen >= 0 && !drawn.near.has(i);
function outline(ctx, id, x, y, r, s) {
  const type = types[N.type[id]];
  ctx.globalAlpha = faded(id) ? .4 : 1;
  ctx.translate(x, y);
  ctx.scale(r, r);
  ctx.fillStyle = colours.forced || changed(id) < 0 ? colours.paper : type.colour;
  ctx.strokeStyle = colours.ink;
  ctx.lineWidth = (changed(id) > 0 ? 2.4 : large ? 1.4 : THIN) / s / r;
  if (changed(id) < 0) ctx.setLineDash([2.5 / s / r, 2 / s / r]);
  ctx.fill(paths[type.shape]);
  ctx.stroke(paths[type.shape]);
}
function point({ ctx, id, x, y }) {
  const s = net.getScale(), r = dot(id, s) / s;
  return {
    nodeDimensions: { width: 2 * r, height: 2 * r },
    drawNode() {
      if (id === chosen || id === hover) {
        ctx.strokeStyle = colours.accent;
        ctx.lineWidth = (id === chosen ? 3 : 1.5) / s;
        ctx.beginPath();
        ctx.arc(x, y, r * 1.55, 0, 7);
        ctx.stroke();
      }
      outline(ctx, id, x, y, r, s);
    },
  };
}
function node({ ctx, id, x, y }) {
  const w = wide(), h = step(id) * .98;
  return {
    nodeDimensions: { width: w, height: h },
    drawNode() {
      const s = net.getScale(), r = radius(s);
      ctx.fillStyle = colours.paper;
      const [wideness, tall] = id === chosen || !reach.has(id) ? [w, h] : reach.get(id).map(part => part / s), height = Math.min(h, tall);
      if (!faded(id)) ctx.fillRect(x - w / 2, y - height / 2, Math.min(w, wideness), height);
      if (id === chosen || id === hover) {
        ctx.strokeStyle = colours.accent;
        ctx.lineWidth = (id === chosen ? 2 : 1) / s;
        ctx.strokeRect(x - w / 2 + 1 / s, y - h / 2 + 1 / s, w - 2 / s, h - 2 / s);
      }
      outline(ctx, id, x - w / 2 + r + 5, y, r, s);
    },
  };
}

/* Edges are drawn in small bundles, those of a line style together: one path of all of them takes twice the time, and so
   does a line that is not thinner than a pixel. A lane's own relations bend through the gap beside it. */
const dashes = [[], [7, 4], [1.5, 4]], BUNDLE = 32, THIN = .95;
function curve(path, k, tip) {
  const s = E.source[k], t = E.target[k], w = wide() / 2;
  if (loose) {
    path.moveTo(X(s), N.y[s]);
    path.lineTo(X(t), N.y[t]);
    return;
  }
  const [a, b] = X(s) <= X(t) ? [s, t] : [t, s], x1 = X(a) + w, y1 = N.y[a], y2 = N.y[b], same = X(a) === X(b);
  const x2 = same ? x1 : X(b) - w, d = same ? Math.min(gap * stretch * .2, 12 + Math.abs(y2 - y1) * .1) : (x2 - x1) / 2;
  path.moveTo(x1, y1);
  path.bezierCurveTo(x1 + d, y1, same ? x2 + d : x2 - d, y2, x2, y2);
  if (!tip) return;
  const x = t === b ? x2 : x1, way = t === b && !same ? -tip : tip, y = N.y[t];
  path.moveTo(x + way, y - tip * .6);
  path.lineTo(x, y);
  path.lineTo(x + way, y + tip * .6);
}
function bundles(edges, tip) {
  const found = dashes.map(() => []), counts = dashes.map(() => 0);
  edges.forEach(k => {
    const m = E.modality[k];
    if (counts[m]++ % BUNDLE === 0) found[m].push(new Path2D());
    curve(found[m].at(-1), k, tip);
  });
  return found;
}
/* The faint lines of a net are drawn once and then moved as a picture, to whole pixels, as long as that is no larger than this. */
const sheet = { key: "" }, LARGEST = 8e6, PAD = 4;
function laid(ctx, s, paint) {
  const k = s * canvas.width / box.clientWidth, w = Math.ceil((right - left) * stretch * k) + 2 * PAD, h = Math.ceil((bottom - top) * k) + 2 * PAD;
  if (!loose || w * h > LARGEST) return paint(ctx);
  const key = [k, stretch, chosen, only, colours.line, ...off].join(), c = net.getViewPosition();
  if (key !== sheet.key) {
    sheet.canvas ??= document.createElement("canvas");
    Object.assign(sheet.canvas, { width: w, height: h });
    const to = sheet.canvas.getContext("2d");
    to.setTransform(k, 0, 0, k, PAD - left * stretch * k, PAD - top * k);
    paint(to);
    sheet.key = key;
  }
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.drawImage(sheet.canvas, Math.round((left * stretch - c.x) * k + canvas.width / 2) - PAD, Math.round((top - c.y) * k + canvas.height / 2) - PAD);
  ctx.restore();
}
function edges(ctx) {
  const s = net.getScale();
  const stroke = (styles, colour, width, alpha, ctx) => styles.forEach((bundle, m) => {
    ctx.strokeStyle = colour; ctx.lineWidth = width / s; ctx.globalAlpha = alpha;
    ctx.setLineDash(dashes[m].map(d => d / s));
    bundle.forEach(path => ctx.stroke(path));
  });
  ctx.save();
  laid(ctx, s, to => stroke(drawn.rest, colours.line, THIN, chosen < 0 ? .5 : .16, to));
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  ctx.fillStyle = colours.paper;  // what passes a lane goes behind it
  if (columns && !close) lanes.forEach(({ x }) => ctx.fillRect(x * stretch - wide() / 2, 3 * top, wide(), 6 * bottom));
  stroke(drawn.lit, colours.accent, 1.6, 1, ctx);
  if (loose) tips(ctx, s);
  ctx.globalAlpha = .84;  // what passes the names of a full lane of a neighbourhood is only hinted at
  if (columns && close) lanes.filter(({ x }) => rows.get(x)?.length > 4).forEach(({ x }) => ctx.fillRect(x * stretch - wide() / 2 + 1 / s, 3 * top, wide() - 2 / s, 6 * bottom));
  ctx.restore();
}

/* Lines of a net end in the middle of a point; the tips of those lit stand at its rim. */
function tips(ctx, s) {
  ctx.fillStyle = colours.accent;
  for (const { k } of links[chosen] || []) {
    const a = E.source[k], b = E.target[k];
    if (!visible(a) || !visible(b)) continue;
    const dx = X(b) - X(a), dy = N.y[b] - N.y[a], d = Math.hypot(dx, dy) || 1, u = dx / d, v = dy / d, r = (dot(b, s) + 2) / s, t = 11 / s;
    const x = X(b) - u * r, y = N.y[b] - v * r;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - u * t - v * t * .45, y - v * t + u * t * .45);
    ctx.lineTo(x - u * t + v * t * .45, y - v * t - u * t * .45);
    ctx.fill();
  }
}

/* Labels keep their size on the screen; where two would touch, the better connected one stays. */
const lengths = new Map(), reach = new Map(), name = i => marks[changed(i)] + (N.short[i] ?? N.label[i]);
function length(ctx, text, size) {
  const key = ctx.font[0] + text;  // bold is longer
  if (!lengths.has(key)) lengths.set(key, ctx.measureText(text).width / size);
  return lengths.get(key) * size;
}
/* A word that is too long is parted before the last consonant that a vowel follows, what is spoken as one kept together. */
function parted(text, fits) {
  const most = Math.max(1, Math.min(fits, text.length - 3)), hyphen = text.lastIndexOf("-", most - 1) + 1;
  const places = [...text.slice(0, most + 4).matchAll(/(?<=[a-zäöüß])(?:sch|ch|ck|ph|qu|st|sp|th|[bdfgkpt][lr]|[b-df-hj-np-tv-xzß])(?=[aeiouyäöü])/gi)];
  return Math.max(hyphen, ...places.map(place => place.index).filter(at => at > 2 && at <= most)) || most;
}
function lines(ctx, text, room, size, most) {
  const out = [];
  while (text && out.length < most) {
    const full = length(ctx, text, size);
    if (full <= room) { out.push(text); break; }
    let fits = Math.max(1, Math.floor(text.length * room / full));
    while (fits > 1 && length(ctx, text.slice(0, fits), size) > room - size * .8) fits--;
    const space = text.lastIndexOf(" ", fits);
    if (out.length === most - 1) { out.push(text.slice(0, fits).trimEnd() + "…"); break; }
    const whole = space > fits * .2, cut = whole ? space : parted(text, fits);
    out.push(text.slice(0, cut).trimEnd() + (whole || text[cut - 1] === "-" ? "" : "-"));
    text = text.slice(cut).trimStart();
  }
  return out;
}
const font = size => `${size}px ${colours.font}`;
const order = all.slice().sort((a, b) => links[b].length - links[a].length || a - b);
/* The names of a net stand beside, below or above their points, touch no other name and cover no point (in a crowd a
   hundred names stand, longer ones, and cover few points): first each as short as there must be room for, the better connected before the others,
   then as long as there is room left. Where they stand changes with the scale and what is chosen, not while the picture is
   moved. */
let spread = { key: "", found: [] };
const CELL = 64, CROWD = 100, apart = 4;
function crowd() {
  const cells = new Map(), cell = x => Math.floor(x / CELL);
  const each = (l, f) => {
    for (let a = cell(l.x - apart); a <= cell(l.x + l.width + apart); a++) for (let b = cell(l.y); b <= cell(l.y + l.height); b++) f(a * 65536 + b);
  };
  return {
    add: l => each(l, at => { const held = cells.get(at); if (held) held.push(l); else cells.set(at, [l]); }),
    remove: l => each(l, at => { const held = cells.get(at); held.splice(held.indexOf(l), 1); }),
    touched(l) {
      const found = new Set();
      each(l, at => (cells.get(at) || []).forEach(o => {
        if (o.i !== l.i && l.x < o.x + o.width + apart && o.x < l.x + l.width + apart && l.y < o.y + o.height && o.y < l.y + l.height) found.add(o);
      }));
      return found;
    },
  };
}
function names(ctx, s) {
  const key = [s, stretch, box.clientWidth, chosen, only, colours.font, ...off].join();
  if (key === spread.key) return spread.found;
  const shown = new Set(first().filter(visible)), wall = { x: left * stretch * s - 2, y: top * s - 2, right: right * stretch * s + 2, bottom: bottom * s + 2 };
  const each = (wall.right - wall.x) * (wall.bottom - wall.y) / Math.max(shown.size, 1);  // what of the picture there is for one name
  const size = large ? 18 : Math.min(Math.max(11 + (Math.sqrt(each) - 52) / 13, 11), 13.5), line = size * 1.17, crowds = each < 1500, few = size * (crowds ? 9 : 4.5), covers = crowds ? Math.ceil(2400 / each) : 0;
  ctx.font = font(size);
  const places = (i, room, most) => {
    const text = lines(ctx, name(i), room, size, most), width = Math.max(0, ...text.map(part => length(ctx, part, size))), height = text.length * line;
    const r = dot(i, s), x = X(i) * s, y = N.y[i] * s, cut = /…$/.test(text.at(-1)), level = [-height / 2, -line / 2, line / 2 - height], end = [-width / 2, -r, r - width];
    return [
      ...level.map(b => [r + 4, b]), ...level.map(b => [-r - 4 - width, b]), ...end.map(a => [a, r + 1]), ...end.map(a => [a, -r - 1 - height]),
    ].map(([a, b]) => ({ i, text, width, height, size, cut, x: x + a, y: y + b })).filter(l => i === chosen || l.x >= wall.x && l.y >= wall.y && l.x + width <= wall.right && l.y + height <= wall.bottom);
  };
  const picked = i => chosen >= 0 && drawn.near.size < 40 && drawn.near.has(i);  // what is chosen is named in full
  let best;
  for (let least = Math.min(Math.max(each * .5 / (2 * line + 4) - 14, few), size * 12); ; least = Math.max(least * .75, few)) {
    const crowded = crowd(), found = new Map(), late = [], short = i => [...(picked(i) ? [...places(i, size * 14, 2), ...places(i, size * 14, 3)] : []), ...places(i, least, 2), ...places(i, least * 1.4, 1)];
    const put = l => { if (found.has(l.i)) crowded.remove(found.get(l.i)); found.set(l.i, l); crowded.add(l); }, free = l => {
      const met = crowded.touched(l);
      return (met.size <= covers || picked(l.i) && [...met].every(o => faded(o.i))) && ![...met].some(o => o.text);
    };
    for (const i of shown) {
      const r = dot(i, s) + 1;
      crowded.add({ i, x: X(i) * s - r, y: N.y[i] * s - r, width: 2 * r, height: 2 * r });
    }
    for (const i of shown) {
      if (crowds && found.size >= CROWD) break;
      const all = short(i), l = all.find(free) || i === chosen && all[0];
      if (l) put(l); else late.push(all);
    }
    for (const all of [...late, ...late]) for (const l of found.has(all[0]?.i) ? [] : all) {  // one name in the way may stand elsewhere
      const [o, ...more] = crowded.touched(l);
      if (more.length || !o?.text || o.i === chosen) continue;
      crowded.remove(o);
      crowded.add(l);
      const other = short(o.i).find(free);
      crowded.remove(l);
      crowded.add(o);
      if (!other) continue;
      put(other);
      put(l);
      break;
    }
    if (!best || found.size > best.found.size) best = { crowded, found, put, free, least };
    if (found.size === shown.size || least === few) break;
  }
  const { found, put, free, least } = best;
  for (const i of shown) if (found.get(i)?.cut || found.get(i)?.text.some(part => /-$/.test(part)))
    for (const [room, most] of [[size * 14, 2], [size * 14, 3], [size * 10, 3], [least * 1.4, 3], [least, 3]]) {
      const l = room >= least && places(i, room, most).find(free);
      if (l) { put(l); break; }
    }
  spread = { key, found: [...found.values()] };
  return spread.found;
}
function aside(ctx, l, x, y) {
  const line = l.size * 1.17;
  if (chosen >= 0 && !faded(l.i)) {
    ctx.globalAlpha = .88; ctx.fillStyle = colours.paper;
    ctx.fillRect(x - 2, y - 1, l.width + 4, l.height + 2);
    ctx.fillStyle = colours.ink;
  }
  ctx.globalAlpha = faded(l.i) ? .64 : 1;
  ctx.strokeStyle = colours.paper; ctx.lineWidth = 3; ctx.lineJoin = "round";
  l.text.forEach((part, k) => { ctx.strokeText(part, x, y + (k + .5) * line); ctx.fillText(part, x, y + (k + .5) * line); });
}
/* A group's name gives way to its counts. */
function counted(ctx, text, room, size, most) {
  const at = text.lastIndexOf(": "), counts = lines(ctx, text.slice(at + 2), room, size, Math.max(most - 1, 1));
  return most < 2 ? lines(ctx, text, room, size, 1) : [...lines(ctx, text.slice(0, at), room, size, most - counts.length), ...counts];
}
const first = () => chosen < 0 ? order : [chosen, ...order.filter(i => drawn.near.has(i)), ...order];
function labels(ctx) {
  const s = net.getScale(), c = net.getViewPosition(), W = box.clientWidth, H = box.clientHeight, ratio = canvas.width / W;
  const toX = x => (x - c.x) * s + W / 2, toY = y => (y - c.y) * s + H / 2;
  const w = wide() * s, inset = 2 * radius(s) * s + 5 * s + 7;
  const placed = box.labels = [], taken = new Map();
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textBaseline = "middle"; ctx.textAlign = "left"; ctx.fillStyle = colours.ink;
  if (loose) for (const l of names(ctx, s)) {
    const x = l.x - c.x * s + W / 2, y = l.y - c.y * s + H / 2;
    if (x < 0 || x + l.width > W || y < 0 || y + l.height > H) continue;
    ctx.font = font(l.size);
    aside(ctx, l, x, y);
    placed.push({ id: N.id[l.i], x, y, width: l.width, height: l.height, size: l.size, cut: l.cut });
  }
  const seen = new Set();
  for (const i of loose ? [] : first()) {
    const room = w - inset - 2, size = sizes(i, s), line = size * 1.17;
    const x = toX(X(i)) - w / 2 + inset, y = toY(N.y[i]);
    if (seen.has(i) || !visible(i) || room < 40 || y < -line || y > H + line || x > W || x + room < 0) continue;
    seen.add(i);
    ctx.font = font(size);
    const most = Math.min(Math.max(Math.floor((step(i) * s - 2) / line), 1), large || close || doc.aggregate ? 4 : 3);
    const text = doc.aggregate ? counted(ctx, name(i), room, size, most) : lines(ctx, name(i), room, size, most), half = text.length * line / 2;
    const lane = taken.get(N.x[i]) || taken.set(N.x[i], []).get(N.x[i]);
    if (lane.some(o => Math.abs(o.y - y) < o.half + half - 2)) continue;
    lane.push({ y, half });
    placed.push({ id: N.id[i], x, y: y - half + 1, width: room, height: 2 * half - 2, size });
    reach.set(i, [inset + 6 + Math.max(...text.map(part => length(ctx, part, size))), half * 2 + 4]);
    ctx.globalAlpha = faded(i) ? .64 : 1;
    text.forEach((part, k) => ctx.fillText(part, x, y - half + (k + .5) * line));
  }
  ctx.globalAlpha = 1;
  if (columns) headings(ctx, toX, toY, w, W);
  if (hover >= 0 && visible(hover)) chip(ctx, toX(X(hover)) - w / 2, toY(N.y[hover]) + step(hover) * s / 2 + 2, W, H);
  ctx.restore();
}
/* Headings take two lines where one of them needs it. */
const LETTER = large ? 19 : 13.5;
function heads(ctx, w) {
  ctx.font = "600 " + font(LETTER);
  return lanes.map(({ lane, x }) => {
    const here = types.map((t, k) => ({ ...t, k })).filter(t => t.lane === lane && t.shown && !off.has(t.k));
    return { x, text: lines(ctx, here.map(t => `${say("kind" + t.k)} ${t.shown}`).join(" · "), w, LETTER, 2) };
  });
}
function headings(ctx, toX, toY, w, W) {
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, W, HEAD - 8);
  heads(ctx, w).forEach(({ x, text }) => {
    const l = toX(x * stretch) - w / 2, bottom = HEAD - 16 - LETTER / 2;
    ctx.fillStyle = colours.ink;
    text.forEach((part, k) => ctx.fillText(part, l, bottom - (text.length - 1 - k) * LETTER * 1.2));
    ctx.fillStyle = colours.accent;
    if (text.length) ctx.fillRect(l, HEAD - 12, w, 2);
  });
}
function chip(ctx, x, y, W, H) {
  ctx.font = font(14);
  const parts = lines(ctx, N.label[hover], 380, 14, 4), w = Math.max(...parts.map(p => length(ctx, p, 14))) + 24, h = parts.length * 19 + 14;
  const l = Math.min(Math.max(x, 4), W - w - 4), t = y + h > H ? y - h - 40 : y;
  ctx.fillStyle = colours.ink; ctx.fillRect(l, t, w, h);
  ctx.fillStyle = colours.paper;
  parts.forEach((part, k) => ctx.fillText(part, l + 12, t + 7 + 19 * (k + .5)));
}

/* ---- view ---- */
function fit() {
  if (still) return;
  if (loose) {
    const s = Math.min((box.clientHeight - 12) / (bottom - top), 2.4);
    stretch = Math.min(Math.max((box.clientWidth - 24) / (right - left) / s, .3), 2);
    rebuild();
    set.update(all.map(i => ({ id: i, x: X(i), y: N.y[i] })));
    net.moveTo({ position: { x: (left + right) / 2 * stretch, y: (top + bottom) / 2 }, scale: s, animation: false });
    return;
  }
  const w = box.clientWidth, high = bottom - top;
  const width = columns ? lanes.length * gap : large ? Math.max(...N.x) - Math.min(...N.x) + gap : right - left;
  const scale = () => Math.min(Math.max((box.clientHeight - HEAD) / high, 11.6 / pitch), large ? 2 : 1);
  const widen = () => Math.min(Math.max((w - 16) / (width * s), (screen ? 100 : close ? 136 : 170) / (gap * s)), large ? 5 : 2.6);
  let s = scale();
  stretch = widen();
  if (columns) {
    const spoken = lang, two = ["de", "en"].some(to => { lang = to; return heads(canvas.getContext("2d"), wide() * s).some(head => head.text.length > 1); });
    lang = spoken;
    HEAD = LETTER * (two ? 2.4 : 1.2) + (large ? 29 : 24);
    s = scale();
    stretch = widen();
  }
  const h = box.clientHeight - HEAD;
  rebuild();
  set.update(all.map(i => ({ id: i, x: X(i), y: N.y[i] })));
  const x = width * stretch * s > w ? (-width * stretch / 2) + w / 2 / s : 0;
  const y = high * s > h ? top + (h - HEAD) / 2 / s : -HEAD / 2 / s;
  net.moveTo({ position: { x, y }, scale: s, animation: false });
}
const zoom = by => net.moveTo({ scale: Math.min(Math.max(net.getScale() * by, .05), 6), animation: false });
function reveal(i) {
  if (still) return box.querySelector(`[data-node="${i}"]`)?.scrollIntoView({ block: "nearest" });
  const p = net.canvasToDOM({ x: X(i), y: N.y[i] }), w = wide() * net.getScale() / 2, W = box.clientWidth, H = box.clientHeight;
  const dx = p.x - w < 8 ? p.x - w - 8 : p.x + w > W - 8 ? p.x + w - W + 8 : 0, dy = p.y < HEAD + 16 ? p.y - HEAD - 60 : p.y > H - 24 ? p.y - H + 60 : 0;
  if (!dx && !dy) return;
  const c = net.getViewPosition(), s = net.getScale();
  net.moveTo({ position: { x: c.x + dx / s, y: c.y + dy / s }, animation: false });
}
function rebuild() {
  drawn.near = chosen < 0 ? new Set() : near(chosen);
  const shown = E.source.map((_, k) => k).filter(k => visible(E.source[k]) && visible(E.target[k]));
  const mine = k => chosen >= 0 && (E.source[k] === chosen || E.target[k] === chosen);
  drawn.rest = bundles(shown.filter(k => !mine(k)));
  drawn.lit = bundles(shown.filter(mine), 11);
}
function refresh() {
  rebuild();
  set.update(all.map(i => ({ id: i, hidden: !visible(i) })));
  at("legend")?.querySelectorAll("input").forEach(input => { input.checked = !off.has(+input.value); });
  panel();
  if (at("table").open) table();
  net.redraw();
}
function choose(i, focus, step = true) {
  if (i >= 0 && off.delete(N.type[i]) | (only && !drawn.near.has(i))) only = false;
  if (i < 0) only = false;
  chosen = i;
  refresh();
  keep(step);
  if (i < 0) return;
  reveal(i);
  at("live").textContent = say("chosen", kind(i), N.label[i], links[i].length);
  if (focus) at("panel")?.focus();
}

/* ---- panel and table ---- */
function el(tag, text, facts) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  return Object.assign(made, facts);
}
const german = (tag, text, facts) => el(tag, text, { lang: "de", dir: "auto", ...facts });
const said = l => l.modality ? ` (${doc.modalities[l.modality][lang]})` : "";
function grouped(i) {
  const groups = new Map();
  links[i].forEach(l => {
    const heading = l.relation[l.way][lang];
    groups.set(heading, [...(groups.get(heading) || []), l]);
  });
  return [...groups].sort(([a], [b]) => a.localeCompare(b, lang));
}
function panel() {
  const pane = at("panel"), i = chosen;
  if (!pane) return;
  pane.classList.toggle("pw-empty", i < 0);
  if (i < 0) return pane.replaceChildren(el("h2", say("nothing")), el("p", say("nothing_hint")), el("p", say("keys"), { className: "pw-keys" }));
  const facts = el("dl");
  N.facts[i].forEach(([p, de, en]) => {
    const pair = [el("dt", doc.properties[p][lang]), de === en ? german("dd", de) : el("dd", lang === "de" ? de : en)];
    pair.forEach(part => { part.className = de.length > 50 ? "pw-long" : ""; });
    facts.append(...pair);
  });
  if (doc.sources[N.origin[i]]) facts.append(el("dt", say("source")), german("dd", doc.sources[N.origin[i]]));
  const tools = el("p", undefined, { className: "pw-tools" });
  tools.append(el("button", say(only ? "all" : "only"), { type: "button", onclick: () => { only = !only; refresh(); keep(); at("panel").querySelector("button").focus(); } }));
  for (const [key, link] of [["around", root.dataset.focusLink], ["page", root.dataset.pageLink]])
    if (link) tools.append(el("a", say(key), { href: link.replace("{id}", encodeURIComponent(N.id[i])) }));
  pane.replaceChildren(el("p", kind(i), { className: "pw-kind" }), german("h2", N.label[i]), tools, facts);
  grouped(i).forEach(([heading, group]) => {
    const list = el("ul");
    group.sort((a, b) => a.other - b.other).forEach(l => {
      const item = el("li"), source = doc.sources[l.origin];
      item.append(german("button", name(l.other), { type: "button", onclick: () => choose(l.other, true) }), said(l));
      if (source && l.origin !== N.origin[i]) item.append(german("small", source));
      list.append(item);
    });
    pane.append(el("h3", `${heading} (${group.length})`), list);
  });
  if (N.hidden[i]) pane.append(el("p", say("hidden", N.hidden[i]), { className: "pw-keys" }));
  pane.append(el("button", say("back"), { type: "button", onclick: () => { choose(-1); box.focus(); } }));
  pane.scrollTop = 0;
}
let sorted = [-1, 1];
function table() {
  root.querySelector(".pw-once")?.remove();
  const rowsNow = all.filter(visible), [column, way] = sorted;
  const value = [i => kind(i), i => N.label[i], i => links[i].length][column];
  if (value) rowsNow.sort((a, b) => { const x = value(a), y = value(b); return way * (typeof x === "number" ? x - y : x.localeCompare(y, lang)) || a - b; });
  at("rows").replaceChildren(...rowsNow.map(i => {
    const row = el("tr"), head = el("th", undefined, { scope: "row" }), cell = el("td"), list = el("ul");
    head.append(german("button", N.label[i], { type: "button", onclick: () => { choose(i, true); root.scrollIntoView(); } }));
    links[i].forEach(l => { const li = el("li", l.relation[l.way][lang] + " "); li.append(german("span", N.label[l.other]), said(l)); list.append(li); });
    if (links[i].length) cell.append(list);
    row.append(el("td", kind(i)), head, el("td", links[i].length), cell);
    return row;
  }));
  root.querySelectorAll("th[data-column]").forEach(th => th.setAttribute("aria-sort", +th.dataset.column === column ? way > 0 ? "ascending" : "descending" : "none"));
}
at("table").addEventListener("toggle", () => at("table").open && table());
/* On paper the picture is as high as it needs to be, whatever of it the window shows, and the table is open. */
if (!stateless) addEventListener("beforeprint", () => {
  at("table").open = true;
  table();
  if (!columns && !doc.aggregate || screen) return;
  screen = { stretch, position: net.getViewPosition(), scale: net.getScale(), height: box.clientHeight };
  onPaper();
});
function onPaper() {
  const height = Math.max(screen.height, Math.ceil((bottom - top) * 11.6 / pitch + HEAD + 32)) + "px";
  box.style.setProperty("height", height, "important");
  box.classList.add("pw-paper");
  net.setSize("100%", height);
  net.redraw();
  fit();
  net.redraw();
}
addEventListener("afterprint", () => {
  if (!screen) return;
  box.style.removeProperty("height");
  box.classList.remove("pw-paper");
  net.setSize("100%", "100%");
  stretch = screen.stretch;
  set.update(all.map(i => ({ id: i, x: X(i), y: N.y[i] })));
  rebuild();
  net.moveTo({ position: screen.position, scale: screen.scale, animation: false });
  screen = null;
});
root.querySelectorAll("th[data-column] button").forEach(button => button.addEventListener("click", () => {
  const column = +button.parentNode.dataset.column;
  sorted = [column, sorted[0] === column ? -sorted[1] : 1];
  table();
}));

/* ---- search ---- */
const fold = text => [text.toLowerCase().replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").replace(/ß/g, "ss"),
  text.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/[\u0300-\u036f]/g, "")];
const field = at("search"), hits = at("hits"), folded = all.map(i => fold(`${name(i)} ${N.label[i]} ${N.id[i]}`));
let active = -1;
function find() {
  const words = field.value.trim().split(/\s+/).filter(Boolean).map(fold), starts = i => words.length && folded[i].some(f => words[0].some(w => f.startsWith(w)));
  const found = words.length ? order.filter(i => words.every(w => w.some(v => folded[i].some(f => f.includes(v))))) : [];
  found.sort((a, b) => starts(b) - starts(a));
  active = -1;
  hits.replaceChildren(...found.slice(0, 9).map((i, k) => {
    const hit = german("li", N.label[i], { role: "option", id: hits.id.slice(0, -1) + k, onmousedown: event => { event.preventDefault(); take(i); } });
    hit.node = i;
    hit.append(el("small", kind(i), { lang }));
    return hit;
  }));
  open(found.length > 0);
  at("live").textContent = words.length ? say("found", found.length) : "";
}
function open(yes) {
  hits.hidden = !yes;
  field.setAttribute("aria-expanded", yes);
  field.removeAttribute("aria-activedescendant");
}
function take(i) {
  field.value = "";
  find();
  box.focus();
  choose(i);
}
field?.addEventListener("input", find);
field?.addEventListener("blur", () => open(false));
field?.addEventListener("keydown", event => {
  const list = [...hits.children];
  if (event.key === "Escape") { field.value = ""; find(); box.focus(); }
  if (event.key === "Enter" && list.length) { event.preventDefault(); take(list[Math.max(active, 0)].node); }
  if (!list.length || !/^Arrow(Up|Down)$/.test(event.key)) return;
  event.preventDefault();
  active = (active + (event.key === "ArrowDown" ? 1 : list.length + (active < 0 ? 0 : -1))) % list.length;
  list.forEach((hit, k) => hit.setAttribute("aria-selected", k === active));
  field.setAttribute("aria-activedescendant", list[active].id);
});

/* ---- hands ---- */
function beside(i, way) {
  const ahead = (set) => set.filter(j => visible(j) && Math.sign(N.x[j] - N.x[i]) === way);
  const linked = ahead([...near(i)]), from = linked.length ? linked : ahead(all);
  return from.sort((a, b) => Math.abs(N.x[a] - N.x[i]) - Math.abs(N.x[b] - N.x[i]) || Math.abs(N.y[a] - N.y[i]) - Math.abs(N.y[b] - N.y[i]) || a - b)[0];
}
function along(i, way) {
  const row = rows.get(N.x[i]).filter(visible), k = row.indexOf(i);
  return { ArrowUp: row[k - 1], ArrowDown: row[k + 1], Home: row[0], End: row[row.length - 1] }[way];
}
/* In a net arrows go to the nearest in their direction, linked ones first; Home and End to the leftmost and rightmost. */
function towards(i, key) {
  const some = all.filter(j => j !== i && visible(j)), ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (!ways[key]) return some.sort((a, b) => (key === "Home" ? 1 : -1) * (N.x[a] - N.x[b]) || a - b)[0];
  const [u, v] = ways[key], far = j => {
    const dx = X(j) - X(i), dy = N.y[j] - N.y[i], ahead = dx * u + dy * v, aside = Math.abs(dx * v) + Math.abs(dy * u);
    return ahead > 0 && aside <= ahead ? ahead + aside : Infinity;
  };
  const nearest = set => set.filter(j => far(j) < Infinity).sort((a, b) => far(a) - far(b) || a - b)[0];
  return nearest(some.filter(j => near(i).has(j))) ?? nearest(some);
}
const moves = /^(Arrow|Home|End)/;
box.addEventListener("click", event => {
  const row = still && event.target.closest("button") && event.target.closest("[data-node]");
  if (row) choose(+row.dataset.node);
});
box.addEventListener("keydown", event => {
  const { key } = event;
  if (still && event.target !== box || still && moves.test(key)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (moves.test(key) || key === "Enter" && chosen < 0) {
    const to = chosen < 0 ? all.find(visible) : loose ? towards(chosen, key) : key === "ArrowLeft" ? beside(chosen, -1) : key === "ArrowRight" ? beside(chosen, 1) : along(chosen, key);
    if (to !== undefined) choose(to, false, false);
  } else if (key === "Enter") at("panel")?.focus();
  else if (key === "Escape") choose(-1);
  else if (key === "/") field?.focus();
  else if (key === "+" || key === "=") zoom(1.25);
  else if (key === "-") zoom(.8);
  else if (key === "0") fit();
  else return;
  event.preventDefault();
});
at("panel")?.addEventListener("keydown", event => { if (event.key === "Escape") box.focus(); });
net.on("click", event => choose(event.nodes.length ? event.nodes[0] : -1));
net.on("hoverNode", event => { hover = event.node; box.classList.add("pw-over"); net.redraw(); });
net.on("blurNode", () => { hover = -1; box.classList.remove("pw-over"); net.redraw(); });
net.on("beforeDrawing", edges);
net.on("afterDrawing", labels);
at("zoom")?.addEventListener("click", event => ({ in: () => zoom(1.25), out: () => zoom(.8), fit })[event.target.value]?.());
at("legend")?.addEventListener("change", event => {
  const t = +event.target.value;
  if (event.target.checked) off.delete(t); else off.add(t);
  if (chosen >= 0 && off.has(N.type[chosen])) chosen = -1;
  refresh();
  keep();
  at("live").textContent = say("count", all.filter(visible).length);
});
function speak(to) {
  lang = to === "en" ? "en" : "de";
  if (!inQuery && !stateless) document.documentElement.lang = lang;
  (stateless ? root : document).querySelectorAll("[data-t]").forEach(e => { e.textContent = say(e.dataset.t); });
  root.querySelectorAll("[data-de]").forEach(e => { e.textContent = e.dataset[lang]; });
  root.querySelectorAll("[data-label]").forEach(e => e.setAttribute("aria-label", say(e.dataset.label)));
  if (!stateless) tongues.forEach(e => e.setAttribute("aria-pressed", e.dataset.langTo === lang));
}
const tongues = document.querySelectorAll("[data-lang-to]");
tongues.forEach(e => e.addEventListener("click", () => { speak(e.dataset.langTo); refresh(); keep(); }));
for (const media of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"])
  matchMedia(media).addEventListener("change", () => { palette(); if (screen) onPaper(); else net.redraw(); });
let size = "";
new ResizeObserver(() => {
  const now = box.clientWidth + "x" + box.clientHeight;
  if (matchMedia("print").matches || !box.clientWidth) return;  // on paper, or a step that is not shown
  if (size && now !== size) net.setSize("100%", "100%");
  if (size && parseInt(now) !== parseInt(size)) fit();  // a bar that slides in on a phone moves nothing
  size = now;
}).observe(box);
root.addEventListener("pw-speak", () => { speak(document.documentElement.lang); refresh(); });
if (!stateless) for (const event of ["popstate", "hashchange"]) addEventListener(event, restore);
root.dataset.lens = doc.lens;
palette();
fit();
restore();
const ready = () => { root.dataset.ready = "yes"; };
if (document.fonts.status === "loaded") ready();
else document.fonts.ready.then(() => { lengths.clear(); reach.clear(); spread.key = ""; fit(); if (chosen >= 0) reveal(chosen); net.redraw(); ready(); });
}
/* A section that is not in sight yet starts when it is first shown: it has no size before. */
for (const root of document.querySelectorAll(".pw-graph"))
  if (root.dataset.lazy) root.addEventListener("pw-show", () => start(root), { once: true });
  else start(root);
})();
