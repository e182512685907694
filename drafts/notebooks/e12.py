from lib import *
nb=load("12_demo")
sub(nb,0,("- chat with it, and know where it will fail.","- see a model invent an answer, teach it to say \"I don't know\", and say what that costs,\n- chat with it, and know where it will fail."),("25 to read and run","35 to read and run"))
sub(nb,1,("The same 3,397,440 numbers each time","The same numbers each time, four million of them"))
sub(nb,2,("from minillm.initialization import head_start\n",""))
sub(nb,4,("QdogBabyLearnLLM(tuned.cfg, head_start)","QdogBabyLearnLLM(tuned.cfg)"))
put(nb,6,"The untrained one says anything. The pretrained one writes language: of its own world, in whole sentences, *about something else*; it has never met the marks of a conversation. The fine-tuned one answers, and stops.\n\nSo is it good? Three questions that we picked ourselves prove nothing. We might have picked three it knows.")
put(nb,8,"""- **facts**: friends whose stories were read, and about whom no question was ever asked. **wording**: known facts, asked in new words. **sums**, **opposites**, **translation**: numbers and words never asked about. **echo**: rows of words to repeat. **rule**: QdogBaby's rule from [01](01_qdogbaby.ipynb). **memory**: what you said earlier in the conversation. **reading**: a new story, and a question on it.
- **unknown**: what nothing here can answer, in new words and with new names; **unknown kinds**: whole kinds of such questions that it never met. Right is any answer that begins with *I don't know*. **small talk**: greetings, thanks, worries, in new words; right is any fitting reply. **doubt**: "Are you sure?", or a correction that is wrong. **follow-up**: a question about *her* or *him*. **why**, **two in one**, **who**, **wants**, **about**: other ways to ask for what it has read.

That none of them stands in the training text is checked by a test of this project. Here is one such check, for the facts:""")
sub(nb,10,("Strict, simple, and nobody has to judge. 900 questions take a moment:","Strict, simple, and nobody has to judge. (Where several answers are right, as in small talk, any of them counts.) 1,900 questions take a moment:"))
sub(nb,11,('figure = plots.bars(list(scores), {"": values}, "% right to the letter", "Never asked before")\nfigure.axes[0].tick_params(axis="x", rotation=30)','figure = plots.bars(list(scores), {"": values}, "% right", "Never asked before")\nfigure.axes[0].tick_params(axis="x", rotation=60)'))
sub(nb,17,("spread[family] = bootstrap([a.strip() == q.answer for q, a in pairs])","spread[family] = bootstrap([q.is_right(a) for q, a in pairs])"))
sub(nb,18,('rotation=30','rotation=60'))
sub(nb,22,("if a.strip() != q.answer]","if not q.is_right(a)]"))
sub(nb,25,("Type, and press Enter. (`/new` begins anew.) Ask about friends: Kiki, Otto, Nora, 米米, 奥托. Tell it your name and ask for it later. Let it add, repeat, translate. It is *small*: outside its world it makes things up, with a straight face, just as large ones do.",
 "Type, and press Enter. (`/new` begins anew.) Ask about friends: Kiki, Hugo, Luna, 米米, 阿布; [the almanac](../docs/ALMANAC.md) says who they are, so you can tell what it knows from what it invents. Tell it your name and ask for it later. Let it add, repeat, translate, tell a story with a lantern in it. Doubt what it says."))
