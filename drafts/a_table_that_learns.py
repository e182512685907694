# %% [markdown]
r"""
# 04 · A table that learns

← [03 · Byte-pair encoding](03_bpe.ipynb) ·
next: [05 · Embeddings](04_embeddings.ipynb) →

**You will be able to**
- say what logits, softmax, cross-entropy and a gradient are, each with a number beside it,
- train a table by hand, then with PyTorch, until it equals counting,
- look at a loss curve and say what is wrong with the loop that made it.

**You need** [01](01_qdogbaby.ipynb) to [03](03_bpe.ipynb), powers and logarithms from school. No
calculus: slopes are measured here.

**Minutes** 50 to read and run, 30 for the exercises.
"""

# %% [markdown]
r"""
## Another way to the same table

[01](01_qdogbaby.ipynb) counted which word follows which, and divided. That works where each number
of the model *is* a count, and in the networks that are coming none is.

So here is the other way, by which every model from here on learns. Begin with a table that knows
nothing. Measure how wrong it is. Change each number a little, in the direction that helps. Repeat.
Since we know the right table already, we can check each step against counting.

```
a word → its row of numbers → softmax → P(next word) → −ln P → mean: the loss
                ↑                                                    │
                └─── change each number a little ←─── slopes ←───────┘
```

Every word in that drawing is explained below. First the text of 01 again:
"""

# %% tags=["setup"]
import math
import random

import torch
from torch import nn  # building blocks of networks
from torch.nn import functional as F  # functions on tensors

from minillm import plots
from minillm.exercises import another_example, checked, shape_of

# %%
# %matplotlib inline

# %% tags=["setup"]
text = """
the penguin likes fish .   the penguin likes ice .    the seal likes fish .
the seal can swim .        the penguin can swim .     the penguin can talk !
can the penguin talk ?     the penguin can talk !
"""
words = text.split()
vocab = sorted(set(words))
V = len(vocab)
ids = torch.tensor([vocab.index(word) for word in words])  # (T,)
inputs, targets = ids[:-1], ids[1:]  # (T - 1,) each: a word, and the word that follows it

# %% [markdown]
r"""
T is 40 words and V is 12 different ones, the letters of 01. `inputs` are all words but the last,
`targets` all but the first. Side by side they are the 39 neighbours that 01 counted, and the target
is the right answer. (`[f(x) for x in xs]` is Python's short form of a loop that builds a list.)

> **Tensors, in one minute.** A **tensor** is a block of numbers of one kind. Its **shape** says how
> many there are along each direction, and a direction is called a **dimension** (`dim`). Shape
> `(39,)` is a list of 39 numbers. Shape `(12, 12)` is a table: dimension 0 has 12 rows, dimension 1
> has 12 columns. Shape `()` is a single number, which `.item()` takes out; `.tolist()` makes lists.
> `table.sum(dim=1)` adds along dimension 1, so each row becomes its sum; with `keepdim=True` these
> sums stay a column, `(12, 1)`, and each row can be divided by its own.

Here is 01's table, with a loop instead of its one call (`zip` walks along two lists at once):
"""

# %%
counts = torch.zeros(V, V)  # (V, V)
for word, following in zip(inputs, targets):
    counts[word, following] += 1
counted = counts / counts.sum(dim=1, keepdim=True)  # (V, V): P(next | word)
for name, tensor in {"inputs": inputs, "counts": counts, "sum of counts": counts.sum()}.items():
    print(f"{name:>13}  shape {tuple(tensor.shape)}")

# %% [markdown]
r"""
A tensor can be indexed by tensors of ids. `counted[inputs]` takes one *row* for each of 39 ids.
`counted[inputs, targets]` takes one *number* for each pair: the probability that the table gave to
the word that really came.
"""

# %%
p_came = counted[inputs, targets]  # (T - 1,)
print(tuple(counted[inputs].shape), tuple(p_came.shape))
for word, following, p in list(zip(words, words[1:], p_came.tolist()))[:4]:
    print(f"{word:>8} → {following:<8} P = {p:.3f}")

# %% [markdown]
r"""
## Why a logarithm?

A good table gives a high probability to the text as a whole: that of the first word that came,
times that of the second, and so on.

**Predict, then run.** A text of 1,000 words, and a model that gives P = 0.4 to each word that
comes: 0.4 · 0.4 · 0.4 …, a thousand factors. What does Python print for `0.4**1000`?
"""

# %% collapsed=true jupyter={"outputs_hidden": true}
print(0.4**1000)

# %% [markdown]
r"""
<details><summary>Why?</summary>

`0.0`. The true value begins with 397 zeros after the point, and the smallest float above 0 has 323.
A possible text, and the computer says: impossible. So nobody multiplies that many probabilities.

</details>

The way out is from school. The **logarithm** of x, ln x, is the power to which the number e
(2.718…) has to be raised to give x, and ln(a · b) = ln a + ln b: *where probabilities multiply,
their logarithms add*. A sum of a thousand ordinary numbers is an ordinary number.
"""

# %%
ps = [0.25, 0.5, 0.4, 2 / 3]  # what 01 gave to the words of "the seal can talk !"
product, total = math.prod(ps), sum(math.log(p) for p in ps)
print(f"product {product:.3f}   sum of the logs {total:.3f}   e to that sum {math.exp(total):.3f}")
print(f"a thousand times ln 0.4: {1000 * math.log(0.4):.1f}")

# %% [markdown]
r"""
The logarithm of a number below 1 is negative. Turn the sign, and it measures how badly a prediction
went: **surprise**, −ln P (01 called it *surprisal*). What was certain and came has surprise 0, and
each time P is halved it grows by ln 2 = 0.693.
"""

# %%
for p in [1, 0.5, 0.25, 0.1, 0.01, 0.001]:
    print(f"P = {p:<6} surprise = {math.log(1 / p):.3f}")  # ln(1 / P) = −ln P

