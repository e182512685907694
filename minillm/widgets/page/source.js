// Where all numbers come from: Python, or the answers stored in a page.

const sorted = (question) => JSON.stringify(Object.fromEntries(Object.entries(question).sort(([a], [b]) => (a < b ? -1 : 1))));

// One message is on its way at a time; of what is wanted meanwhile only the newest is asked.
const pythonSource = (model) => {
  let number = 0, going = null, waiting = null;
  const send = (batch) => { going = { ...batch, number: ++number }; model.send({ number, questions: batch.questions }); };
  const receive = (reply, buffers) => {
    if (!going || reply.number !== going.number) return;
    const { questions, take } = going, rest = [...(buffers || [])];
    going = null;
    take(reply.answers.map((answer, i) => ({ key: sorted(questions[i]), ...answer, buffers: rest.splice(0, answer.buffers) })));
    if (waiting) { const next = waiting; waiting = null; send(next); }
  };
  model.on("msg:custom", receive);
  return {
    ask: (questions, take) => { if (going) waiting = { questions, take }; else send({ questions, take }); },
    // Beside the stream of what is drawn: one question of its own, answered when there is time.
    once: (question) => new Promise((done) => {
      const id = -(++number), hear = (reply, buffers) => { if (reply.number === id) { model.off("msg:custom", hear); done({ ...reply.answers[0], buffers: buffers || [] }); } };
      model.on("msg:custom", hear);
      model.send({ number: id, questions: [question] });
    }),
    stop: () => model.off("msg:custom", receive),
  };
};

const storedSource = (stored) => {
  const answers = new Map(stored.map(([question, answer]) => [sorted(question), answer]));
  const one = (question) => {
    const key = sorted(question), found = answers.get(key);
    if (!found) return { key, error: "This page holds no model: open the notebook to ask this.", buffers: [] };
    return { key, ...found, buffers: found.buffers.map((text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))) };
  };
  return { ask: (questions, take) => take(questions.map(one)), once: async (question) => one(question), stop() {} };
};
