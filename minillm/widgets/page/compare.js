// Compare: two heads, or one in two prompts, and their difference.

const makeCompare = (app) => {
  const options = (size) => upTo(size, (i) => make("option", { value: i, text: i }));
  const layer = make("select", { "aria-label": "Other layer" }), head = make("select", { "aria-label": "Other head" });
  const which = radios("Compare with", { head: "another head", prompt: "another prompt" }, "head", (kind) => { app.local.compare.kind = kind; app.refresh(); draw(); });
  const input = secondPrompt(app);
  const choice = make("span", {}, "layer ", layer, " head ", head), says = soft("", "status");
  layer.onchange = head.onchange = () => { Object.assign(app.local.compare, { layer: Number(layer.value), head: Number(head.value) }); app.refresh(); };
  const panes = ["first", "second", "difference"].map((name) => {
    const title = make("h4"), read = make("p", { class: "read", "aria-live": "polite" }), under = div("");
    const map = makeMap(app, (at) => { read.textContent = !at ? "" : `${at.row.label} from ${at.column.label}: ${at.later ? "forbidden" : (name === "difference" ? signed : share)(at.values[at.i])}`; });
    return { title, map, under, read, node: div("", title, map.canvas, under, read) };
  });
  const body = div("three", ...panes.map(({ node }) => node));

  const draw = () => {
    const { view, numbers, compared, theme, folded } = app, { kind, layer: l, head: h } = app.local.compare;
    if (!view || !numbers) return;
    if (layer.childElementCount !== view.L || head.childElementCount !== view.H) { layer.replaceChildren(...options(view.L)); head.replaceChildren(...options(view.H)); }
    layer.value = l; head.value = h;
    choice.hidden = kind !== "head"; input.hidden = kind !== "prompt";
    const name = ({ layer: i, head: j }) => `layer ${i}, head ${j}`;
    body.hidden = !app.isNew("compared") || Boolean(compared.error);
    says.textContent = compared?.error || (kind === "prompt" && !app.get("other").trim() ? "Write a second prompt." : "");
    if (body.hidden) return;
    const there = kind === "prompt" ? app.view2 : view;
    if (!there) return;
    const fold2 = kind === "prompt" ? foldOf(there) : folded, side = app.side(panes[0].node);
    const first = mapOf(folded, numbers, "weights"), second = mapOf(fold2, compared, "weights"), alike = String(view.rows) === String(there.rows);
    const show = ({ title, map, under }, name, what, options) => {
      title.textContent = name;
      map.draw(what, { side, name, ...options });
      under.replaceChildren(legend(theme, what.step === "difference" ? ["−1", "0", "+1"] : ["0", "0.25", "1"], { both: what.step === "difference" }));
    };
    show(panes[0], name(numbers), first);
    show(panes[1], kind === "prompt" ? app.get("other").slice(0, 32) : name(compared), second, there === view ? {} : { chosen: -1 });
    panes[2].node.hidden = !alike;
    if (alike) show(panes[2], "first minus second", { ...first, step: "difference", values: first.values.map((value, i) => value - second.values[i]) });
    else says.textContent = "No difference: prompts, and answers, must have as many tokens each.";
  };
  return { node: div("", div("ask", which, choice, input), says, body), draw };
};
