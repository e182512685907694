import sys; sys.path.insert(0,"drafts/notebooks")
from nbedit import *
nb=NB("08_the_model.ipynb")
nb.sub("cell-00","**Minutes** 35 to read and run","**Minutes** 30 to read and run")
nb.sub("cell-02","from collections.abc import Callable, Sequence","from collections.abc import Sequence")
nb.sub("cell-02","from minillm.initialization import rotation, sinusoids\n","")
nb.sub("cell-10",'''    """The language model: ids (B, T) in, logits (B, T, V) out; position t depends on ids up to t.

    `start` sets the first weights: GPT-2's `init_weights`, or another such function.
    """

    def __init__(
        self,
        cfg: QdogBabyLearnConfig,
        start: Callable[["QdogBabyLearnLLM"], None] | None = None,
    ) -> None:
''','''    """The language model: ids (B, T) in, logits (B, T, V) out; position t depends on ids up to t.

    ValueError for more than `context_size` tokens.
    """

    def __init__(self, cfg: QdogBabyLearnConfig) -> None:
''')
nb.sub("cell-10","        (start or QdogBabyLearnLLM.init_weights)(self)\n","        self.init_weights()\n")
nb.set("cell-27",'''
Soup. (Another machine may cook another soup: its last digits differ, and one token changes all that
follow.) But it is well-measured soup. A model that knows nothing should give each of the V tokens
1/V, the uniform distribution of 01, and be surprised by ln V. Ask it about a thousand random ids:
''')
nb.set("cell-28",'''
def first_loss(cfg):
    """What a model that has learned nothing loses on a thousand random ids."""
    torch.manual_seed(0)
    m = QdogBabyLearnLLM(cfg).eval()
    ids = torch.randint(cfg.vocab_size, (8, 129))
    with torch.no_grad():
        return F.cross_entropy(m(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten()).item()


for name in ("nano", "mini"):
    uniform = math.log(PRESETS[name].vocab_size)
    print(f"{name}: ln V = {uniform:.2f}   first loss {first_loss(PRESETS[name]):.2f}")
''')
nb.set("gpt2-start",'''
## How GPT-2 starts

`init_weights` is GPT-2's way: every matrix is filled with random numbers, normally distributed with
mean 0 and standard deviation **0.02**, and every bias with 0. (OpenAI's own code gives the
positions 0.01; Hugging Face's gives them 0.02, too.)

Why random? Two neurons that start with the same weights get the same gradient, and stay twins for
ever.

Why so small? What the head reads comes out of a LayerNorm: C numbers of size 1. Each logit is a sum
of C of them, each times a random number, so the logits have a standard deviation of
$\\sigma = 0.02\\sqrt{C}$. That is 0.23 for `nano`, and 0.45 for the article's model: all are near 0,
so softmax makes the tokens nearly equal, and the loss is near ln V.
''')
nb.set("gpt2-logits",'''
sigma = 0.02 * math.sqrt(small.cfg.emb_dim)
near = abs(logits.std().item() / sigma - 1) < 0.05
print(f"the standard deviation of the logits is 0.02 · √C = {sigma:.2f}:", near)
''')
a=nb.md("gpt2-logits","gpt2-excess-why",'''
Near, and always a little above. Softmax divides by the sum of $e^{\\text{logit}}$, and the mean of
that is not $e^0 = 1$ but $e^{\\sigma^2/2}$: what is above 0 gains more than is lost below. So the
first loss is $\\ln V + \\sigma^2/2$:
''')
a=nb.code(a,"gpt2-excess",'''
for name in ("nano", "mini"):
    expected = math.log(PRESETS[name].vocab_size) + 0.02**2 * PRESETS[name].emb_dim / 2
    apart = abs(first_loss(PRESETS[name]) - expected)
    print(f"{name}: ln V + σ²/2 = {expected:.2f}   within 0.02 of the first loss: {apart < 0.02}")
''')
a=nb.md(a,"gpt2-no-theorem",'''
And why not 0.01, or 0.03? No theorem says so. The first GPT's paper has one sentence about it:
"Since layernorm is used extensively throughout the model, a simple weight initialization of
N(0, 0.02) was sufficient." Every LayerNorm brings the stream back to size 1, whatever came in. So
the exact number matters little, and nobody had a reason to change it.
''')
nb.drop("cell-32","start-a","start-b","start-c","start-d","start-e","start-f","cell-33","cell-34","cell-35","new-a","new-b","new-c")
nb.md("gpt2-picture","gpt2-plain",'''
Nothing in these numbers knows of language. What a model needs before all else is to copy: to look
one token back, to find the same word earlier in the text, and to say what followed it there. It has
to find that by itself, and on some day of its training it does ([14](14_inside_attention.ipynb)
shows the heads that do it). One can also write such heads in by hand; up to version 0.2.0 this
course did. With the optimizer of [09](09_pretraining.ipynb) the plain start turned out to be
enough. So all that our models can do, they have learned.
''')
nb.set("cell-36",'''
## What went into `minillm/`

`QdogBabyLearnConfig` and `QdogBabyLearnLLM` in [`minillm/model.py`](../minillm/model.py), the first
weights included. The whole file is shorter than this notebook.
''')
nb.set("cell-38",'''
## Exercises

### 1 · Memory to train &nbsp; ●○○ &nbsp; 5 minutes

Each parameter needs 4 bytes as a float32. Training keeps, besides the parameter itself, its
gradient, and what the optimizer remembers of earlier gradients: **one** running mean for each
number in a matrix of the blocks (Muon), **two** for every other parameter (AdamW). All of these are
float32, too; [09](09_pretraining.ipynb) shows both optimizers. Write
`training_bytes(matrices, others)`, where `matrices` and `others` say how many parameters there are
of each kind.
''')
nb.set("cell-39",'''
def training_bytes(matrices, others):
    # your code here
    ...
''')
nb.set("cell-40",'''
@checked
def check_training_bytes(answer):
    got = answer(1000, 100)
    if got is None:
        return "Not attempted yet"
    slips = {
        3400: "These are numbers; each has 4 bytes.",
        4400: "That is the parameters alone.",
        4800: "That is what the optimizer keeps; parameters and gradients are missing.",
        8800: "Parameters and gradients; the optimizer keeps something too.",
        9200: "Either the parameters or their gradients are missing.",
        13200: "That is one running mean for each; AdamW keeps two.",
        17600: "That is two running means for each; Muon keeps one.",
        17200: "Exchanged: the matrices are those with one running mean.",
        108800: "These are bits, not bytes.",
    }
    if got in slips:
        return slips[got]
    if got != 13600:
        return f"{got} for 1000 and 100: three numbers of 4 bytes each, and four of 4 bytes."
    wrong = another_example(answer, lambda matrices, others: 12 * matrices + 16 * others, (7, 3))
    if wrong:
        return wrong
    matrices = 16 * 12 * 512**2  # of the article's model
    megabytes = answer(matrices, 57_261_312 - matrices) / 1e6
    return f"Right: the article's model needs {megabytes:.0f} MB before it has read a word"


print(check_training_bytes(training_bytes))
''')
nb.set("cell-41",'''
def training_bytes_solution(matrices, others):
    return 4 * (3 * matrices + 4 * others)


print("The solution:", check_training_bytes(training_bytes_solution))
''')
nb.sub("cell-50",'''- Olsson and others, [*In-context Learning and Induction
  Heads*](https://transformer-circuits.pub/2022/in-context-learning-and-induction-heads/index.html):
  why copying comes first.
''','''- Radford and others, [*Improving Language Understanding by Generative
  Pre-Training*](https://cdn.openai.com/research-covers/language-unsupervised/language_understanding_paper.pdf):
  the first GPT, with the sentence about 0.02.
- Glorot and Bengio, [*Understanding the difficulty of training deep feedforward neural
  networks*](https://proceedings.mlr.press/v9/glorot10a.html): why the size of the first weights
  matters.
''')
nb.save()