# %%
ps = [i / 100 for i in range(1, 101)]
surprises = [math.log(1 / p) for p in ps]
figure = plots.lines(ps, {"": surprises}, "P of the word that came", "surprise, −ln P")
print(f"at P = 0.01: {surprises[0]:.3f}   at P = 0.5: {surprises[49]:.3f}   at P = 1: 0")
display(figure)

# %% [markdown]
r"""
(`display` shows a figure.) To be unsure costs little; to be sure and wrong costs a lot; and the
wall on the left has no top.

## One number for a table

The mean surprise over all the words that came is called the **cross-entropy**. It is the **loss**
of 01: the one number that says how wrong a model is, the smaller the better. (With ln, its unit is
called *nat*.) On a tensor, `.log()` takes the logarithm of each number and `.mean()` the mean.
"""

# %%
def mean_surprise(table):
    return -table[inputs, targets].log().mean().item()


more = counts + 1  # add-one smoothing, exercise 2 of 01
print(f"uniform   {mean_surprise(torch.ones(V, V) / V):.3f}   ln 12 = {math.log(12):.3f}")
print(f"smoothed  {mean_surprise(more / more.sum(dim=1, keepdim=True)):.3f}")
print(f"counted   {mean_surprise(counted):.3f}")

# %% [markdown]
r"""
Counting wins, on the text that was counted. Can any table do better on it? Take the row of `the`,
where one number is to be chosen. `penguin` came six times and `seal` twice; a model gives
probability x to the penguin, and so 1 − x to the seal.

**Predict, then run.** For each x from 0.05 to 0.95 we draw the mean surprise of these eight words.
Where is the lowest point: at 0.5, at 0.75, or at 0.95 (always bet on the favourite)?
"""

# %% collapsed=true jupyter={"outputs_hidden": true}
xs = [i / 100 for i in range(5, 100, 5)]
valley = [(6 * math.log(1 / x) + 2 * math.log(1 / (1 - x))) / 8 for x in xs]
lowest = min(valley)
print(f"lowest: {lowest:.3f}, at x = {xs[valley.index(lowest)]}   at 0.95: {valley[-1]:.3f}")
display(plots.lines(xs, {"": valley}, "x = P(penguin | the)", "mean surprise"))

# %% [markdown]
r"""
<details><summary>Why?</summary>

At 0.75 = 6/8, exactly what counting says. Who bets 0.95 on the penguin is hardly surprised six
times, and very much twice: ln(1/0.05) = 3.0 for each seal.

</details>

A valley, and counting sits at its bottom. So there is a way to counting that needs no counting:
**wherever you stand, walk downhill.** The rest of this notebook is walking.

## Logits and softmax

One obstacle first. Probabilities obey rules: none is negative, and a row sums to 1. Change one
number, and a rule is broken. So let the table hold numbers that obey no rule, called **logits**.
When probabilities are needed, they are made from a row by **softmax**: raise e to the power of each
logit, which makes it positive; divide by the sum over all words j of the row, which makes the sum
1.

$$P_i = \frac{e^{\,\text{logit}_i}}{\sum_j e^{\,\text{logit}_j}}$$
"""

# %%
def softmax(logits):
    powers = [math.exp(x) for x in logits]
    return [power / sum(powers) for power in powers]


for x, p in zip([2, 0, -1], softmax([2, 0, -1])):
    print(f"logit {x:>2}   e to that power {math.exp(x):.3f}   P = {p:.3f}")

# %% [markdown]
r"""
**Predict, then run.** Add 100 to each of the three logits. Do the probabilities all become nearly
1, does only the largest survive, or does nothing change?
"""

# %% collapsed=true jupyter={"outputs_hidden": true}
print([round(p, 3) for p in softmax([2, 0, -1])])
print([round(p, 3) for p in softmax([102, 100, 99])])

# %% [markdown]
r"""
<details><summary>Why?</summary>

Nothing changes. e to the power of x + 100 is e to the power of x, times e to the power of 100: the
same factor above and below the line, so it cancels. (Add 1,000, and Python stops: e to the power of
1,000 is too large. PyTorch's softmax first subtracts the largest logit from all, which, as you now
know, changes nothing.)

</details>

So only the *differences* between the logits of a row count.

## Which way is downhill?

Now the smallest model that can learn: one row of three logits. After `penguin` came `can` three
times, `likes` twice and `talk` once (forget the other nine words for a while). We start it wrong on
purpose, with the most trust in `talk`.
"""

# %%
names = ["can", "likes", "talk"]
came = [3, 2, 1]  # how often


def loss_of(logits):
    p = softmax(logits)
    return sum(n * math.log(1 / q) for n, q in zip(came, p)) / 6


start = [-1.0, 0.0, 1.0]
print({name: round(p, 3) for name, p in zip(names, softmax(start))})
best = sum(n * math.log(6 / n) for n in came) / 6  # with P = n / 6
print(f"loss {loss_of(start):.3f}   by counting {best:.3f}")

# %% [markdown]
r"""
Should the logit of `can` go up or down? Nudge it by 0.001 and look. The change of the loss, divided
by the nudge, is the **slope** of the loss there.
"""

# %%
nudged = [-1.0 + 0.001, 0.0, 1.0]
change = loss_of(nudged) - loss_of(start)
print(f"the loss changes by {1000 * change:.3f} thousandths; slope = {change / 0.001:.3f}")

# %% [markdown]
r"""
Negative: logit up, loss down. In a picture, with a straight line of that slope:
"""

# %%
xs = [i / 10 for i in range(-30, 41)]
curve = [loss_of([x, 0.0, 1.0]) for x in xs]
line = [loss_of(start) + change / 0.001 * (x + 1) for x in xs]
for i in (20, 30, 60):
    print(f"logit {xs[i]:>4}   loss {curve[i]:.3f}   the line {line[i]:.3f}")