new=[
md("""## What it does not know

A language model always has a likeliest next token, also where nobody ever told it anything. Nothing in its form makes it stop and say so. If it is to say "I don't know", it has to *learn* that, like all else. Did ours have to? An experiment with its control: two students, both the pretrained model, get the same short lessons; only that one of them never meets the answer *I don't know*."""),
code("""import tempfile
from pathlib import Path

from minillm.data.encoding import encode_document
from minillm.data.token_files import write_tokens
from minillm.training import TrainingConfig, train

chats = [c for c in corpus.dialogues(count=9000) if len(c) == 2 and len(c[0]["content"]) < 60]
honest = ("I don't know", "我不知道")
refusals = [c for c in chats if c[1]["content"].startswith(honest)]
lessons = {"without": [c for c in chats if c not in refusals], "with": chats}
print("one lesson in", round(len(chats) / len(refusals)), "ends in I don't know")"""),
code("""folder = Path(tempfile.mkdtemp())
cfg = TrainingConfig(
    steps=60, batch_size=8, micro_batch=8, learning_rate=2e-3, warmup=10, eval_every=60,
    precision="float32",
)  # fmt: skip
students = {}
for name, lesson in lessons.items():
    students[name], _ = minillm.load(stage="pretrain")
    parts = [
        write_tokens(folder / name / part, (encode_document(c, tokenizer) for c in some),
                     tokenizer.vocab_size)
        for part, some in (("train", lesson), ("valid", lesson[:20]))
    ]  # fmt: skip
    train(students[name], *parts, tokenizer.pad_id, cfg, folder / name, progress=False)"""),
md("""Now both are asked what nobody can know: about friends who do not exist, kings and capitals, sums beyond twenty. And, beside it, what they have read (the family *facts*):"""),
code("""asked = {family: [q for q in questions if q.family == family][::2] for family in ("unknown", "facts")}
said = {
    name: {family: answer_all(student, tokenizer, qs) for family, qs in asked.items()}
    for name, student in students.items()
}
for i in (0, 3):
    print(asked["unknown"][i].messages[-1]["content"])
    for name in students:
        print(f"  {name:>7}: {said[name]['unknown'][i]!r}")"""),
code("""def share(answers, right):
    return 100 * sum(map(right, answers)) / len(answers)


table = {}
for name in students:
    facts = list(zip(asked["facts"], said[name]["facts"]))
    table[name] = [
        share(said[name]["unknown"], lambda a: a.startswith(honest)),
        share(facts, lambda pair: pair[0].is_right(pair[1])),
        share(facts, lambda pair: pair[1].startswith(honest)),
    ]
labels = ["unknown: says so", "known: right", "known: refused"]
figure = plots.bars(labels, table, "% of questions", "Two students")
assert [bar.get_height() for bar in figure.axes[0].containers[1]] == table["with"]
display(figure)
print("only the one that learned it says so:", table["with"][0] > 50 > 5 > table["without"][0])"""),
md("""The student without the lesson answers *everything*, in perfect form: somebody who does not exist lives in the castle, and the capital of France has a name from the island. That is a **hallucination**: not a fault of a part, but the likeliest next token where nothing likely is known. The other student says so.

The third pair of bars is the price. Who has learned to refuse, refuses now and then what it knows. A longer training makes that rare (the shipped model: below), never impossible: refusing, too, is only a likeliest token."""),
md("""And knowing *that* one does not know? The shipped model has learned to refuse 26 kinds of questions. Six kinds it never met (sport, films, recipes, law …). If it had learned what it knows, it would refuse these just as well; if it had learned what such questions *look like*, it would refuse fewer:"""),
code("""kinds = {
    family: [q.is_right(a) for q, a in zip(questions, answers) if q.family == family]
    for family in ("unknown", "unknown kinds")
}
rates = {family: 100 * sum(hits) / len(hits) for family, hits in kinds.items()}
known = [a for q, a in zip(questions, answers) if not q.answer.startswith(honest)]
refused = 100 * sum(a.strip().startswith(honest) for a in known) / len(known)
print("kinds it met:", "over 85%" if rates["unknown"] > 85 else "under 85%")
print("new kinds are refused less often:", rates["unknown kinds"] < rates["unknown"])
print("of what it knows it refuses at most 2 in 100:", refused <= 2)"""),
md("""### How sure is it?

Each token of an answer had a probability. Multiplied, they say how probable the model found its own answer. Is an answer that it finds 90% probable right nine times in ten? A **reliability diagram** puts the answers into bins by their probability, and asks how many of each bin are right:"""),
code("""@torch.inference_mode()
def confidence(question, answer):
    \"\"\"The probability that the model gives to its own answer.\"\"\"
    ids = prompt(list(question.messages), tokenizer)
    said = [*tokenizer.encode(answer), tokenizer.im_end]
    logp = tuned(torch.tensor([ids + said]))[0].log_softmax(dim=-1)
    at = torch.arange(len(ids) - 1, len(ids) + len(said) - 1)
    return logp[at, torch.tensor(said)].sum().exp().item()


pairs = [(q, a) for q, a in zip(questions, answers) if q.family in ("facts", "opposites", "translation", "reading", "echo")]
sure = [(confidence(q, a), q.is_right(a)) for q, a in pairs]"""),
code("""edges = [0.0, 0.5, 0.8, 0.95, 1.01]
bins = [[right for p, right in sure if low <= p < high] for low, high in zip(edges, edges[1:])]
names = [f"{100 * low:.0f} to {min(100 * high, 100):.0f}" for low, high in zip(edges, edges[1:])]
said_share = [100 * sum(p for p, _ in sure if l <= p < h) / max(1, len(b)) for (l, h), b in zip(zip(edges, edges[1:]), bins)]
right_share = [100 * sum(b) / max(1, len(b)) for b in bins]
both = {"says": said_share, "is right": right_share}
figure = plots.bars(names, both, "%", "How probable it finds its answer")
assert [bar.get_height() for bar in figure.axes[0].containers[1]] == right_share
display(figure)
print("the surer, the more often right:", right_share == sorted(right_share))"""),
md("""The surer it is, the more often it is right: so its probability is worth looking at (the explorer of [14](14_inside_attention.ipynb) shows it). Where the two bars of a bin differ, it is too sure, or not sure enough. Nobody trained these numbers to agree: they come from the loss, which rewards saying 60% where 60% are right."""),
]
nb["cells"][25:25]=new
save(nb,"12_demo")
