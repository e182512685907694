// The widget: its state, what it asks, its tabs.

const TABS = { look: "Look", why: "Why", swap: "Swap", compare: "Compare", tasks: "Tasks" };
const ANSWERED = ["view", "numbers", "guessed", "reason", "effects", "swapped", "compared", "view2"];
const REST = 300; // milliseconds without a change, before the effects, which take many passes, are asked for

function render({ model, el }) {
  const get = (name) => model.get(name);
  const root = make("div", { "data-lm-suppress-shortcuts": "true", role: "group", "aria-label": "Attention explorer" });
  const text = make("textarea", { rows: 1, "aria-label": "Prompt", spellcheck: "false" }), note = make("div", { class: "note", role: "status" });
  root.className = "minillm";
  const heard = [], source = model.saved ? storedSource(model.stored) : pythonSource(model);
  const app = {
    model, root, source, theme: "light", get, saved: Boolean(model.saved),
    ...Object.fromEntries(ANSWERED.map((name) => [name, null])), folded: null,
    local: { step: "weights", weighted: false, rival: null, tried: [], compare: { kind: "head", layer: 0, head: 0 } },
    tab: () => get("view"),
    shown: () => [get("layer"), get("head")],
    off: () => get("off") || [],
    isOff: (layer, head) => app.off().some(([l, h]) => l === layer && h === head),
    knobs: () => ({ temperature: get("temperature"), top_k: get("top_k"), top_p: get("top_p") }),
    on: (name, listen) => { model.on(`change:${name}`, listen); heard.push([`change:${name}`, listen]); },
    set: (changes) => { for (const [name, value] of entries(changes)) model.set(name, value); model.save_changes(); },
    // Where the chosen token is chosen: the position before it.
    place: () => { const p = get("position"), { first, T, asked } = app.view; return p >= first && p < T ? p : asked - 1; },
    chosenLabel: () => { const { T, tokens, next } = app.view, t = app.place() + 1; return t < T ? tokens[t] : next; },
    chosenName: () => plain(app.chosenLabel()),
    rowOf: (t) => app.view.rows.indexOf(t),
    columnOf: (t) => app.view.columns.findIndex((column) => column.length === 1 && column[0] === t), // not in the frame's
    note: (words) => { note.textContent = words || app.view?.note || ""; },
    // As wide as its column, and low enough to stay in sight.
    side: (column) => Math.max(160, Math.min(column.clientWidth || 300, 400 * get("scale"), 0.46 * window.innerHeight)),
    tryOff: (part) => { app.local.tried = [...app.local.tried, part]; app.refresh(); },
  };

  // --- what has to be known
  const questions = () => {
    const here = { text: get("text"), off: app.off() }, at = { ...here, position: get("position") }, { compare, rival, tried } = app.local, tab = app.tab(), other = get("other");
    const shown = { layer: get("layer"), head: get("head") };
    const wanted = { view: { what: "look", ...here }, numbers: { what: "head", ...here, ...shown, weighted: app.local.weighted }, guessed: { what: "guesses", ...at, ...app.knobs() } };
    if (tab === "why") {
      wanted.reason = { what: "why", ...at, rival };
      const { reason } = app;
      if (!app.saved && reason && !reason.error && reason.key === sorted(wanted.reason)) wanted.effects = { what: "effects", ...at, rival: reason.rival.id, parts: [...largest(reason.parts).slice(0, SHOWN).map(({ name }) => name), ...tried] };
    }
    if (tab === "swap" && other.trim()) wanted.swapped = { what: "swap", text: here.text, other };
    if (tab === "compare" && compare.kind === "head") wanted.compared = { what: "head", ...here, layer: compare.layer, head: compare.head, weighted: false };
    if (tab === "compare" && compare.kind === "prompt" && other.trim()) Object.assign(wanted, { view2: { what: "look", ...here, text: other }, compared: { what: "head", ...here, text: other, ...shown, weighted: false } });
    return wanted;
  };
  app.isNew = (name) => app[name]?.key === sorted(questions()[name] || {});
  let about = "", soon = false, since = 0, later = 0;
  const refresh = (drawn) => {
    const now = JSON.stringify([get("text"), get("position"), app.off()]);
    if (about !== now) { about = now; since = Date.now(); Object.assign(app.local, { rival: null, tried: [] }); }
    let missing = entries(questions()).filter(([name, question]) => app[name]?.key !== sorted(question));
    const wait = since + REST - Date.now();
    clearTimeout(later);
    if (wait > 0 && missing.some(([name]) => name === "effects")) {
      missing = missing.filter(([name]) => name !== "effects");
      later = setTimeout(refresh, wait);
    }
    if (missing.length) source.ask(missing.map(([, question]) => question), (answers) => take(missing.map(([name]) => name), answers));
    else if (!drawn) draw();
  };
  app.refresh = () => {
    if (!soon) queueMicrotask(() => { soon = false; refresh(); });
    soon = true;
  };
  const take = (names, answers, version) => {
    if (app.version !== version) for (const name of ANSWERED) app[name] = null; // the weights have changed
    app.version = version;
    const wrong = answers.find(({ error }, i) => error && ["view", "numbers", "guessed"].includes(names[i]));
    if (wrong) { note.textContent = wrong.error; return; }
    names.forEach((name, i) => {
      const answer = answers[i], { buffers } = answer;
      if (name === "view") answer.maps = octets(buffers[0]);
      else if (buffers.length) ["scores", "weights", "weighted"].forEach((part, n) => { answer[part] = buffers[n] && floats(buffers[n]); });
      app[name] = answer;
    });
    draw(names.includes("view"));
    refresh(true); // what an answer asks for
  };

  // --- drawing
  const sentence = makeSentence(app), heads = makeHeads(app), look = makeLook(app, heads);
  app.look = look;
  const panels = { look, why: makeWhy(app), swap: makeSwap(app), compare: makeCompare(app), tasks: makeTasks(app) };
  const draw = (anew = false) => {
    if (!app.view) return;
    // A picture stands before the widget, for pages without a kernel.
    const picture = el.closest(".jp-OutputArea-child")?.previousElementSibling;
    if (get("_picture") && picture?.querySelector("img")?.src.includes(get("_picture"))) picture.style.display = "none";
    const theme = isDark(root) ? "dark" : "light", changed = theme !== app.theme;
    app.theme = theme;
    root.classList.toggle("minillm-dark", theme === "dark");
    app.folded = foldOf(app.view);
    if (anew || changed || !app.drawn) { sentence.drawTokens(); note.textContent = app.view.note; app.drawn = true; }
    for (const [name, tab] of entries(tabs)) { const on = name === app.tab(); tab.setAttribute("aria-selected", on); tab.tabIndex = on ? 0 : -1; panels[name].panel.hidden = !on; }
    sentence.draw();
    panels[app.tab()].draw();
    root.dataset.text = JSON.parse(app.view.key).text;
  };

  // --- around it
  const tabs = {}, list = make("div", { role: "tablist", class: "tablist", "aria-label": "Views" });
  for (const [name, title] of entries(TABS)) {
    const panel = make("div", { role: "tabpanel", id: fresh("panel") }, panels[name].node);
    const tab = tabs[name] = make("button", { type: "button", role: "tab", id: fresh("tab"), "aria-controls": panel.id, text: title, onclick: () => app.set({ view: name }) });
    panel.setAttribute("aria-labelledby", tab.id);
    panels[name].panel = panel;
    list.append(tab);
  }
  onMove(list, () => true, (_, columns) => {
    const names = Object.keys(TABS), next = names[within(names.indexOf(app.tab()) + columns, names.length)];
    app.set({ view: next });
    tabs[next].focus();
  }, { " ": () => document.activeElement.click() });
  const drawer = (name, node) => {
    node.id = fresh("drawer"); node.hidden = true;
    const open = button(`${name} ▾`, () => { node.hidden = !node.hidden; open.setAttribute("aria-expanded", !node.hidden); }, { "aria-expanded": "false", "aria-controls": node.id });
    return [open, node];
  };
  const [more, moreBox] = drawer("More", makeMore(app)), [save, saveBox] = drawer("Save", makeSave(app));
  root.append(make("label", { class: "prompt" }, make("span", {}, "Prompt"), text), note, ...sentence.nodes,
    div("tabs", list, more, save), moreBox, saveBox, ...Object.values(panels).map(({ panel }) => panel));
  el.append(root);

  const size = () => { root.style.fontSize = `${16 * get("scale")}px`; };
  size();
  text.value = get("text");
  text.readOnly = app.saved;
  text.oninput = () => app.set({ text: text.value, position: -1 });
  app.on("text", () => { if (text.value !== get("text")) text.value = get("text"); });
  for (const name of STATE) app.on(name, name === "scale" ? () => { size(); draw(true); } : app.refresh);
  root.addEventListener("keydown", (event) => {
    event.stopPropagation(); // JupyterLab's own keys stay out of here
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) { event.preventDefault(); heads.takeBack(); }
  });
  let width = 0;
  const watch = new ResizeObserver(() => { if (Math.abs(root.clientWidth - width) > 8) { width = root.clientWidth; draw(); } });
  watch.observe(root);
  if (app.saved) matchMedia("(prefers-color-scheme: dark)").onchange = () => draw(true);
  app.refresh();
  return () => { watch.disconnect(); source.stop(); clearTimeout(later); for (const one of heard) model.off(...one); };
}

export default { render };
