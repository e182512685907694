// Why: the lead over a rival as a sum, beside each part what it does, and the guess after each layer.

const SHOWN = 6; // parts listed before "the rest" is opened
const largest = (parts) => [...parts].filter(({ name }) => name !== "the rest").sort((a, b) => Math.abs(b.share) - Math.abs(a.share));

const leadInWords = (lead) => {
  const times = 2 ** Math.abs(lead), many = count(Number(times.toPrecision(2)));
  return `lead ${signed(lead)} doublings: ${many} times as likely${lead < 0 ? " is the rival" : ""}`;
};
const diverging = (x, most) => make("span", { class: `axis ${x < 0 ? "against" : "for"}`, ...HIDDEN }, sized(make("i"), (50 * Math.abs(x)) / most));

const makeWhy = (app) => {
  const table = make("table", { class: "ledger" }), note = soft(), layers = make("table");
  const why = titled(), lead = span("lead"), rival = (name) => { app.local.rival = name; app.refresh(); };
  const select = make("select", { "aria-label": "Rival", disabled: app.saved, onchange: () => { other.value = ""; rival(Number(select.value)); } });
  const other = make("input", { "aria-label": "Another rival", placeholder: "or a word", size: "8", readonly: app.saved, onchange: () => { if (other.value.trim()) rival(other.value.trim()); } });
  let opened = false;
  const draw = () => {
    const { reason } = app;
    if (!reason) return;
    why.replaceChildren("Why ", marked(app.chosenName()), " and not ");
    if (app.local.rival === null && document.activeElement !== other) other.value = "";
    lead.textContent = reason.error ? "" : leadInWords(reason.lead);
    lead.dataset.lead = reason.lead;
    if (reason.error) { table.replaceChildren(); layers.replaceChildren(); note.textContent = reason.error; return; }
    select.replaceChildren(...reason.rivals.map(({ id, label }) => make("option", { value: id, text: plain(label), selected: id === reason.rival.id })));

    const order = largest(reason.parts), top = order.slice(0, SHOWN), rest = reason.parts.filter((part) => !top.includes(part));
    const sum = rest.reduce((total, { share: x }) => total + x, 0), most = Math.max(...reason.parts.map(({ share: x }) => Math.abs(x)), Math.abs(sum), 1e-9);
    const known = (app.isNew("effects") && app.effects.effects) || {}, far = Math.max(most, ...Object.values(known).map(Math.abs));
    const effectOf = (name) => {
      if (name in known) return [diverging(known[name], far), make("span", { text: `${known[name] < 0 ? "rises" : "falls"} ${Math.abs(known[name]).toFixed(2)}`, "data-effect": known[name] })];
      if (!/^(head|feed-forward) /.test(name)) return [span("soft", "can't be off")];
      return app.saved ? ["–"] : [button("try", () => app.tryOff(name), { "aria-label": `switch ${name} off and measure` })];
    };
    const row = (name, x, effect, extra = {}) => make("tr", extra, make("th", { scope: "row" }, name), make("td", { "data-share": x }, diverging(x, far), make("span", { text: signed(x) })), make("td", {}, ...effect));
    const more = button(`the rest (${rest.length}) ${opened ? "▾" : "▸"}`, () => { opened = !opened; draw(); }, { "aria-expanded": `${opened}` });
    const focused = table.contains(document.activeElement) ? document.activeElement.closest("tr").rowIndex : -1;
    table.replaceChildren(
      heading("part", "its share of the lead", "switched off, the lead"),
      ...top.map(({ name, share: x }) => row(name, x, effectOf(name))),
      row(more, sum, []),
      ...(opened ? [...order.slice(SHOWN), ...reason.parts.filter(({ name }) => name === "the rest")].map(({ name, share: x }) => row(name === "the rest" ? "biases of norm and head" : name, x, effectOf(name), { class: "inner" })) : []),
      make("tr", { class: "sum" }, th("all together"), make("td", {}, make("span", { class: "axis" }), make("span", { text: signed(reason.lead) })), make("td")),
    );
    if (focused >= 0) (table.rows[focused].querySelector("button") || more).focus();
    note.textContent = WORDS.why;
    const before = (i) => (i === 0 ? "before layer 0" : `after layer ${i - 1}`);
    layers.replaceChildren(
      heading("read", "it would say", "with", `rank of ${app.chosenName()}`),
      ...reason.lens.map(({ token, p, rank }, i) => make("tr", { "data-rank": rank }, th(before(i)), make("td", { class: p < 0.5 ? "unsure" : null, text: plain(token) }), td(percent(p)), td(count(rank)))),
    );
  };
  const node = make("div", { class: "why" },
    div("", div("ask", why, select, other, lead), scroll("Shares", table), note),
    div("", titled("If it had to answer here ", make("small", { text: "read as the last layer is read" })), scroll("Lens", layers)));
  return { node, draw };
};
