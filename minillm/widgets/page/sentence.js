// Prompt and answer, token by token. The chosen one is framed; what the shown head takes from is shaded.

const makeSentence = (app) => {
  const line = make("div", { class: "sentence", role: "listbox", tabindex: "0", "aria-label": "Prompt and answer; arrows choose a word" });
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const instead = make("p", { class: "instead" });
  let chips = [];
  // A chip stands for the choice of its token, at the position before it; the last for the guess.
  const drawTokens = () => {
    const { view } = app;
    const chip = (t, token) => {
      const node = make("span", { role: "option", id: fresh("token"), "data-t": t });
      node.textContent = plain(token);
      node.classList.toggle("minillm-word", /^␣./.test(token)); // the space stands before the frame
      node.classList.toggle("minillm-next", t >= view.T);
      if (t && t < view.T && view.losses.length) {
        const nats = view.losses[t - 1], times = Math.exp(nats);
        node.style.borderBottomColor = css(shade(app.theme, Math.min(1, 0.15 + nats / 8)));
        node.title = `expected 1 in ${times < 10 ? times.toFixed(1) : count(Math.round(times))}: surprise ${nats.toFixed(2)} nats`;
        node.setAttribute("aria-label", `${plain(token)}, ${node.title}`);
      }
      node.open = t > view.first; // the model chose it
      if (node.open) node.onclick = () => app.set({ position: t - 1 });
      else node.setAttribute("aria-disabled", "true");
      return node;
    };
    chips = view.tokens.map((token, t) => (app.columnOf(t) < 0 ? null : chip(t, token)));
    chips.push(chip(view.T, view.next));
    line.replaceChildren(...chips.flatMap((node, t) => [t === view.asked ? make("span", { class: "arrow", text: "→", role: "presentation" }) : null, node?.classList.contains("minillm-word") ? " " : null, node]).filter(Boolean));
    line.classList.toggle("minillm-plain", view.losses.length > 0);
    const off = app.off();
    instead.hidden = !(off.length && (view.says || view.changed));
    instead.replaceChildren(`Without head${off.length > 1 ? "s" : ""} ${off.map(headName).join(", ")} it ${view.changed ? "says: " : "says the same."}`, ...(view.changed ? [strong(view.says || "(nothing)")] : []));
  };

  const drawShades = () => {
    const { view, numbers } = app, at = app.place();
    const row = app.rowOf(at), C = view.columns.length, shown = app.tab() === "look" && row >= 0;
    chips.forEach((node, t) => {
      if (!node) return;
      const isChosen = t === at + 1, rgb = shown && t <= at ? shade(app.theme, Math.sqrt(numbers.weights[row * C + app.columnOf(t)])) : null;
      node.setAttribute("aria-selected", isChosen);
      node.classList.toggle("minillm-later", t > at + 1);
      node.style.background = rgb ? css(rgb) : "";
      node.style.color = rgb ? inkOn(rgb) : "";
      if (isChosen) {
        line.setAttribute("aria-activedescendant", node.id);
        if (line.scrollHeight > line.clientHeight) line.scrollTop = node.offsetTop - line.offsetTop - line.clientHeight / 2;
      }
    });
  };

  const drawCaption = () => {
    const { numbers } = app, at = app.place(), chosen = marked(app.chosenName());
    if (app.tab() !== "look") { caption.replaceChildren("Tap a word to ask about it. Chosen: ", chosen, "."); return; }
    const row = app.rowOf(at), { columns } = app.folded, name = `layer ${numbers.layer}, head ${numbers.head}`;
    const best = columns.map((column, k) => ({ ...column, p: numbers.weights[row * columns.length + k] })).sort((a, b) => b.p - a.p).filter(({ p }, i) => i < 3 && (p >= 0.03 || !i));
    const isOff = app.isOff(numbers.layer, numbers.head);
    caption.replaceChildren("Choosing ", chosen, ", ", strong(name), isOff ? " is switched off and adds nothing. It would take " : " takes ");
    best.forEach(({ label, p, from }, i) => caption.append(i ? ", " : "", `${percent(p)} from `, from.length > 1 ? "the frame" : strong(plain(label))));
    caption.append(".");
  };

  onMove(line, () => app.view, (rows, columns) => {
    const open = chips.map((node, t) => (node?.open ? t : null)).filter((t) => t !== null), now = open.indexOf(app.place() + 1);
    app.set({ position: open[within(now + rows + columns, open.length)] - 1 });
  });
  return { nodes: [line, caption, instead], drawTokens, draw: () => { drawShades(); drawCaption(); } };
};
