// Swap: two prompts, one place exchanged. How much of the answer moves?

// Written under Swap or Compare, read by both.
const secondPrompt = (app) => {
  const input = make("input", { type: "text", "aria-label": "Second prompt, B", placeholder: "B: a second prompt", class: "wide", spellcheck: "false", readonly: app.saved });
  const follow = () => { if (input.value !== app.get("other")) input.value = app.get("other"); };
  input.oninput = () => app.set({ other: input.value });
  app.on("other", follow);
  follow();
  return input;
};

const makeSwap = (app) => {
  const input = secondPrompt(app);
  const pairs = div("pairs"), table = make("table", { class: "swapped" }), heads = make("table", { class: "swapped" }), says = soft(), wanting = soft("", "status"), legends = div("");
  const body = div("", pairs, scroll("Places exchanged", table), legends, says, titled("One head exchanged ", make("small", { text: "what it adds, at all places" })), scroll("Heads exchanged", heads));

  const cell = (value) => {
    const rgb = lean(app.theme, value), node = make("td", { text: `${Math.round(100 * value) || 0} %`.replace("-", "−"), "data-moved": value });
    Object.assign(node.style, { background: css(rgb), color: inkOn(rgb) });
    return node;
  };
  const draw = () => {
    const { swapped } = app;
    const missing = app.get("other").trim() ? swapped?.error || (swapped ? "" : "…") : WORDS.second;
    body.hidden = Boolean(missing);
    wanting.textContent = missing;
    if (missing) return;
    const { begin, T, L, H, tokens, others } = swapped, frame = new Set(swapped.frame), moved = floats(swapped.buffers[0]), ofHeads = floats(swapped.buffers[1]);
    const line = (name, words, other, answer, choice) => make("p", {}, span("tag", name), ...words.map((word, t) => (frame.has(t) ? "" : word === other[t] ? word.replaceAll("␣", " ") : marked(word.replaceAll("␣", " ")))), span("arrow", "→"), answer);
    pairs.replaceChildren(line("A", tokens.slice(0, app.view.asked), others, swapped.answers[0]), line("B", others.slice(0, app.view.asked), tokens, swapped.answers[1]), make("p", { class: "soft" }, "Compared is the first token in which the answers differ: ", strong(plain(swapped.token)), " or ", strong(plain(swapped.rival)), "."));
    const moves = (t) => upTo(L + 1, (i) => Math.abs(moved[i * T + t])).some((x) => x >= 0.005);
    const places = upTo(T - begin, (i) => begin + i).filter((t) => !frame.has(t) || t === T - 1 || moves(t)), name = (t) => (t === T - 1 ? "where it answers" : frame.has(t) ? "frame" : tokens[t] === others[t] ? plain(tokens[t]) : `${plain(tokens[t])} / ${plain(others[t])}`);
    const layer = (i) => (i === 0 ? "before layer 0" : `after layer ${i - 1}`);
    table.replaceChildren(make("caption", { text: WORDS.swap }),
      tr(make("td"), ...places.map((t) => th(name(t), "col"))),
      ...upTo(L + 1, (i) => tr(th(layer(i)), ...places.map((t) => cell(moved[i * T + t])))));
    heads.replaceChildren(tr(make("td"), ...upTo(H, (h) => th(`head ${h}`, "col"))),
      ...upTo(L, (l) => tr(th(`layer ${l}`), ...upTo(H, (h) => cell(ofHeads[l * H + h])))));
    legends.replaceChildren(legend(app.theme, ["−100 %", "0", "100 %"], { both: true, word: "moved" }));
    says.textContent = `Left out: the ${begin} places before, alike in both${frame.size ? `, and ${T - begin - places.length} of the frame where nothing moves` : ""}.${app.off().length ? " All heads are on here." : ""}`;
  };
  return { node: div("", titled("Two prompts, one place exchanged"), input, wanting, body), draw };
};
