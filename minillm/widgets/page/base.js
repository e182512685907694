// What AttentionExplorer answers, drawn. No imports, no network.

const { entries } = Object;
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (name === "class") { if (value) node.className = value.split(" ").map((word) => `minillm-${word}`).join(" "); } // no other's style
    else if (name.startsWith("on")) node[name] = value;
    else if (value != null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
};
const upTo = (n, make = (i) => i) => Array.from({ length: n }, (_, i) => make(i));
const tr = (...cells) => make("tr", {}, ...cells);
const td = (text) => make("td", { text });
const th = (text, scope = "row") => make("th", { scope }, text);
const heading = (...texts) => tr(...texts.map((text) => th(text, "col")));
const scroll = (name, table) => make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, table);
const titled = (...parts) => make("h4", {}, ...parts);
const soft = (text = "", role = null) => make("p", { class: "soft", role, text });
const strong = (text) => make("b", { text });
const marked = (text) => make("b", { class: "chosen", text });
const span = (kind, text = "") => make("span", { class: kind, text });
const div = (kind, ...children) => make("div", { class: kind }, ...children);
const button = (text, onclick, attributes = {}) => make("button", { type: "button", text, onclick, ...attributes });
let made = 0;
const mine = Math.random().toString(36).slice(2); // each widget is a module of its own
const fresh = (name) => `minillm-${name}-${mine}-${++made}`;

const octets = (buffer) => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
const floats = (buffer) => new Float32Array(octets(buffer).slice().buffer); // sliced, to be aligned

const share = (p) => (p > 0 && p < 0.001 ? "< 0.001" : p.toFixed(3));
const percent = (p) => (p > 0 && p < 0.005 ? "< 1 %" : `${Math.round(100 * p)} %`);
const HIDDEN = { "aria-hidden": "true" };
const signed = (x, digits = 2) => `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(digits)}`;
const count = (n) => n.toLocaleString("en");
const within = (value, size) => Math.max(0, Math.min(size - 1, value));
const END = "<|im_end|>";
const plain = (token) => (token === END ? "(end)" : token.replaceAll("␣", " ").trim() || token); // as it is read in a sentence
const headName = ([layer, head]) => `${layer}.${head}`;

// LIGHT comes from Python (plots.RAMP). Its lightness goes one way, so it reads without colour.
const RAMPS = { light: LIGHT, dark: [[30, 36, 46], [70, 130, 190], [232, 246, 255]] };
const mix = (ramp, x) => {
  const i = Math.min(1, Math.floor(2 * x)), f = 2 * x - i;
  return ramp[i].map((value, channel) => Math.round(value + (ramp[i + 1][channel] - value) * f));
};
// Looked up: a map of 256 tokens has 65,536 cells.
const PALETTES = Object.fromEntries(entries(RAMPS).map(([name, ramp]) => [name, upTo(256, (i) => mix(ramp, i / 255))]));
const shade = (theme, x) => PALETTES[theme][within(Math.round(x * 255), 256)];
const css = (rgb) => `rgb(${rgb.join(",")})`;
// Teal is for and brown against, on the ground of the theme.
const ENDS = { light: [[140, 81, 10], [255, 255, 255], [1, 102, 94]], dark: [[222, 168, 98], [30, 36, 46], [110, 214, 196]] };
const lean = (theme, x) => mix(ENDS[theme], (within(Math.round(x * 1000) + 1000, 2001)) / 2000); // x from −1 to 1
// White reads better on it than black does.
const dim = (rgb) => rgb.reduce((sum, value, i) => sum + [0.213, 0.715, 0.072][i] * (value / 255) ** 2.2, 0) < 0.18;
const inkOn = (rgb) => (dim(rgb) ? "#fff" : "#000");
const isDark = (el) => dim((getComputedStyle(el).backgroundColor.match(/[\d.]+/g) || [255, 255, 255]).slice(0, 3).map(Number));

// What a key means: rows and columns to move.
const FAR = 100000, MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -FAR], End: [0, FAR], PageUp: [-10, 0], PageDown: [10, 0] };
// These call act(rows, columns), other keys what `others` names; Space scrolls no page.
const onMove = (node, ready, act, others = {}) => node.addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey } = event, move = MOVES[key];
  if (ctrlKey || metaKey || !ready() || !(move || others[key] || key === " ")) return;
  event.preventDefault();
  if (move) act(...move); else others[key]?.();
});

const sized = (node, width) => { node.style.width = `${width.toFixed(1)}%`; return node; };
