// Draws what AttentionExplorer (explorer.py) answers. No imports, no network, nothing outside `el`.

// Both ramps change their lightness in one direction only, so they read without colour, too.
const RAMPS = {
  light: [[243, 247, 253], [107, 160, 208], [8, 40, 95]],
  dark: [[30, 36, 46], [70, 130, 190], [232, 246, 255]],
};
const STEPS = ["scores", "masked", "weights"];

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
};

const floats = (buffer) => {
  const bytes = buffer instanceof DataView ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer);
  return new Float32Array(bytes.slice().buffer); // sliced, because a view into a message need not be aligned
};
const octets = (buffer) => (buffer instanceof DataView ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer));

const colour = (ramp, share) => {
  const x = Math.max(0, Math.min(1, share)) * 2, i = Math.min(1, Math.floor(x)), f = x - i;
  return ramp[i].map((value, channel) => value + (ramp[i + 1][channel] - value) * f);
};

// 256 colours, looked up: a map of 256 tokens has 65,536 cells.
const palette = Object.fromEntries(Object.entries(RAMPS).map(([name, ramp]) => [name, Array.from({ length: 256 }, (_, i) => colour(ramp, i / 255).map(Math.round))]));
const shade = (name, share) => palette[name][Math.max(0, Math.min(255, Math.round(share * 255)))];

const share = (p) => (p > 0 && p < 0.001 ? "< 0.001" : p.toFixed(3));