display(plots.lines(xs, {"loss": curve, "line": line}, "logit of “can”", "loss"))

# %% [markdown]
r"""
At −1 curve and line are one. One unit on they are 0.054 apart, and further off the line points into
the ground: a slope is true where it was taken. So steps are small, and after each we look again.

**Predict, then run.** `can` has slope −0.410. Of the other two, which has a negative slope as well?
(The table gives 0.245 to `likes` and 0.665 to `talk`. What does counting give them?)
"""

# %% collapsed=true jupyter={"outputs_hidden": true}
for i, name in enumerate(names):
    nudged = list(start)
    nudged[i] += 0.001
    print(f"{name:>5}  slope {(loss_of(nudged) - loss_of(start)) / 0.001:.3f}")

# %% [markdown]
r"""
<details><summary>Why?</summary>

`likes`: counting gives it 2/6 = 0.333, the table only 0.245, so it should go up. `talk` has 0.665
where 1/6 would be right, and its slope is positive: to lower the loss, lower that logit.

</details>

All the slopes together, one for each number that we may change, are the **gradient**. The numbers
that we may change are called the **parameters** of a model, or its **weights**.

## `backward()`: all slopes at once

Nudging costs one loss for each parameter: 144 for our table, a million for a small model of this
course. PyTorch does better. `requires_grad=True` tells it to take notes of all that is computed
from a tensor. `loss.backward()` goes through the notes backwards, from the loss to the tensor, and
finds every slope in one pass, by rules (the *chain rule* of calculus) instead of nudges. It puts
them into `.grad`. (`.softmax(dim=0)` is your `softmax`, along dimension 0, the only one of a single
row.)
"""

# %%
row = torch.tensor(start, requires_grad=True)  # (3,)
seen = torch.tensor([0, 0, 0, 1, 1, 2])  # can, can, can, likes, likes, talk
loss = -row.softmax(dim=0).log()[seen].mean()  # P, ln P, ln P of what came, mean, minus
loss.backward()
print(f"loss {loss.item():.3f}   gradient {[round(slope, 3) for slope in row.grad.tolist()]}")

# %% [markdown]
r"""
The three numbers of the nudges.

## What the slopes say

Now let a single word come, each of the three in turn, and put its gradient under P:
"""

# %%
print("      P  ", [round(p, 3) for p in softmax(start)])
for i, name in enumerate(names):
    row.grad = None  # forget the slopes of before
    loss = -row.softmax(dim=0).log()[i]
    loss.backward()
    print(f"{name:>5} came", [round(slope, 3) for slope in row.grad.tolist()])

# %% [markdown]
r"""
In each line two numbers are those of P, and the one of the word that came is P − 1. A list with a 1
in one place and 0 elsewhere is called **one-hot**. So:

> **The gradient of a surprise, for the logits of its row, is P − one-hot.** What did not come is
> pushed down by as much as it was trusted; what came is pushed up by as much as it was missing.

The mean of six one-hots, three for `can`, two for `likes`, one for `talk`, is (3/6, 2/6, 1/6): the
probabilities of counting! So the gradient of the loss, the mean of six surprises, is *P minus what
counting says*:
"""

# %%
p, share = softmax(start), [n / 6 for n in came]
gradient = [a - b for a, b in zip(p, share)]
print([round(slope, 3) for slope in gradient])
display(plots.bars(names, {"P": p, "counting": share, "slope": gradient}, digits=3))

# %% [markdown]
r"""
The same three again. That is why this will end at counting: the gradient is zero, and the walk
stops, where P is what counting says, and nowhere else.

## One step, by hand

Downhill is against the slope, so subtract it: one change of all the parameters, called a **step**.
How far it goes is the **learning rate**. A rule that makes steps is called an **optimizer**, and
the simplest of all is one line.
"""

# %%
row = torch.tensor(start, requires_grad=True)
loss = -row.softmax(dim=0).log()[seen].mean()
loss.backward()
rate = 1
with torch.no_grad():  # the step itself is not part of the loss: take no notes of it
    row -= rate * row.grad
print("logits ", [round(x, 3) for x in row.tolist()])
print(f"loss before {loss.item():.3f}, after {loss_of(row.tolist()):.3f}")

# %% [markdown]
r"""
## The second step

We want to go on, and there is a trap.

**Predict, then run.** Two times the same loss, two times `backward()`, no step between. What does
`.grad` hold after the second: the same slopes, their doubles, or an error?
"""

# %% collapsed=true jupyter={"outputs_hidden": true}
row = torch.tensor(start, requires_grad=True)
for _ in range(2):
    loss = -row.softmax(dim=0).log()[seen].mean()
    loss.backward()
    print([round(slope, 3) for slope in row.grad.tolist()])

# %% [markdown]
r"""
<details><summary>Why?</summary>

The doubles. `backward()` *adds* to what stands in `.grad`. It is meant to: a text too large for the
memory is worked through in pieces, and the slopes of the pieces add up.

</details>

So between two steps the old slopes have to go: by `row.grad = None`, or later by the `zero_grad()`
of an optimizer. Here is the loop, and `clear=False` leaves that line out:
"""

# %%
def descend(rate, clear=True):
    row, losses = torch.tensor(start, requires_grad=True), []
    for _ in range(40):
        loss = -row.softmax(dim=0).log()[seen].mean()
        if clear:
            row.grad = None
        loss.backward()
        with torch.no_grad():
            row -= rate * row.grad
        losses.append(loss.item())
    return row.softmax(dim=0).tolist(), losses

# %%
p, losses = descend(rate=1)
print("P", [round(x, 3) for x in p], f"  loss {losses[-1]:.3f}")

# %% [markdown]
r"""
Forty steps, and the row *is* counting: 3/6, 2/6, 1/6, with counting's loss of 1.011. The losses of
all steps, drawn, are a **loss curve**. It is what one watches while a model trains:
"""

