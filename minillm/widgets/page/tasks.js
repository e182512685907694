// Three tasks. A guess is locked before the answer shows.

const quiz = (question, options, reveal) => {
  const field = radios("Your guess", options, null), told = make("p", { role: "status", tabindex: "-1" });
  const lock = button("lock my guess", async () => {
    const chosen = field.querySelector("input:checked");
    if (!chosen) { told.textContent = "Choose one first."; return; }
    field.disabled = true; lock.disabled = true;
    told.textContent = "…";
    try {
      const { right, words } = await reveal();
      told.replaceChildren(strong(Number(chosen.value) === right ? "Right. " : `You said: ${options[chosen.value]}. It is: ${options[right]}. `), ...words);
    } catch ({ message }) { told.textContent = message; }
    told.focus();
  });
  return div("quiz", make("p", {}, ...question), field, lock, told);
};

// Three others of the same layer, if it has them.
const othersOf = (app, layer, head) => upTo(app.view.H).filter((h) => h !== head).slice(0, 3).map((h) => [layer, h]);

const makeTasks = (app) => {
  const body = div(""), pick = make("div", { class: "buttons", role: "group", "aria-label": "Task" });
  const here = () => ({ text: app.get("text"), position: app.place(), off: app.off() });
  const once = async (what, asked) => {
    const found = await app.source.once({ what, ...asked });
    if (found.error) throw Error(found.error);
    return found;
  };
  const part = (pair) => `head ${headName(pair)}`;
  const say = (...nodes) => body.replaceChildren(...nodes);

  const whom = (place) => {
    const { weights } = app.numbers, at = app.place(), row = app.rowOf(at), shown = app.shown(), name = part(shown);
    const from = app.folded.columns.map((column, k) => ({ label: column.from.length > 1 ? "the frame" : `${plain(column.label)} (${column.from[0]})`, p: weights[row * app.folded.columns.length + k], later: column.from[0] > at })).filter(({ later }) => !later).sort((a, b) => b.p - a.p);
    const options = from.slice(0, 4).map(({ label }) => label).sort(), chosen = marked(app.chosenName());
    const first = quiz(["The model chooses ", chosen, `. From which of these does ${name} take most?`], options, async () => {
      then.hidden = false;
      return { right: options.indexOf(from[0].label), words: [`Head ${headName(shown)} takes ${from.slice(0, 3).map(({ label, p }) => `${percent(p)} from ${label}`).join(", ")}.`] };
    });
    const then = quiz([`Take ${name} away. What happens to the probability of `, chosen.cloneNode(true), "?"], WORDS.falls, async () => {
      const probability = async (off) => (await once("why", { ...place, rival: null, off: [...place.off, ...off] })).lens.at(-1).chosen;
      const before = await probability([]), after = await probability([shown]), others = [];
      for (const other of othersOf(app, ...shown)) others.push(`${share(await probability([other]))} without ${part(other)}`);
      const ratio = after / before, right = ratio <= 0.5 ? 0 : ratio < 0.9 ? 1 : ratio <= 1.1 ? 2 : 3;
      return { right, words: [`It was ${share(before)}; without ${name} ${share(after)}. ${others.length ? `For comparison: ${others.join(", ")}. ` : ""}`, right === 2 ? "Where a head looks is not yet what the choice needs." : "The choice depends on it; more than on others? The comparison says."] };
    });
    then.hidden = true;
    say(first, then);
  };

  const bars = async (place, say) => {
    const reason = await once("why", { ...place, rival: null });
    const most = largest(reason.parts || []).find(({ name }) => name.startsWith("head "));
    if (!most) { say(reason.error || "All heads are off."); return; }
    const { name, share: x } = most, { rival } = reason, pair = name.slice(5).split(".").map(Number);
    say(quiz(["The model chooses ", marked(app.chosenName()), `. Of all heads ${name} has the largest share: ${signed(x)} of a lead of ${signed(reason.lead)} over “${plain(rival.label)}”. Switched off, by how much does the lead fall?`], WORDS.bars, async () => {
      const found = await once("effects", { ...place, rival: rival.id, parts: [name, ...othersOf(app, ...pair).map(part)] }), effect = found.effects[name], ratio = effect / x;
      const rest = entries(found.effects).filter(([other]) => other !== name).map(([other, y]) => `${other} ${signed(y)}`);
      return { right: ratio < 0 ? 3 : ratio < 0.5 ? 2 : ratio <= 2 ? 0 : 1, words: [`Without ${name} the lead falls by ${signed(effect)}${rest.length ? `; without others of its layer: ${rest.join(", ")}` : ""}. ${WORDS.share}`] };
    }));
  };

  const travel = async ({ text }, say) => {
    const other = app.get("other").trim();
    if (!other) { say("Write a second prompt under Swap first."); return; }
    const found = await once("swap", { text, other });
    const moved = floats(found.buffers[0]), { T, L } = found, end = upTo(L + 1, (i) => moved[i * T + T - 1]);
    const options = ["before all layers", ...upTo(L, (i) => `after layer ${i}`)];
    say(quiz([WORDS.travel], options, async () => ({
      right: end.findIndex((x) => x >= 0.5),
      words: [`Moved by the place where it answers: ${end.map((x, i) => `${i ? `after layer ${i - 1}` : "before"}: ${Math.round(100 * x)} %`).join(", ")}. Swap shows all places.`],
    })));
  };

  const tasks = { "1 · Whom does it read?": whom, "2 · What does the largest head's removal do?": bars, "3 · Where does the name travel?": travel };
  let about = "";
  const now = () => JSON.stringify([here(), app.shown(), app.get("other")]);
  for (const [name, begin] of entries(tasks)) pick.append(button(name, async () => {
    const asked = about = now();
    // What comes too late is not shown.
    try { await begin(here(), (...nodes) => { if (about === asked) say(...nodes); }); } catch ({ message }) { say(message); }
  }));
  const draw = () => { if (about !== now()) { about = now(); say(soft(WORDS.tasks)); } };
  return { node: div("", pick, body), draw };
};