const isDark = (el) => {
  const [r, g, b] = (getComputedStyle(el).backgroundColor.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
};

function render({ model, el }) {
  const root = make("div", { class: "minillm", "data-lm-suppress-shortcuts": "true", role: "group", "aria-label": "Attention explorer" });
  const text = make("textarea", { rows: 2, "aria-label": "Prompt", spellcheck: "false" });
  const note = make("div", { class: "minillm-note", role: "status" });
  const tokens = make("div", { class: "minillm-tokens", role: "listbox", tabindex: "0", "aria-label": "Tokens; left and right choose the position" });
  const heads = make("div", { class: "minillm-heads", role: "listbox", tabindex: "0", "aria-label": "Heads; arrows choose, o switches off and on" });
  const steps = make("fieldset", { "aria-label": "Step" });
  const large = make("canvas", { tabindex: "0", role: "img", "aria-label": "Attention map; arrows move" });
  const read = make("div", { class: "minillm-read", "aria-live": "polite" });
  const toggle = make("button", { type: "button" });
  const side = make("div", { class: "minillm-side" });
  const table = make("table");
  const summary = make("p");
  const knobs = make("fieldset", { "aria-label": "Sampling" });
  side.append(heads, toggle, summary, table, knobs);
  root.append(make("label", {}, "Prompt ", text), note, tokens, make("div", { class: "minillm-body" }, side, make("div", { class: "minillm-large" }, steps, large, read)));
  el.append(root);

  let view = null, numbers = null, guessed = null, cursor = null, step = "weights", dark = false;

  // Whatever changes, here or in Python, Python answers with what has to be drawn anew. (It is not asked in a message of
  // its own: that could overtake the change, and be answered for what was there before.)
  const set = (changes) => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
  };
  const place = () => { const p = model.get("position"); return p >= 0 && p < view.T ? p : view.T - 1; };
  const isOff = (layer, head) => (model.get("off") || []).some(([l, h]) => l === layer && h === head);

  const drawTokens = () => {
    const surprise = [null, ...view.losses], ramp = RAMPS[dark ? "dark" : "light"];
    tokens.replaceChildren(...view.tokens.map((token, t) => {
      const chip = make("span", { role: "option", "aria-selected": String(t === place()), text: token });
      chip.title = t ? `token ${t}: surprise ${surprise[t].toFixed(2)} nats` : "token 0";
      if (t && t !== place()) chip.style.borderBottomColor = `rgb(${colour(ramp, 0.15 + surprise[t] / 8).map(Math.round)})`;
      chip.onclick = () => set({ position: t });
      return chip;
    }));
  };

  let grid = []; // the small canvases are kept: new ones would cost more than new pixels do
  const makeGrid = ({ L, H }) => {
    heads.style.gridTemplateColumns = `auto repeat(${H}, max-content)`;
    grid = Array.from({ length: L * H }, (_, i) => {
      const small = make("canvas", { role: "option" });
      small.onclick = () => choose(Math.floor(i / H), i % H);
      return small;
    });
    const row = (l) => [make("span", { text: `layer ${l}` }), ...grid.slice(l * H, (l + 1) * H)];
    heads.replaceChildren(make("span"), ...Array.from({ length: H }, (_, h) => make("span", { text: `${h}` })), ...Array.from({ length: L }, (_, l) => row(l)).flat());
  };
  const drawHeads = () => {
    const { H, side: n, maps } = view, colours = palette[dark ? "dark" : "light"];
    if (grid.length !== view.L * H) makeGrid(view);
    grid.forEach((small, i) => {
      const l = Math.floor(i / H), h = i % H;
      small.setAttribute("aria-label", `layer ${l} head ${h}${isOff(l, h) ? ", off" : ""}`);
      small.setAttribute("aria-selected", String(l === model.get("layer") && h === model.get("head")));
      small.classList.toggle("minillm-off", isOff(l, h));
      if (small.maps === maps && small.dark === dark) return;
      Object.assign(small, { maps, dark });
      if (small.width !== n || small.height !== n) small.width = small.height = n;
      const context = small.getContext("2d"), image = context.createImageData(n, n);
      for (let j = 0; j < n * n; j++) {
        const rgb = colours[maps[i * n * n + j]], at = 4 * j;
        image.data[at] = rgb[0]; image.data[at + 1] = rgb[1]; image.data[at + 2] = rgb[2];
        image.data[at + 3] = j % n > Math.floor(j / n) ? 0 : 255; // masked
      }
      context.putImageData(image, 0, 0);
    });
    const off = isOff(model.get("layer"), model.get("head"));
    toggle.textContent = `switch head ${model.get("layer")}.${model.get("head")} ${off ? "on" : "off"}`;
    toggle.hidden = Boolean(model.saved);
  };
  const choose = (layer, head) => set({ layer, head });
  const switchHead = () => {
    if (model.saved) return;
    const layer = model.get("layer"), head = model.get("head");
    const off = (model.get("off") || []).filter(([l, h]) => l !== layer || h !== head);
    set({ off: isOff(layer, head) ? off : [...off, [layer, head]] });
  };

  // The large map: cells from 1.5 to 26 pixels, token names while they can be read. It is drawn once on `base`;
  // the frames of the position and of the cell pointed at go over a copy of it.
  let geometry = null;
  const base = make("canvas");
  const drawLarge = () => {
    if (!numbers || !view || numbers.T !== view.T) return;
    const T = view.T, cell = Math.max(1.5, Math.min(26, 400 / T)), named = cell >= 10, margin = named ? 76 : 8, scale = window.devicePixelRatio || 1;
    const size = Math.round(cell * T), theme = dark ? "dark" : "light", values = step === "weights" ? numbers.weights : numbers.scores;
    geometry = { cell, margin, size, scale, T };
    base.width = base.height = (size + margin + 2) * scale;
    const context = base.getContext("2d"), small = make("canvas", { width: T, height: T }), image = small.getContext("2d").createImageData(T, T);
    const last = (q) => (step === "scores" ? T - 1 : q); // the last key of row q that is drawn
    let low = 0, high = 1;
    if (step !== "weights") {
      low = Infinity; high = -Infinity;
      for (let q = 0; q < T; q++) for (let k = 0; k <= last(q); k++) { low = Math.min(low, values[q * T + k]); high = Math.max(high, values[q * T + k]); }
    }
    for (let q = 0; q < T; q++) for (let k = 0; k <= last(q); k++) {
      const value = values[q * T + k], rgb = shade(theme, step === "weights" ? Math.sqrt(value) : (value - low) / (high - low || 1)), at = 4 * (q * T + k);
      image.data[at] = rgb[0]; image.data[at + 1] = rgb[1]; image.data[at + 2] = rgb[2]; image.data[at + 3] = 255;
    }
    small.getContext("2d").putImageData(image, 0, 0);
    context.scale(scale, scale);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, margin, 0, size, size);
    if (step !== "scores") { // masked cells are hatched: not a small weight, but none
      context.save();
      context.beginPath();
      for (let q = 0; q < T; q++) context.rect(margin + (q + 1) * cell, q * cell, (T - q - 1) * cell, cell);
      context.clip();
      context.strokeStyle = dark ? "#59616b" : "#b4bac2";
      context.lineWidth = 1;
      context.beginPath();
      for (let x = -size; x < size; x += 7) { context.moveTo(margin + x, size); context.lineTo(margin + x + size, 0); }
      context.stroke();
      context.restore();
    }
    if (named) {
      context.font = `${Math.min(12, cell - 1)}px ui-monospace, monospace`;
      context.fillStyle = getComputedStyle(root).getPropertyValue("color");
      context.textAlign = "right";
      view.tokens.forEach((token, t) => {
        context.fillText(token.slice(0, 10), margin - 5, t * cell + cell * 0.72, margin - 8);
        context.save();
        context.translate(margin + t * cell + cell * 0.72, size + 5);
        context.rotate(-Math.PI / 2);
        context.fillText(token.slice(0, 10), 0, 0, margin - 8);
        context.restore();
      });
    }
    drawFrames();
  };
  const drawFrames = () => {
    if (!geometry || geometry.T !== view.T) return;
    const { cell, margin, size, scale } = geometry;
    if (large.width !== base.width) {
      large.width = large.height = base.width;
      large.style.width = large.style.height = `${base.width / scale}px`;
    }
    const context = large.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, large.width, large.height);
    context.drawImage(base, 0, 0);
    context.scale(scale, scale);
    context.strokeStyle = getComputedStyle(root).getPropertyValue("--mark");
    context.lineWidth = 1.5;
    context.strokeRect(margin, place() * cell, size, cell);
    if (cursor) context.strokeRect(margin + cursor.k * cell, cursor.q * cell, cell, cell);
    drawRead();
  };
  const drawRead = () => {
    if (!cursor || cursor.q >= view.T || cursor.k >= view.T) { read.textContent = "Point at a cell, or move with the arrows: which row looks at which column, and how much."; return; }
    const { q, k } = cursor, i = q * view.T + k;
    const weight = numbers.weights[i], score = numbers.scores[i];
    read.dataset.q = q; read.dataset.k = k; read.dataset.weight = weight; read.dataset.score = score;
    read.textContent = k > q
      ? `${view.tokens[q]} (${q}) may not look at ${view.tokens[k]} (${k}): it comes later. Score ${score.toFixed(3)}, masked, weight 0.`
      : `${view.tokens[q]} (${q}) looks at ${view.tokens[k]} (${k}): score ${score.toFixed(3)}, weight ${weight.toFixed(3)}.`;
  };

  const drawGuesses = () => {
    if (!guessed || !view) return;
    const changed = guessed.off, saved = Boolean(model.saved);
    const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
    summary.replaceChildren(`After ${view.tokens[guessed.position] ?? ""} (${guessed.position}) the model says:`);
    if (view.losses.length && view.learned) {
      summary.append(make("br"), `loss of this prompt ${mean(view.losses).toFixed(3)} nats a token`);
      if (changed) summary.append(", ", make("b", { text: `${mean(view.before).toFixed(3)} with all heads on` }));
    }
    const rows = [make("tr", {}, ...["token", "probability", ...(changed ? ["all heads on"] : []), "after temperature, top-k, top-p"].map((name) => make("th", { text: name })))];
    for (const row of guessed.rows) {
      const bar = make("i");
      bar.style.width = `${Math.round(70 * row.p)}px`;
      const cells = [make("td", { text: row.token }), make("td", {}, bar, share(row.p))];
      cells[1].dataset.p = row.p;
      if (changed) cells.push(make("td", {}, make("b", { text: share(row.before) })));
      cells.push(make("td", { text: share(row.q) }));
      rows.push(make("tr", {}, ...cells));
    }
    table.replaceChildren(...rows);
    kept.textContent = saved ? "" : `${guessed.kept} of ${guessed.of} tokens can be drawn`;
  };

  const knob = (name, label, attributes) => {
    const input = make("input", { type: "number", "aria-label": label, ...attributes });
    input.value = model.get(name) ?? "";
    input.oninput = () => {
      const value = input.value === "" ? null : Number(input.value), whole = input.step === "1";
      const bad = value === null ? name === "temperature" : !(value >= Number(input.min)) || value > Number(input.max || Infinity) || (whole && !Number.isInteger(value));
      note.textContent = bad ? `${label} ${input.value || "(empty)"} is not a ${whole ? "whole " : ""}number from ${input.min}${input.max ? ` to ${input.max}` : " up"}` : view ? view.note : "";
      if (!bad) set({ [name]: value });
    };
    model.on(`change:${name}`, () => { if (document.activeElement !== input) input.value = model.get(name) ?? ""; });
    knobs.append(make("label", {}, label + " ", input));
  };
  const kept = make("span");
  knob("temperature", "temperature", { min: "0", step: "0.1" });
  knob("top_k", "top-k", { min: "1", step: "1" });
  knob("top_p", "top-p", { min: "0.01", max: "1", step: "0.05" });
  knobs.append(kept);
  knobs.hidden = Boolean(model.saved);

  for (const name of STEPS) {
    const radio = make("input", { type: "radio", name: `step${Math.random()}`, value: name });
    radio.checked = name === step;
    radio.onchange = () => { step = name; steps.querySelectorAll("input").forEach((other) => { other.checked = other === radio; }); drawLarge(); };
    steps.append(make("label", {}, radio, ` ${{ scores: "q·k / √D", masked: "masked", weights: "softmax" }[name]}`));
  }

  // A picture was stored before the widget, for pages without a kernel; here it is not needed.
  const hidePicture = () => {
    const picture = el.closest(".jp-OutputArea-child")?.previousElementSibling;
    if (picture?.querySelector("img")) picture.style.display = "none";
  };

  const receive = (reply, buffers) => {
    hidePicture();
    dark = isDark(root);
    root.classList.toggle("minillm-dark", dark);
    const rest = [...buffers];
    if (reply.error) note.textContent = reply.error;
    if (reply.all) { view = { ...reply.all, maps: octets(rest.shift()) }; note.textContent = view.note; if (cursor && (cursor.q >= view.T || cursor.k >= view.T)) cursor = null; }
    if (reply.head) numbers = { ...reply.head, scores: floats(rest.shift()), weights: floats(rest.shift()) };
    if (reply.guesses) guessed = reply.guesses;
    if (view) {
      if (reply.all) { drawTokens(); drawHeads(); }
      if (reply.all || reply.head) drawLarge();
      drawGuesses();
      root.dataset.text = reply.text;
    }
  };
  model.on("msg:custom", receive);

  text.value = model.get("text");
  text.readOnly = Boolean(model.saved);
  text.oninput = () => set({ text: text.value, position: -1 });
  model.on("change:text", () => { if (text.value !== model.get("text")) text.value = model.get("text"); });
  for (const name of ["layer", "head", "off"]) model.on(`change:${name}`, () => { if (view) drawHeads(); });
  model.on("change:position", () => { if (view) { drawTokens(); drawFrames(); } });

  toggle.onclick = switchHead;
  large.onmousemove = (event) => {
    if (!geometry) return;
    const k = Math.floor((event.offsetX - geometry.margin) / geometry.cell), q = Math.floor(event.offsetY / geometry.cell);
    if (k < 0 || q < 0 || k >= geometry.T || q >= geometry.T || (cursor && cursor.q === q && cursor.k === k)) return;
    cursor = { q, k };
    drawFrames();
  };
  large.onclick = () => { if (cursor) set({ position: cursor.q }); };
  const arrows = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const keys = (node, act) => { node.addEventListener("keydown", (event) => { if (view && act(event)) event.preventDefault(); }); };
  keys(tokens, ({ key }) => {
    const d = arrows[key];
    if (!d) return false;
    set({ position: Math.max(0, Math.min(view.T - 1, place() + d[0] + d[1])) });
    return true;
  });
  keys(heads, ({ key }) => {
    if (key === "o") { switchHead(); return true; }
    const d = arrows[key];
    if (!d) return false;
    const within = (value, size) => Math.max(0, Math.min(size - 1, value));
    choose(within(model.get("layer") + d[0], view.L), within(model.get("head") + d[1], view.H));
    return true;
  });
  keys(large, ({ key }) => {
    const d = arrows[key];
    if (!d) return false;
    const from = cursor || { q: place(), k: place() }, within = (value) => Math.max(0, Math.min(view.T - 1, value));
    cursor = { q: within(from.q + d[0]), k: within(from.k + d[1]) };
    drawFrames();
    return true;
  });
  root.addEventListener("keydown", (event) => event.stopPropagation()); // JupyterLab's own keys stay out of here

  model.send({}); // the first picture; from here on Python answers changes
  return () => { model.off("msg:custom", receive); };
}

export default { render };