# %%
curves = {"right": descend(0.3)[1], "bug": descend(0.3, clear=False)[1]}
print({name: (round(min(y), 3), round(y[-1], 3)) for name, y in curves.items()}, "(lowest, last)")
display(plots.lines(list(range(40)), curves, "step", "loss", "What forgetting to clear looks like"))

# %% [markdown]
r"""
With the bug each step is the sum of all slopes so far, and the model rolls through the valley like
a ball without brakes: down, through, up the other side, and back. There is no error message. The
curve is the only witness.

## How far?

The same row, forty steps, with three learning rates:
"""

# %%
curves = {f"rate {rate}": descend(rate)[1] for rate in (0.05, 1, 8)}
print({name: round(losses[-1], 3) for name, losses in curves.items()})
display(plots.lines(list(range(40)), curves, "step", "loss"))

# %% [markdown]
r"""
*Too low*: still on its way at 1.230. *Too high*: it jumps across the valley to a higher point,
again and again, and ends at 2.353, worse than the 1.741 it began with. Rate 1 has arrived: 1.011.
In practice one tries a few rates, and looks at the curves.

## The whole table

Twelve rows, all 0: softmax gives 1/12 to every word. `F.cross_entropy` takes logits, a row for each
pair, and the ids of the words that came; it does softmax, −ln and mean.
"""

# %%
table = torch.zeros(V, V, requires_grad=True)
logits = table[inputs]  # (T - 1, V): for each pair the row of its word
by_hand = -logits.softmax(dim=1).log()[range(39), targets].mean()  # in row n, targets[n]
loss = F.cross_entropy(logits, targets)
print(f"by hand {by_hand.item():.3f}, by F.cross_entropy {loss.item():.3f}", end="   ")
print(f"ln 12 = {math.log(12):.3f}")

# %% [markdown]
r"""
A model that knows nothing has the loss ln V. Now **train** it, that is, run the loop, with nothing
but your own line:
"""

# %%
by_hand = torch.zeros(V, V, requires_grad=True)
for _ in range(100):
    loss = F.cross_entropy(by_hand[inputs], targets)
    by_hand.grad = None
    loss.backward()
    with torch.no_grad():
        by_hand -= 20 * by_hand.grad
print(f"loss of the last step {loss.item():.3f}   by counting {mean_surprise(counted):.3f}")

# %% [markdown]
r"""
(Why is a rate of 20 not too high, when 8 was? The loss is now a mean over 39 pairs. The row of
`the` is in 8 of them, so for that row it is as if the rate were 20 · 8/39 = 4.1, and for the row of
`ice`, in one pair, 20 · 1/39 = 0.5.)

## What an optimizer saves you

`torch.optim.SGD` saves you the writing. The name is *stochastic gradient descent*: descent along
the gradient; what is stochastic, that is random, comes in a moment. It is given a list of what may
change, and `lr`, the learning rate. `zero_grad()` clears, and `step()` does `w -= rate * grad` for
each in the list.
"""

