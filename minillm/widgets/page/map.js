// Large maps: rows take from columns.

const hatch = (context, x, y, width, height, dark) => {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = dark ? "#59616b" : "#b4bac2";
  context.lineWidth = 1;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 7) { context.moveTo(at, y + height); context.lineTo(at + height, y); }
  context.stroke();
  context.restore();
};

// The rows and columns that Python sent, with their names.
const foldOf = ({ rows, columns, tokens, asked }) => ({
  rows: rows.map((t) => ({ t, label: t === asked - 1 && columns.length < tokens.length ? "(answer)" : plain(tokens[t]) })),
  columns: columns.map((from) => ({ from, label: from.length > 1 ? "frame" : plain(tokens[from[0]]) })),
});

// A step of a head as a map: its values (rows × columns), and how many columns each row may look at. Scores and masked have
// the same colours.
const mapOf = (folded, numbers, step) => {
  const isScore = step === "scores" || step === "masked", values = isScore ? numbers.scores : step === "values" ? numbers.weighted : numbers.weights;
  const low = isScore ? values.reduce((a, b) => Math.min(a, b)) : 0, high = step === "weights" ? 1 : values.reduce((a, b) => Math.max(a, b));
  return { ...folded, values, low, high, step, hatched: step !== "scores", until: folded.rows.map(({ t }) => folded.columns.filter(({ from }) => from[0] <= t).length) };
};
// The colour of cell i.
const tint = ({ values, low, high, step }, theme, i) => (step === "difference" ? lean(theme, values[i]) : shade(theme, step === "weights" ? Math.sqrt(values[i]) : (values[i] - low) / (high - low || 1)));

const NAMED = 9; // pixels of a cell from which on names can be read

const drawMap = (canvas, map, { side, theme, ink }) => {
  const { rows, columns, until, hatched } = map, R = rows.length, C = columns.length;
  const scale = window.devicePixelRatio || 1, dark = theme === "dark";
  const context = canvas.getContext("2d"), most = Math.max(R, C);
  const font = (size) => `${size}px system-ui, sans-serif`;
  context.font = font(12);
  const widest = (names) => Math.min(84, Math.max(...names.map(({ label }) => context.measureText(label.slice(0, 14)).width)));
  let left = 26, top = 18;
  const named = (side - 70) / most >= NAMED;
  if (named) { left = widest(rows) + 8; top = widest(columns) * 0.86 + 12; }
  const right = named ? Math.max(8, widest(columns) * 0.5) : 4; // the last name leans over
  const cell = Math.min(named ? 34 : 8, (side - left - right) / C, (side - top) / R);
  const width = cell * C, height = cell * R;
  const size = [left + width + right, top + height + 2];
  canvas.width = Math.round(size[0] * scale); canvas.height = Math.round(size[1] * scale);
  canvas.style.width = `${size[0]}px`; canvas.style.height = `${size[1]}px`;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const small = make("canvas", { width: C, height: R }), pixels = small.getContext("2d"), image = pixels.createImageData(C, R);
  if (hatched) hatch(context, left, top, width, height, dark);
  rows.forEach((_, q) => {
    if (hatched) context.clearRect(left, top + q * cell, until[q] * cell, cell);
    for (let k = 0, i = q * C; k < (hatched ? until[q] : C); k++, i++) {
      const [r, g, b] = tint(map, theme, i);
      image.data[4 * i] = r; image.data[4 * i + 1] = g; image.data[4 * i + 2] = b; image.data[4 * i + 3] = 255;
    }
  });
  pixels.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, left, top, width, height);
  context.fillStyle = ink;
  const label = (name, x, y, angle, align) => {
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.textAlign = align;
    context.fillText(name.slice(0, 14), 0, 0, 84);
    context.restore();
  };
  context.font = font(named ? Math.min(13, Math.max(10, cell)) : 11);
  const every = named ? 1 : most > 120 ? 40 : most > 50 ? 20 : 10;
  rows.forEach(({ label: name }, q) => { if (q % every === 0) label(named ? name : `${q}`, left - 5, top + (q + 0.5) * cell + 4, 0, "right"); });
  columns.forEach(({ label: name }, k) => { if (k % every === 0) label(named ? name : `${k}`, left + (k + 0.5) * cell + (named ? 3 : 0), top - 5, named ? -Math.PI / 3.4 : 0, named ? "left" : "center"); });
  if (named) ["after ↓", "from →"].forEach((word, i) => label(word, left - 5, top - 20 + 14 * i, 0, "right")); // the names of the axes
  return { left, top, cell, width, size, scale, small };
};

// The cells around one, large, in the forbidden corner.
const drawMagnifier = (context, { left, top, width, size, small }, { q, k }) => {
  const reach = 5, cells = 2 * reach + 1, each = 12, side = cells * each, x = Math.min(left + width, size[0]) - side - 4, y = top + 4;
  context.clearRect(x - 3, y - 3, side + 6, side + 6);
  context.strokeRect(x - 3, y - 3, side + 6, side + 6);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, k - reach, q - reach, cells, cells, x, y, side, side);
  context.strokeRect(x + reach * each, y + reach * each, each, each);
};

const legend = (theme, ticks, { both = false, hatched = false, word = "" } = {}) => {
  const stops = upTo(9, (i) => css(both ? lean(theme, i / 4 - 1) : shade(theme, i / 8)));
  const ramp = span("ramp");
  ramp.style.background = `linear-gradient(90deg, ${stops.join(",")})`;
  const scale = make("span", { class: "scale" }, ramp, make("span", { class: "ticks" }, ...ticks.map((text) => make("span", {}, text))));
  return div("legend", make("span", {}, word), scale, ...(hatched ? [make("span", { class: "hatch", ...HIDDEN }), make("span", {}, "forbidden")] : []));
};
