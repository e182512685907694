import sys; sys.path.insert(0,"drafts/notebooks")
from nbedit import *
nb=NB("04_embeddings.ipynb")
nb.sub("cell-00",'''- build the table of sines and cosines, and say why it is a good start for a *learned* position
  table.
''','''- build the table of sines and cosines, and say what it has from the start that random numbers have
  to learn.
''')
nb.sub("cell-02","from minillm.initialization import head_start\n","")
nb.sub("cell-28",'''GPT-2 learns its position table from random numbers. The 2017 paper *Attention Is All You Need*
computed its table instead, from **sinusoids**''','''The position table above started as random numbers, and had to be learned. The 2017 paper *Attention
Is All You Need* computed its table instead, from **sinusoids**''')
a=nb.md("new-c","one-back-a",'''
What is that worth? Give someone the vector of a place, and ask for the place before it. One matrix
has to answer for all places. Find the best one at every second place (*least squares*, by the
pseudoinverse: its answers come nearest to the right vectors). Then ask it at the places between,
which it has not seen:
''')
a=nb.code(a,"one-back-b",'''
def one_back(table):
    """How often the best matrix names the place before: where it was fitted, and between."""
    fitted, between = torch.arange(2, 256, 2), torch.arange(1, 256, 2)
    inverse = torch.linalg.pinv(table[fitted], rtol=1e-3)  # leaves out what is nearly 0
    matrix = inverse @ table[fitted - 1]  # (C, C)
    named = (table @ matrix @ table.T).argmax(dim=1)  # the place most like what came out
    return [(named[places] == places - 1).float().mean().item() for places in (fitted, between)]


torch.manual_seed(0)
for name, table in {"sinusoids": sinusoids(256, 96), "random": torch.randn(256, 96)}.items():
    fitted, between = one_back(table)
    print(f"{name:>9}: right where it was fitted {fitted:4.0%}, between {between:4.0%}")
''')
nb.set("cell-38",'''
With random vectors the matrix knows by heart what it was shown, and nothing else. With sinusoids
there is a rule to be found, and the rule holds everywhere.

### GPT-2's way

GPT-2 gives up that advantage. Its `pos_emb` is an `nn.Embedding` that begins as random numbers and
trains like everything else, and so is ours:
''')
nb.set("cell-39",'''
torch.manual_seed(0)
model = QdogBabyLearnLLM(PRESETS["nano"])
start = model.pos_emb.weight
print("standard deviation 0.02:", abs(start.std().item() - 0.02) < 0.001, end="   ")
print("it trains:", start.requires_grad)
''')
a=nb.md("cell-39","learned-a",'''
So nothing tells the model that place 101 is beside place 100. Does it find out? The model that
comes along with the course began like this one. Compare its place 100 with every other, before and
after training, by the **cosine** of the angle between two vectors: their dot product once both are
normalized to length 1. It is 1 for the same direction, 0 for a right angle.
''')
a=nb.code(a,"learned-b",'''
trained, subwords = minillm.load(stage="pretrain")
torch.manual_seed(0)
cosine_to_100 = {}
for name, m in {"before": QdogBabyLearnLLM(trained.cfg), "after": trained}.items():
    places = F.normalize(m.pos_emb.weight.detach(), dim=1)  # (256, C), each of length 1
    cosine_to_100[name] = (places @ places[100]).tolist()
after = cosine_to_100["after"]
print("its neighbours are like it:", min(after[98:103]) > 0.5, end="   ")
print("those far away less:", max(after[200:]) < 0.5)
''')
a=nb.code(a,"learned-c",'''
labels = "position", "cosine with position 100"
figure = plots.lines(list(range(256)), cosine_to_100, *labels, "What training made of it")
assert list(figure.axes[0].lines[1].get_ydata()) == after
display(figure)
''')
a=nb.md(a,"learned-d",'''
It found out. Near places have become alike and distant ones have not, in slow waves like those of
the hour hand above: what the paper computed, training finds from text alone. But it has to be
learned, and that takes steps. One can have both: the sinusoids as the *first* values of a table
that trains. Try it on `nano` in [09](09_pretraining.ipynb), before it learns:

```python
with torch.no_grad():
    nano.pos_emb.weight.copy_(0.02 * math.sqrt(2) * sinusoids(256, 128))
```

(A sine has the mean square ½, so the numbers are then as large as GPT-2's.)
''')
nb.set("cell-40",'''
## What a trained table knows

The token table of that model started as random numbers, too. It has read about penguins, and about
little else. Which token vectors point the same way now?
''')
nb.sub("cell-41",'trained, subwords = minillm.load(stage="pretrain")\n','')
nb.save()