# %%
def train(table, optimizer, steps):
    for _ in range(steps):
        loss = F.cross_entropy(table[inputs], targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


table = torch.zeros(V, V, requires_grad=True)
train(table, torch.optim.SGD([table], lr=20), steps=100)
apart = (table - by_hand).abs().max().item()  # the largest of all differences, without its sign
print(f"largest difference from the table made by hand: {apart:.3f}")

# %% [markdown]
r"""
Those four lines, *loss, clear, backward, step*, will be in every training loop from here on. Longer
loops add something; none leaves one out.

### Until it equals counting

After 100 steps the loss is 0.548; counting has 0.540. Give it time:
"""

# %%
steps, from_zeros = 0, torch.zeros(V, V, requires_grad=True)
optimizer = torch.optim.SGD([from_zeros], lr=20)
for more in (100, 900, 2000):
    loss, steps = train(from_zeros, optimizer, more), steps + more
    learned = from_zeros.detach().softmax(dim=1)  # (V, V); `detach`: the numbers, without the notes
    apart = (learned - counted).abs().max().item()
    print(f"{steps:>5} steps   loss {loss:.3f}   furthest off of 144 probabilities {apart:.3f}")

# %%
torch.testing.assert_close(learned, counted, atol=0.001, rtol=0)
row = learned[vocab.index("the")]
print({word: round(p, 3) for word, p in zip(vocab, row.tolist()) if p > 0.001})
display(plots.heat(learned, vocab, vocab, "next word", "word", "Learned: P(next | word)"))

# %% [markdown]
r"""
The picture of 01, and none of its 144 probabilities is off by more than 0.001. (`assert_close`
stops with an error where two tensors are further apart than `atol`.) Counting took one pass over
the text, and this took 3,000. So why do it? Because nothing in the loop cares what the parameters
are. Put a network in the place of the table, and the same loop trains it.

### Adam

With SGD, a row seen once starts eight times as slowly as one seen eight times. `torch.optim.Adam`
keeps a running measure of how steep the ground has been for *each parameter*, and divides by it, so
that all move at about the same pace. The very first step shows it best:
"""

# %%
for name in ["SGD", "Adam"]:
    table = torch.zeros(V, V, requires_grad=True)
    optimizer = torch.optim.SGD([table], lr=20)
    if name == "Adam":
        optimizer = torch.optim.Adam([table], lr=0.3)
    train(table, optimizer, 1)
    moved = table.detach().abs()
    loss = train(table, optimizer, 20)
    ice = table.detach().softmax(dim=1)[vocab.index("ice"), vocab.index(".")].item()
    print(f"{name:<4} moved by {moved.min().item():.3f} to {moved.max().item():.3f};", end="  ")
    print(f"20 steps on: loss {loss:.3f}, P(. | ice) = {ice:.3f}")

# %% [markdown]
r"""
SGD moved one parameter 64 times as far as another; Adam moved each by 0.300, its learning rate. And
`ice`, seen once, is nearly learned 20 steps later.

## Words that never met

01 ended with `fish !`, which is not in the text. Counting says P = 0, so the surprise is infinite:
one such pair, and the mean over a whole book is infinite. And the table that learned?
"""

# %%
sentence = ["the", "fish", "can", "swim", "."]
for a, b in zip(sentence, sentence[1:]):
    i, j = vocab.index(a), vocab.index(b)
    print(f"{a:>5} → {b:<5} surprise by counting {(1 / counted[i, j]).log().item():.1f}", end="   ")
    print(f"learned {(1 / learned[i, j]).log().item():.1f}")

# %% [markdown]
r"""
Very surprised, but not infinitely. For P = 0 a logit would have to be minus infinity, and a walk of
finite steps does not get there: the slope for a word that never comes is P itself, so the push
fades as P shrinks. In three decimals the two tables are equal; 0 is never reached. That is no loss.
What is left is a little modesty, which 01 had to add by hand and called smoothing.

## Batches

Each step looked at all 39 pairs. A real text has millions, so each step takes a sample of it, a
**batch**. Is the gradient of a sample right? Not by itself. Deal the pairs, shuffled, into three
batches of 13, and look at one slope. (A *generator* with a **seed** gives the same random numbers
in every run.)
"""

# %%
shuffled = torch.randperm(39, generator=torch.Generator().manual_seed(0))  # 0 … 38, mixed
slopes_of_parts = []
for part in [shuffled[:13], shuffled[13:26], shuffled[26:], shuffled]:
    table = torch.zeros(V, V, requires_grad=True)
    F.cross_entropy(table[inputs[part]], targets[part]).backward()
    slopes_of_parts.append(table.grad[vocab.index("the"), vocab.index("penguin")].item())
print("three thirds", [round(slope, 3) for slope in slopes_of_parts[:3]], end="   ")
print(f"their mean {sum(slopes_of_parts[:3]) / 3:.3f}   all 39 {slopes_of_parts[3]:.3f}")

# %% [markdown]
r"""
Each is off, and the mean of the three equal parts is exact. So steps along them stagger, but on the
whole downhill.
"""

# %%
generator = torch.Generator().manual_seed(0)
table = torch.zeros(V, V, requires_grad=True)
optimizer, on_batch, on_all = torch.optim.SGD([table], lr=5), [], []
for _ in range(200):
    batch = torch.randint(39, (8,), generator=generator)  # 8 of the numbers 0 … 38
    loss = F.cross_entropy(table[inputs[batch]], targets[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    on_batch.append(loss.item())
    on_all.append(F.cross_entropy(table[inputs], targets).item())

# %%
print(f"the last step: loss of its batch {on_batch[-1]:.3f}, of all 39 pairs {on_all[-1]:.3f}")
curves = {"one batch": on_batch, "all pairs": on_all}
display(plots.lines(list(range(200)), curves, "step", "loss", "Batches of 8"))

# %% [markdown]
r"""
The loss of a batch jumps, because some batches are easier than others: read the trend of such a
curve, never a single point. These 200 steps looked at 1,600 pairs; on the whole text it would have
been 7,800. The staggering does not end by itself (0.648 is still far from 0.540). One ends it by
lowering the learning rate towards the end, which [Pretraining](09_pretraining.ipynb) does.

## The same in PyTorch's words

A **class** is a plan for things of one kind, as 01's `QdogBaby` was; a thing made by the plan is an
**object**, and inside the class it is called `self`. PyTorch's models are classes built on
`nn.Module`, which keeps a list of all the parameters, `parameters()`. You write two functions:
`__init__` makes the parts, `forward` says what happens to the input. One part is enough here.
`nn.Embedding(V, V)` is our table: V rows of V parameters, and called with ids it gives their rows.
"""

# %%
class Bigram(nn.Module):
    def __init__(self, vocab_size):
        super().__init__()  # lets nn.Module set up its list
        self.table = nn.Embedding(vocab_size, vocab_size)

    def forward(self, ids):
        return self.table(ids)


torch.manual_seed(0)  # the seed of PyTorch's own random numbers
model = Bigram(V)
logits = model(inputs)  # calls forward: (T - 1, V)
print([tuple(p.shape) for p in model.parameters()], tuple(logits.shape))
print(f"loss {F.cross_entropy(logits, targets).item():.3f}   ln 12 {math.log(12):.3f}")

# %% [markdown]
r"""
It starts *worse* than knowing nothing: `nn.Embedding` begins with random numbers, opinions for
which there is no reason. The four lines again:
"""

# %%
optimizer = torch.optim.SGD(model.parameters(), lr=20)
for _ in range(3000):
    loss = F.cross_entropy(model(inputs), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
from_random = model.table.weight.detach()  # (V, V): nn.Embedding calls its table `weight`
apart = (from_random.softmax(dim=1) - counted).abs().max().item()
print(f"loss {loss.item():.3f}   furthest off of 144 probabilities {apart:.3f}")

# %% [markdown]
r"""
Another start, the same end.

## It writes

01 drew sentences from counted probabilities, with a seed. Let us draw from the learned ones, with
the same seed.

**Predict, then run.** The two tables differ by up to 0.001. Of six sentences, how many will be the
same, word for word?
"""

# %%
def write(probs, word, rng):
    sentence = [word]
    while len(sentence) == 1 or sentence[-1] not in (".", "!", "?"):
        sentence += rng.choices(vocab, weights=probs[vocab.index(sentence[-1])].tolist())
    return " ".join(sentence)

# %% collapsed=true jupyter={"outputs_hidden": true}
one, other = random.Random(10), random.Random(10)
for _ in range(6):
    sentence = write(learned, "the", one)
    print("same " if sentence == write(counted, "the", other) else "OTHER", sentence)

# %% [markdown]
r"""
<details><summary>Why?</summary>

All six. The random numbers are the same, and each picks a word as a dart picks a field on a board.
Fields whose borders moved by a thousandth catch the same dart nearly every time.

</details>

## Why does a number in a table mean anything?

One table began as zeros, the other as noise. What do they hold for `penguin` after `the`?
"""

# %%
the, penguin, seal = (vocab.index(word) for word in ("the", "penguin", "seal"))
for name, t in [("from zeros", from_zeros), ("from noise", from_random)]:
    a, b = t[the, penguin].item(), t[the, seal].item()
    print(f"{name}: penguin {a:.2f}   seal {b:.2f}   difference {a - b:.3f}", end="   ")
    print(f"e to the difference {math.exp(a - b):.1f}")

# %% [markdown]
r"""
Different logits, and the same difference: 1.099 = ln 3. And `penguin` came three times as often as
`seal`, six to two. So:

- One logit alone means nothing; you could add 100 to its row. A *difference* says how many times
  likelier one word is than the other.
- Nobody wrote that meaning in. A number means what the computation that reads it makes of it, here
  softmax, and the loss has pushed it until what is read is right.

Remember that when the numbers are too many to be looked at. In [Embeddings](04_embeddings.ipynb) a
word's row is *not* one number for each next word, and in the end its numbers mean something, too,
for the same reason.

## What it cannot do

It sees one word. After `?` it has one row, whoever asked what, and no training changes that. Each
of its twelve rows has its valley, and counting is at the bottom of them all: 0.540 is the floor for
every model that sees one word of this text. What is below? Count with *two* words in view:
"""

# %%
pairs, triples = {}, {}
for a, b, c in zip(words, words[1:], words[2:]):
    pairs[a, b] = pairs.get((a, b), 0) + 1
    triples[a, b, c] = triples.get((a, b, c), 0) + 1
loss = sum(n * math.log(pairs[a, b] / n) for (a, b, c), n in triples.items()) / 38
print(f"one word in view 0.540   two words {loss:.3f}", end="   ")
print(f"cells {V**3:,}, of them used {len(triples)}")

# %% [markdown]
r"""
Better on this text, and 1,702 of 1,728 cells are empty: of what did not stand there word for word
it has no idea. A longer view needs parameters that are *shared* between many cases, and those are
no counts of anything. The gradient finds them all the same.

## Four broken loops

Before you go, learn to read curves. Here is your loop, and one of four bugs may be put into it.
With `sign` it walks uphill; with `zero_grad` the slopes are never cleared; with `step` the step is
forgotten; with `shift` the targets are not the next words but the words themselves.
"""

# %%
def curve_of(bug):
    table, losses = torch.zeros(V, V, requires_grad=True), []
    optimizer = torch.optim.SGD([table], lr=1)
    for _ in range(60):
        loss = F.cross_entropy(table[inputs], inputs if bug == "shift" else targets)
        if bug != "zero_grad":
            optimizer.zero_grad()
        (-loss if bug == "sign" else loss).backward()
        if bug != "step":
            optimizer.step()
        losses.append(min(loss.item(), 4))  # what is higher is drawn at 4
    return losses

# %%
order = random.Random(5).sample(["sign", "zero_grad", "step", "shift"], 4)  # mixed
curves = {letter: curve_of(bug) for letter, bug in zip("ABCD", order)}
print({letter: (round(y[20], 3), round(y[-1], 3)) for letter, y in curves.items()})
curves["counting"] = [mean_surprise(counted)] * 60
display(plots.lines(list(range(60)), curves, "step", "loss", "One bug each"))

# %% [markdown]
r"""
(The numbers are the losses of step 20 and of the last.) Which is which? That is exercise 2.
"""

# %% [markdown]
r"""
## What went into `minillm/`

No new part: those that are there have got their meaning. `nn.Embedding` comes back as `tok_emb` in
[`minillm/model.py`](../minillm/model.py), with C columns instead of V. The loop is the core of
`train` in [`minillm/training.py`](../minillm/training.py), and its `token_loss` is
`F.cross_entropy` as a sum over all words instead of their mean. It takes our model as it is:
"""

# %% tags=["equals:minillm.training.token_loss"]
from minillm.training import token_loss

total = token_loss(model, inputs[None], targets[None])  # (1, T - 1) each: one row of text
torch.testing.assert_close(total / 39, F.cross_entropy(model(inputs), targets))
print(f"token_loss {total.item():.2f} = 39 · {total.item() / 39:.3f}")

# %% [markdown]
r"""
## Exercises

Replace the `...` in the first cell of each, and run it and the folded check below. The second
folded cell holds a worked solution.

### 1 · One step on paper &nbsp; ●○○ &nbsp; 6 minutes

Take a pencil, and let no computer help. A row has two logits, for `penguin` and `seal`, both 0.
Four words came: three times `penguin`, once `seal`. The loss is their mean surprise, the learning
rate is 2. Then let `traced(question)` return two numbers, `penguin`'s first, for each of four
questions:

- `"p"`: the probabilities before the step,
- `"gradient"`: the slopes of the loss,
- `"twice"`: what `.grad` would hold after a second `backward()`, with no step and no clearing
  between,
- `"after"`: the logits after one step (with the slopes of one `backward()`).
"""

# %% tags=["exercise"]
def traced(question):
    # return {"p": [., .], "gradient": [., .], "twice": [., .], "after": [., .]}[question]
    ...

# %% tags=["check"] jupyter={"source_hidden": true}
@checked
def check_traced(answer):
    want = {"p": [0.5, 0.5], "gradient": [-0.25, 0.25], "twice": [-0.5, 0.5], "after": [0.5, -0.5]}
    slips = [
        ("p", [0.75, 0.25], "these are the shares that counting finds; the logits are still 0."),
        ("p", [0, 0], "these are the logits; softmax makes probabilities of them."),
        ("gradient", [0.25, -0.25], "sign: it is P minus share, and `penguin` has too little."),
        ("gradient", [-0.5, 0.5], "this is for one `penguin` that came; take the mean of four."),
        ("gradient", [-1, 1], "this is the sum over four words; the loss is a mean."),
        ("twice", want["gradient"], "`backward()` does not replace what is there."),
        ("after", want["twice"], "uphill: the step goes against the slope."),
        ("after", [0.25, -0.25], "the learning rate is not 1."),
        ("after", [1, -1], "the step takes the slopes of one `backward()`, not of two."),
    ]
    for question, right in want.items():
        got = answer(question)
        if got is None:
            return "Not attempted yet" if question == "p" else f"“{question}” is still missing."
        try:
            got = [float(number) for number in got]
        except (TypeError, ValueError):
            return f"“{question}”: a list of two numbers should come out, not {got!r}."
        if len(got) != 2:
            return f"“{question}”: two numbers should come out, not {len(got)}."
        for slip_question, slip, message in slips:
            if question == slip_question and all(abs(a - b) < 0.01 for a, b in zip(got, slip)):
                return f"“{question}”: {message}"
        if any(not abs(a - b) < 0.01 for a, b in zip(got, right)):
            return f"“{question}”: {got} is not right. Softmax, then P − one-hot, then the mean."
    return "Right: after the step P(penguin) is 0.731, on its way to 0.75"


print(check_traced(traced))

# %% tags=["solution"] jupyter={"source_hidden": true}
def traced_solution(question):
    return {
        "p": [0.5, 0.5],  # two equal logits
        "gradient": [-0.25, 0.25],  # 0.5 − 3/4 and 0.5 − 1/4
        "twice": [-0.5, 0.5],
        "after": [0.5, -0.5],  # 0 − 2 · (−0.25) and 0 − 2 · 0.25
    }[question]


print("The solution:", check_traced(traced_solution))

# %% [markdown]
r"""
### 2 · Find the bug &nbsp; ●●○ &nbsp; 6 minutes

Look at the curves under *Four broken loops*. Write `bug_in(letter)`: for `"A"`, `"B"`, `"C"` and
`"D"` it returns `"sign"`, `"zero_grad"`, `"step"` or `"shift"`. Think first of what each bug would
do to the loss, then look. One of the curves is the most dangerous, because it looks best. Which,
and why?

<details><summary>The most dangerous one</summary>

The one that ends far below counting. No model that sees one word can do that on this text, so this
one has been shown the answer: with `shift` it only learns to repeat the word that it sees. A loss
that is too good is a bug until proven otherwise.
</details>
"""

# %% tags=["exercise"]
def bug_in(letter):
    # return {"A": "...", "B": "...", "C": "...", "D": "..."}[letter]
    ...

# %% tags=["check"] jupyter={"source_hidden": true}
@checked
def check_bug_in(answer):
    order = random.Random(5).sample(["sign", "zero_grad", "step", "shift"], 4)
    effects = {
        "sign": "uphill, so the loss would rise from the first step",
        "zero_grad": "a ball without brakes, so the loss would fall, and then swing up and down",
        "step": "no parameter would ever change, and so neither would the loss",
        "shift": "the answer is in the input, so the loss would fall below what counting reaches",
    }
    for letter, right in zip("ABCD", order):
        got = answer(letter)
        if got is None:
            return "Not attempted yet" if letter == "A" else f"{letter} is still missing."
        if not isinstance(got, str) or got not in effects:
            return f"{letter}: {got!r} is none of the four names, {', '.join(effects)}."
        if got != right:
            return f"{letter} is not “{got}”: {effects[got]}."
    return "Right: four curves, four bugs"


print(check_bug_in(bug_in))

# %% tags=["solution"] jupyter={"source_hidden": true}
def bug_in_solution(letter):
    return {
        "A": "step",  # nothing changes
        "B": "shift",  # lower than counting can be
        "C": "zero_grad",  # swings and never settles
        "D": "sign",  # uphill
    }[letter]


print("The solution:", check_bug_in(bug_in_solution))

# %% [markdown]
r"""
### 3 · Slopes by nudging &nbsp; ●●○ &nbsp; 8 minutes

Write `slopes(loss_of, numbers)`: the gradient of *any* loss, as a list. `loss_of` is a function
that takes a list of numbers and gives one number; `numbers` is such a list. Nudge one of them at a
time, by 0.001. The list that is given stays as it is.
"""

# %% tags=["exercise"]
def slopes(loss_of, numbers):
    # your code here
    ...

# %% tags=["check"] jupyter={"source_hidden": true}
@checked
def check_slopes(answer):
    def bowl(x):  # x0² + 4·x1 − x0·x2
        return x[0] ** 2 + 4 * x[1] - x[0] * x[2]

    def surprise(x):  # of the second of two words, from their logits
        return math.log(math.exp(x[0]) + math.exp(x[1])) - x[1]

    up = 1 / (1 + math.exp(-1))
    slips = [
        ([0.003, 0.004, -0.001], "These are the changes of the loss: divide each by the nudge."),
        ([-3, -4, 1], "Sign: the loss after the nudge, minus the loss before it."),
        ([3, 7, 6], "The first nudge is still there when the second comes: nudge one at a time."),
        ([6, 6, 6], "All numbers are nudged at once: one at a time."),
        ([0, 0, 0], "All slopes are 0: are both losses taken at the same place?"),
    ]
    for loss_of, numbers, want in [
        (bowl, [1.0, 2.0, -1.0], [3, 4, -1]),
        (surprise, [1.0, 0.0], [up, -up]),
        (bowl, [0.0, 0.0, 5.0, 7.0], [-5, 4, 0, 0]),
    ]:
        got = answer(loss_of, numbers)
        if got is None:
            return "Not attempted yet"
        try:
            got = [float(slope) for slope in got]
        except (TypeError, ValueError):
            return f"A list of numbers should come out, not {got!r}."
        if len(got) != len(numbers):
            return f"For {len(numbers)} numbers there should be as many slopes, not {len(got)}."
        for slip, message in slips:
            if loss_of is bowl and all(abs(a - b) < 1e-3 for a, b in zip(got, slip)):
                return message
        if any(not abs(a - b) < 0.01 for a, b in zip(got, want)):
            shown = [round(slope, 3) for slope in got]
            what = "the loss x0² + 4·x1 − x0·x2" if loss_of is bowl else "a surprise of two logits"
            return f"At {numbers} {what} has other slopes than {shown}."
    return "Right: three losses, nine slopes"


print(check_slopes(slopes))

# %% tags=["solution"] jupyter={"source_hidden": true}
def slopes_solution(loss_of, numbers):
    found = []
    for i in range(len(numbers)):
        nudged = list(numbers)  # a copy
        nudged[i] += 0.001
        found.append((loss_of(nudged) - loss_of(numbers)) / 0.001)
    return found


print("The solution:", check_slopes(slopes_solution))

# %% [markdown]
r"""
### 4 · A step without `backward` &nbsp; ●●● &nbsp; 10 minutes

Write `one_step(table, inputs, targets, rate)`: the (V, V) table of logits after one step of SGD on
the mean surprise of the pairs `inputs`, `targets`. Use no `backward()`: you know what the gradient
is. A word may stand in several pairs. The table that is given stays as it is.

<details><summary>Hint</summary>

Begin with a gradient of zeros, `torch.zeros(...)`. For each pair add P − one-hot to the row of its
word: add `table[word].softmax(dim=0)` to the row, and subtract 1 in one place. In the end divide by
the number of pairs.
</details>
"""

# %% tags=["exercise"]
def one_step(table, inputs, targets, rate):
    # your code here
    ...

# %% tags=["check"] jupyter={"source_hidden": true}
@checked
def check_one_step(answer):
    def right(table, words, following, rate):
        gradient = torch.zeros(table.shape)
        for i, j in zip(words, following):
            gradient[i] += table[i].softmax(dim=0)
            gradient[i, j] -= 1
        return table - rate * gradient / len(words)

    table = torch.tensor([[0.0, 1.0, -1.0], [2.0, 0.0, 0.5], [-0.5, 0.0, 1.0]])
    words, following, rate = torch.tensor([0, 1, 0, 0]), torch.tensor([1, 2, 1, 2]), 0.5
    got, want = answer(table, words, following, rate), right(table, words, following, rate)
    if got is None:
        return "Not attempted yet"
    if not isinstance(got, torch.Tensor) or got.shape != (3, 3):
        return f"A tensor of shape (3, 3) should come out, not {shape_of(got)}."
    p, move = table.softmax(dim=1), want - table
    pushed, last = torch.zeros(3, 3), p.clone()
    for i, j in zip(words, following):
        pushed[i, j] -= 1
        last[i] = p[i] - F.one_hot(j, 3)
    last[2] = 0  # of its row no pair speaks
    by_column = torch.zeros(3, 3)
    for i, j in zip(words, following):
        by_column[i] += table.softmax(dim=0)[i] - F.one_hot(j, 3)
    slips = [
        (table, "Nothing has changed."),
        (table - move, "Sign: this goes uphill."),
        (table + 4 * move, "The slopes of all pairs are added; the loss is their mean."),
        (table + move / rate, "The learning rate is missing."),
        (-move / rate, "This is the gradient; the step is missing."),
        (move, "This is the change: add it to the table."),
        (table - rate * pushed / 4, "What came is pushed up, and nothing is pushed down."),
        (table + move - rate * pushed / 4, "The one-hot is subtracted from P once, not twice."),
        (table + move + rate * pushed / 4, "P alone, without the one-hot: nothing is pushed up."),
        (table - rate * last / 4, "A word in several pairs gets the slopes of one pair only."),
        (table - rate * by_column / 4, "Axis: the softmax runs along a row."),
        (right(table, following, words, rate), "Exchanged: the rows are those of `inputs`."),
        (table + 4 / 3 * move, "Divided by V; the mean is over the pairs."),
    ]
    for slip, message in slips:
        if torch.allclose(got, slip, atol=1e-5):
            return message
    if not torch.allclose(got, want, atol=1e-5):
        row = int((got - want).abs().amax(dim=1).argmax())
        return f"Row {row} is not right; compare it with what `backward()` gives."
    other = torch.tensor([[1.0, -1.0], [0.0, 3.0]])
    wrong = another_example(
        answer, right, (other, torch.tensor([1, 0, 1]), torch.tensor([0, 0, 1]), 2.0)
    )
    if wrong:
        return wrong
    return "Right: the same step as SGD, without a note being taken"


print(check_one_step(one_step))

# %% tags=["solution"] jupyter={"source_hidden": true}
def one_step_solution(table, inputs, targets, rate):
    gradient = torch.zeros(table.shape)
    for word, following in zip(inputs, targets):
        gradient[word] += table[word].softmax(dim=0)
        gradient[word, following] -= 1
    return table - rate * gradient / len(inputs)


print("The solution:", check_one_step(one_step_solution))

# %% [markdown]
r"""
## Further reading

- Andrej Karpathy, [makemore](https://github.com/karpathy/makemore), first lecture: the same table,
  counted and learned, with names instead of penguins; and
  [micrograd](https://github.com/karpathy/micrograd), a `backward()` of about a hundred lines.
- 3Blue1Brown, [Neural networks](https://www.3blue1brown.com/topics/neural-networks): gradient
  descent and the chain rule, in moving pictures.
- Claude Shannon, [A Mathematical Theory of
  Communication](https://doi.org/10.1002/j.1538-7305.1948.tb01338.x), 1948, section 6: why the
  measure has to be a logarithm.
- Kingma and Ba, [*Adam: A Method for Stochastic Optimization*](https://arxiv.org/abs/1412.6980).

Next: [05 · Embeddings](04_embeddings.ipynb), where a row no longer has one number for each next
word.
"""
