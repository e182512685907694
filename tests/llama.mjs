// Reads {gguf, texts, tokens} from standard input; prints for each text its ids in llama.cpp and
// the ids that it takes one after the other when it always takes the likeliest.
import {readFileSync} from "node:fs";
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const {gguf, texts, tokens} = JSON.parse(readFileSync(0, "utf-8"));
const llama = await getLlama({
  build: "never", gpu: false, skipDownload: true, logLevel: LlamaLogLevel.error,
});
const model = await llama.loadModel({modelPath: gguf});
const context = await model.createContext({
  contextSize: model.trainContextSize, threads: 1, flashAttention: false,
  experimentalKvCacheKeyType: "F32", experimentalKvCacheValueType: "F32",
});
const sequence = context.getSequence();
const answers = [];
for (const text of texts) {
  const ids = model.tokenize(text, true);
  const taken = [];
  await sequence.clearHistory();
  for await (const token of sequence.evaluate(ids, {temperature: 0, yieldEogToken: true})) {
    taken.push(token);
    if (taken.length == tokens) break;
  }
  answers.push({ids, taken});
}
process.stdout.write(JSON.stringify(answers));
process.exit(0);
