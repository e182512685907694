// Look: all heads, one of them large, and the guesses.

const STEPS = { scores: "scores", masked: "masked", weights: "softmax", values: "|weight × value|" };

const radios = (name, options, value, act) => {
  const group = fresh(name), field = make("fieldset", { role: "radiogroup", "aria-label": name });
  for (const [key, text] of entries(options)) {
    const radio = make("input", { type: "radio", name: group, value: key });
    radio.checked = key === value;
    radio.onchange = () => act?.(key);
    field.append(make("label", {}, radio, ` ${text}`));
  }
  return field;
};

// A large map with a cursor: pointing and arrows read a cell, a click chooses its row.
const makeMap = (app, onRead) => {
  const canvas = make("canvas", { class: "map", tabindex: "0", role: "application" }), base = make("canvas");
  let shown = null, how = null, geometry = null, cursor = null;
  const at = () => shown.rows.findIndex(({ t }) => t === how.chosen);
  const frames = () => {
    if (!shown) return;
    if (canvas.width !== base.width || canvas.height !== base.height) { canvas.width = base.width; canvas.height = base.height; }
    Object.assign(canvas.style, { width: base.style.width, height: base.style.height });
    const context = canvas.getContext("2d"), { left, top, cell, width, scale } = geometry;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(base, 0, 0);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const row = at();
    context.lineWidth = 2;
    context.strokeStyle = getComputedStyle(app.root).getPropertyValue("--chosen");
    if (row >= 0) context.strokeRect(left, top + row * cell, width, cell);
    if (cursor && cursor.q < shown.rows.length && cursor.k < shown.columns.length) {
      context.strokeStyle = getComputedStyle(canvas).color;
      context.strokeRect(left + cursor.k * cell, top + cursor.q * cell, cell, cell);
      if (cell < NAMED) drawMagnifier(context, geometry, cursor);
    } else cursor = null;
    onRead(cursor && { row: shown.rows[cursor.q], column: shown.columns[cursor.k], i: cursor.q * shown.columns.length + cursor.k, later: cursor.k >= shown.until[cursor.q], values: shown.values });
  };
  canvas.onmousemove = (event) => {
    if (!geometry) return;
    const k = Math.floor((event.offsetX - geometry.left) / geometry.cell), q = Math.floor((event.offsetY - geometry.top) / geometry.cell);
    if (k < 0 || q < 0 || k >= shown.columns.length || q >= shown.rows.length || (cursor && cursor.q === q && cursor.k === k)) return;
    cursor = { q, k };
    frames();
  };
  const choose = () => { const t = cursor && shown.rows[cursor.q].t; if (cursor && how.chosen >= 0 && t >= app.view.first) app.set({ position: t }); };
  canvas.onclick = choose;
  onMove(canvas, () => shown, (rows, columns) => {
    const row = within(at(), shown.rows.length), from = cursor || { q: row, k: row };
    cursor = { q: within(from.q + rows, shown.rows.length), k: within(from.k + columns, shown.columns.length) };
    frames();
  }, { Enter: choose, " ": choose });
  return { canvas, draw: (map, options) => { shown = map; how = { theme: app.theme, ink: getComputedStyle(app.root).color, chosen: app.place(), ...options }; geometry = drawMap(base, map, how); canvas.setAttribute("aria-label", `${how.name}: rows take from columns; arrows move`); frames(); }, shown: () => shown, cursor: () => cursor };
};

const makeLook = (app, heads) => {
  const title = make("h4"), read = make("p", { class: "read", "aria-live": "polite" }), under = div("");
  const guesses = make("table"), summary = soft();
  const map = makeMap(app, (at) => {
      if (!at) { read.textContent = WORDS.cell; return; }
      const { row, column, i, later, values } = at;
      const score = app.numbers.scores[i], weight = app.numbers.weights[i], k = column.from.length === 1 ? column.from[0] : -1;
      Object.assign(read.dataset, { q: row.t, k, weight, score });
      const place = k < 0 ? "the frame" : `${plain(column.label)} (${k})`;
      read.textContent = later
        ? `${plain(row.label)} (${row.t}) may not look at ${place}: it comes later. Score ${score.toFixed(3)}, masked, weight 0.`
        : `${plain(row.label)} (${row.t}) takes ${share(weight)} from ${place}; score ${score.toFixed(3)}${app.local.step === "values" ? `, |weight × value| ${values[i].toFixed(3)}` : ""}.`;
  });
  const steps = radios("Step", STEPS, app.local.step, (step) => { app.local.step = step; drawMapNow(); });
  const drawMapNow = () => {
    const { numbers, theme, folded, local } = app;
    if (local.step === "values" && !numbers.weighted) { local.step = "weights"; steps.querySelector("[value=weights]").checked = true; }
    steps.lastChild.hidden = !numbers.weighted;
    const { step } = local;
    const shown = mapOf(folded, numbers, step), name = `Layer ${numbers.layer}, head ${numbers.head}${app.isOff(...app.shown()) ? ", switched off" : ""}`;
    title.textContent = name;
    map.draw(shown, { side: app.side(large), name });
    under.replaceChildren(legend(theme, step === "weights" ? ["0", "0.25", "1"] : [shown.low.toFixed(1), "", shown.high.toFixed(1)], { hatched: shown.hatched, word: step === "weights" ? "takes" : STEPS[step] }));
  };

  const drawGuesses = () => {
    const { guessed, view } = app;
    if (!guessed) return;
    const off = app.off().length > 0, { temperature, top_k, top_p } = app.knobs(), drawn = temperature !== 1 || top_k !== null || top_p !== null;
    const rows = guessed.rows.map((row) => {
      const p = make("td", { "data-p": row.p }, off || drawn ? "" : make("span", { class: "track", ...HIDDEN }, sized(make("i", { class: "bar" }), 100 * row.p)), share(row.p));
      const is = row.token === app.chosenLabel();
      return make("tr", { class: is ? "chosen" : null }, td(row.token === END ? "(end)" : row.token), p, ...(off ? [td(share(row.before))] : []), ...(drawn ? [td(share(row.q))] : []));
    });
    guesses.replaceChildren(heading("token", "probability", ...(off ? ["all on"] : []), ...(drawn ? ["after temperature, top-k, top-p"] : [])), ...rows);
    const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
    summary.replaceChildren();
    if (drawn) summary.append(`${count(guessed.kept)} of ${count(guessed.of)} tokens can be drawn. `);
    if (view.losses.length) {
      summary.append(`Loss of this text ${mean(view.losses).toFixed(3)} nats a token`);
      if (off) summary.append(", ", strong(`${mean(view.before).toFixed(3)} with all heads on`));
      summary.append(` (blind guessing ${Math.log(view.V).toFixed(3)}).`);
    }
  };
  const large = div("large", title, steps, map.canvas, under, read);
  const side = div("guesses", titled("Its guesses here"), guesses, summary);
  const node = div("look", heads.node, large, side);
  return { node, draw: () => { heads.draw(); drawMapNow(); drawGuesses(); }, map };
};
