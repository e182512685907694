// Where all numbers come from: Python, or the answers stored in a page.

const sorted = (question) => JSON.stringify(Object.fromEntries(entries(question).sort(([a], [b]) => (a < b ? -1 : 1))));

// One message is on its way at a time; of what is wanted meanwhile, the newest is asked.
const pythonSource = (model) => {
  let number = Math.floor(Math.random() * 2 ** 40), going = null, waiting = null;
  const send = (batch) => { going = { ...batch, number: ++number }; model.send({ number, questions: batch.questions }); };
  const alone = new Map(); // questions of their own, beside what is drawn
  const receive = (reply, buffers) => {
    const rest = [...(buffers || [])], answers = (questions) => reply.answers.map((answer, i) => ({ key: sorted(questions[i]), ...answer, buffers: rest.splice(0, answer.buffers) }));
    const done = alone.get(reply.number), batch = going, next = waiting;
    if (done && alone.delete(reply.number)) done(answers([{}])[0]);
    else if (batch?.number === reply.number) {
      going = waiting = null;
      batch.take(answers(batch.questions), reply.version);
      if (next && !going) send(next);
    }
  };
  model.on("msg:custom", receive);
  return {
    ask: (questions, take) => { if (going) waiting = { questions, take }; else send({ questions, take }); },
    once: (question) => new Promise((done) => { alone.set(++number, done); model.send({ number, questions: [question] }); }),
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
