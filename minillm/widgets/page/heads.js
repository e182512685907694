// All heads as small maps: choose one, switch some off, take it back.

const makeHeads = (app) => {
  const list = make("div", { class: "heads", role: "listbox", tabindex: "0", "aria-label": "Heads: arrows choose, o switches off and on" });
  const columns = div("columns"), layers = div("layers");
  const toggle = button("", () => here());
  const all = button("all on", () => switchTo([])), undo = button("undo", () => takeBack(), { title: "Ctrl+Z" });
  const offNow = soft("", "status");
  const buttons = div("buttons", toggle, all, undo);
  const past = [];

  const switchTo = (off) => {
    if (app.saved) return;
    past.push(app.off());
    app.set({ off: [...off].sort(([a, b], [c, d]) => a - c || b - d) }); // as Python does
  };
  // All of them off; or on, if none of them is on.
  const switchHeads = (heads) => {
    const every = heads.every(([l, h]) => app.isOff(l, h)), rest = app.off().filter(([l, h]) => !heads.some(([i, j]) => i === l && j === h));
    switchTo(every ? rest : [...rest, ...heads]);
  };
  const takeBack = () => { if (past.length) app.set({ off: past.pop() }); };

  let grid = []; // kept, as new canvases cost more than new pixels
  const makeGrid = ({ L, H }) => {
    grid = upTo(L * H, (i) => {
      const l = Math.floor(i / H), h = i % H, small = make("canvas"), cell = make("div", { role: "option", id: fresh("head") }, small);
      cell.onclick = (event) => { if (event.shiftKey || event.ctrlKey || event.metaKey) switchHeads([[l, h]]); else app.set({ layer: l, head: h }); };
      return { l, h, cell, small };
    });
    const label = (text, words, heads) => button(text, () => switchHeads(heads), { "aria-label": words, title: words, disabled: app.saved });
    columns.replaceChildren(...upTo(H, (h) => label(`${h}`, `head ${h} of all layers off or on`, upTo(L, (l) => [l, h]))));
    layers.replaceChildren(...upTo(L, (l) => label(`layer ${l}`, `all of layer ${l} off or on`, upTo(H, (h) => [l, h]))));
    for (const node of [list, columns]) node.style.gridTemplateColumns = `repeat(${H}, var(--head))`;
    list.replaceChildren(...grid.map(({ cell }) => cell));
  };

  const draw = () => {
    const { view, theme } = app, { side: [R, C], maps } = view, colours = PALETTES[theme];
    if (grid.length !== view.L * view.H) makeGrid(view);
    const masked = (q, k) => view.columns[Math.floor((k * view.columns.length) / C)][0] > view.rows[Math.floor(((q + 1) * view.rows.length) / R) - 1];
    grid.forEach(({ l, h, cell, small }, i) => {
      const isShown = headName([l, h]) === headName(app.shown()), off = app.isOff(l, h);
      cell.setAttribute("aria-label", `layer ${l} head ${h}${off ? ", off" : ""}`);
      cell.setAttribute("aria-selected", isShown);
      if (isShown) list.setAttribute("aria-activedescendant", cell.id);
      cell.classList.toggle("minillm-off", off);
      if (small.maps === maps && small.theme === theme) return;
      Object.assign(small, { maps, theme, width: C, height: R });
      const context = small.getContext("2d"), image = context.createImageData(C, R);
      for (let j = 0; j < R * C; j++) {
        const rgb = colours[Math.round(Math.sqrt(maps[i * R * C + j] / 255) * 255)], at = 4 * j;
        image.data[at] = rgb[0]; image.data[at + 1] = rgb[1]; image.data[at + 2] = rgb[2];
        image.data[at + 3] = masked(Math.floor(j / C), j % C) ? 0 : 255;
      }
      context.putImageData(image, 0, 0);
    });
    const shown = app.shown(), off = app.off(), isOff = app.isOff(...shown);
    toggle.textContent = `switch head ${headName(shown)} ${isOff ? "on" : "off"}`;
    for (const [knob, { length }] of [[all, off], [undo, past]]) { if (!length && document.activeElement === knob) list.focus(); knob.disabled = !length; }
    offNow.textContent = off.length ? `off: ${off.map(headName).join(", ")}` : "";
    buttons.hidden = app.saved;
  };

  const here = () => switchHeads([app.shown()]);
  onMove(list, () => app.view, (rows, columns) => {
    const [layer, head] = app.shown();
    app.set({ layer: within(layer + rows, app.view.L), head: within(head + columns, app.view.H) });
  }, { o: here });
  const node = div("allheads", titled("All heads"), div("grid", make("span"), columns, layers, list), buttons, offNow);
  return { node, draw, takeBack };
};
