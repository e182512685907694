// What beginners do not need, and what leaves the widget.

const makeMore = (app) => {
  const { model } = app, knobs = make("fieldset", { "aria-label": "Sampling" });
  const knob = (name, label, attributes) => {
    const input = make("input", { type: "number", "aria-label": label, ...attributes });
    input.value = model.get(name) ?? "";
    input.oninput = () => {
      const good = input.checkValidity(), { value, min, max, step } = input;
      app.note(good ? "" : `${label} ${value || "(empty)"} is not a ${step === "1" ? "whole " : ""}number from ${min}${max ? ` to ${max}` : " up"}`);
      if (good) app.set({ [name]: value === "" ? null : Number(value) });
    };
    app.on(name, () => { if (document.activeElement !== input) input.value = model.get(name) ?? ""; });
    knobs.append(make("label", {}, `${label} `, input));
  };
  knob("temperature", "temperature", { min: "0", step: "any", required: true });
  knob("top_k", "top-k", { min: "1", step: "1" });
  knob("top_p", "top-p", { min: "0.01", max: "1", step: "any" });
  const weighted = make("input", { type: "checkbox", onchange: () => { app.local.weighted = weighted.checked; app.refresh(); } });
  const needModel = app.saved ? [] : [make("label", {}, weighted, " a fourth step: maps of |weight × value|"), knobs, makeFinder(app)];
  return div("more", ...needModel, soft(app.saved ? WORDS.keys.split("; o ")[0] : WORDS.keys));
};

const download = (name, blob) => {
  const href = URL.createObjectURL(blob);
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
};

const makeSave = (app) => {
  const name = () => `attention-${headName(app.shown())}`;
  const file = (what, act) => async () => {
    const { file: text, error } = await app.source.once({ what });
    if (error) app.note(error); else act(text);
  };
  const pixels = (text) => {
    const image = new Image();
    image.onload = () => {
      const canvas = make("canvas", { width: 2 * image.width, height: 2 * image.height });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => download(`${name()}.png`, blob));
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  };
  const copy = async (rows) => {
    const text = rows.map((row) => row.join("\t")).join("\n");
    try { await navigator.clipboard.writeText(text); app.note("copied"); } catch { app.note("The browser does not let this page copy."); }
  };
  // A row of the map as written; of what is forbidden nothing.
  const line = ({ rows, columns, values, until, hatched }, q) => [rows[q].label, ...columns.map((_, k) => (hatched && k >= until[q] ? "" : values[q * columns.length + k]))];
  const names = ({ columns }) => ["", ...columns.map(({ label }) => label)];
  const current = () => { app.look.draw(); return app.look.map; }; // another tab may be open
  const copyMap = () => { const map = current().shown(); copy([names(map), ...map.rows.map((_, q) => line(map, q))]); };
  const copyRow = () => { const map = current().shown(), q = map.rows.findIndex(({ t }) => t === app.place()); copy([names(map), line(map, q)]); };
  const copyValue = () => { const map = current().shown(), at = app.look.map.cursor(); if (at) copy([[line(map, at.q)[at.k + 1]]]); else app.note("Point at a cell of the map first."); };
  const files = app.saved ? [] : [button("HTML, works alone", file("html", (text) => download("attention.html", new Blob([text], { type: "text/html" })))), button("map as SVG", file("svg", (text) => download(`${name()}.svg`, new Blob([text])))), button("map as PNG", file("svg", pixels))];
  return make("div", { class: "more buttons" }, ...files, button("copy value", copyValue), button("copy row", copyRow), button("copy map", copyMap));
};
