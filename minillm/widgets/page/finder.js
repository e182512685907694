// The head finder: heads sorted by a score over many texts, and what each does.

const SCORES = { "one back": "the token before", "first token": "the first token", twin: "the same token, earlier", induction: "what came after the same token", entropy: "few tokens (entropy in bits)", marked: "the *marked* word, from the last token" };

const makeFinder = (app) => {
  const select = make("select", { "aria-label": "Heads that look at" }, ...entries(SCORES).map(([value, text]) => make("option", { value, text })));
  const table = make("table"), says = soft("", "status");
  const find = async () => {
    says.textContent = "reading …";
    const found = await app.source.once({ what: "find", score: select.value });
    if (found.error) { says.textContent = found.error; table.replaceChildren(); return; }
    table.replaceChildren(heading("head", "score", "without it the loss rises by", "without others of its layer", "best example"),
      ...found.rows.map(({ layer, head, score, effect, random, example }) => tr(make("td", {}, button(headName([layer, head]), () => app.set({ layer, head, view: "look" }))), td(score.toFixed(2)), td(signed(effect, 3)), td(random === null ? "–" : signed(random, 3)), make("td", { class: "example", text: example.slice(0, 80) }))));
    says.textContent = `${found.texts} texts. ${WORDS.find}`;
  };
  return div("", titled("Head finder"), div("ask", "heads that look at ", select, button("find", find)), says, scroll("Heads found", table));
};
