# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Appendix · Tensors and Python, to look things up
#
# ← [The course](../README.md) · [Glossary](../docs/GLOSSARY.md)
#
# **You will be able to**
# - say what a line of this course does to the shape of a tensor,
# - find a short answer with an example when a name or a sign is new to you.
#
# **You need** a little Python: strings, loops, lists, functions. No NumPy and no PyTorch.
#
# **Minutes** 25 for all of it, 2 for one look.
#
# Nobody has to read this page in order. Something is new to you? Find it in the table
# [Where is it](#Where-is-it) and read that one section. Each section needs only the first code
# cell below, so run that one first. In a few places it says **Predict, then run**: the result is
# hidden until you run the cell or click the dots under it.

# %% [markdown]
# ## Do I need this?
#
# Six lines of code. What does each print? Decide first, then open the answer. If all six are right
# you can close this page, and come back when something is new. In all of them
# `x = torch.tensor([[1, 2, 3], [4, 5, 6]])`.
#
# **1.** `print(x[:, 1])`
#
# <details><summary>Answer 1</summary>
#
# `tensor([2, 5])`: from all rows the column number 1. Columns count from 0. See
# [Indexing and slicing](#Indexing-and-slicing).
# </details>
#
# **2.** `print(x.sum(dim=1))`
#
# <details><summary>Answer 2</summary>
#
# `tensor([ 6, 15])`: dimension 1, the columns, is added up and disappears. One number is left for
# each row. See [dim and keepdim](#dim-and-keepdim).
# </details>
#
# **3.** `print((torch.ones(4, 1) + torch.ones(3)).shape)`
#
# <details><summary>Answer 3</summary>
#
# `torch.Size([4, 3])`: the column is repeated to the right, the row is repeated downwards. See
# [Broadcasting](#Broadcasting).
# </details>
#
# **4.** `print((torch.ones(2, 4, 5, 8) @ torch.ones(2, 4, 8, 5)).shape)`
#
# <details><summary>Answer 4</summary>
#
# `torch.Size([2, 4, 5, 5])`: 2 · 4 products of a (5, 8) matrix with an (8, 5) matrix. See
# [Matrix products](#Matrix-products).
# </details>
#
# **5.** `print(x.T.tolist() == x.view(3, 2).tolist())`
#
# <details><summary>Answer 5</summary>
#
# `False`: both are (3, 2). But `.T` exchanges rows and columns, and `view` only cuts the same row
# of six numbers at other places. See [View and transpose](#View-and-transpose).
# </details>
#
# **6.** `print([b - a for a, b in zip([1, 4, 9], [1, 4, 9][1:])])`
#
# <details><summary>Answer 6</summary>
#
# `[3, 5]`: each number is paired with its right neighbour. See
# [Neighbours with zip](#Neighbours-with-zip).
# </details>

# %% [markdown]
# ## Where is it
#
# The number is that of the notebook in which you first meet it; 03+ is *A table that learns*.
#
# | I met … | in | look at |
# |---|---|---|
# | `torch.tensor`, `.shape`, `dtype`, `(T,)` | 01 | [Shape and type](#Shape-and-type) |
# | `zeros`, `ones`, `arange`, `randn`, `zeros_like`, `.float()` | 01 | [Making tensors](#Making-tensors) |
# | `ids[:-1]`, `x[:, 1]`, `x[:, None]`, `x[..., 0]`, `x[:, 0::2]`, `slice` | 01 | [Indexing and slicing](#Indexing-and-slicing) |
# | `table[ids]`, `probs[line[:-1], line[1:]]` | 01 | [Indexing by tensors](#Indexing-by-tensors) |
# | `x[mask]`, `~mask`, `nonzero`, `ids == 3` | 04 | [Masks](#Masks) |
# | `dim=1`, `dim=-1`, `keepdim=True` | 01 | [dim and keepdim](#dim-and-keepdim) |
# | two shapes that are not the same, and no error | 01 | [Broadcasting](#Broadcasting) |
# | `@`, `.T`, `.mT` | 04 | [Matrix products](#Matrix-products) |
# | `view`, `reshape`, `transpose`, `flatten`, `contiguous`, "`view` refuses" | 04 | [View and transpose](#View-and-transpose) |
# | `torch.stack`, `torch.cat`, `split`, `expand`, `repeat` | 04 | [Stack and cat](#Stack-and-cat) |
# | `argmax`, `max`, `sort`, `argsort`, `topk`, `cumsum` | 03+ | [Argmax and topk](#Argmax-and-topk) |
# | `gather`, `scatter` | 09 | [Gather and scatter](#Gather-and-scatter) |
# | `masked_fill`, `where`, `tril`, `triu`, `diagonal`, `float("-inf")` | 05 | [Masked fill and tril](#Masked-fill-and-tril) |
# | `assert_close`, `allclose`, `equal` | 03+ | [Are they equal](#Are-they-equal) |
# | `nn.Linear`, `F.linear`, `nn.Embedding` | 03+ | [Linear layers and tables](#Linear-layers-and-tables) |
# | `nn.Module`, `forward`, `parameters`, `state_dict`, a buffer, `eval`, a hook | 03+ | [Modules](#Modules) |
# | `backward`, `.grad`, `requires_grad`, `no_grad`, `detach`, `inference_mode` | 03+ | [Gradients](#Gradients) |
# | `torch.bool`, `float32`, `bfloat16`, `double`, `device`, `meta` | 05 | [Number types and devices](#Number-types-and-devices) |
# | `.item()`, `.tolist()`, `.numpy()` | 01 | [Out of a tensor](#Out-of-a-tensor) |
# | `manual_seed`, `Generator` | 03+ | [Random numbers](#Random-numbers) |
# | names that end in `_`, `+=`, `clone` | 01 | [In place](#In-place) |
# | `[… for … in …]`, `{… for … in …}`, `… if … else …` | 01 | [Comprehensions](#Comprehensions) |
# | `zip(words, words[1:])`, `enumerate` | 01 | [Neighbours with zip](#Neighbours-with-zip) |
# | `(… for … in …)` without brackets of a list, `next`, `yield` | 02 | [Generators](#Generators) |
# | `key=lambda …`, `*`, `**`, `_` | 02 | [Stars and lambdas](#Stars-and-lambdas) |
# | `f"{p:.3f}"`, `{text!r}` | 01 | [Formatted strings](#Formatted-strings) |
# | `class`, `self`, `__init__`, `super()`, `@property` | 01 | [Classes and properties](#Classes-and-properties) |
# | `text: str`, `-> list[int]`, `Tensor \| None` | 01 | [Type hints](#Type-hints) |
# | `@dataclass(frozen=True)`, `replace`, `asdict` | 08 | [Dataclasses](#Dataclasses) |
# | `@torch.no_grad()`, `@contextmanager`, `with` | 03+ | [Decorators and with](#Decorators-and-with) |
# | `:=`, in the folded checks | 02 | [The walrus](#The-walrus) |
# | `r"\w+"`, `[^\w\s]`, `[一-鿿]`, `\1` | 02 | [Patterns](#Patterns) |

# %%
import re
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

import torch
from torch import nn
from torch.nn import functional as F

x = torch.tensor([[1, 2, 3], [4, 5, 6]])  # both are used all the way down
words = ["the", "seal", "can", "swim"]

# %% [markdown]
# ## Tensors
#
# ### Shape and type
#
# A **tensor** is a block of numbers, all of one type. Its **shape** says how many there are in each
# direction. Each direction is a **dimension**: a list of numbers has one, a table has two.

# %%
print(x)
print(x.shape, x.dtype)

# %% [markdown]
# Read the shape (2, 3) as *2 rows of 3*. (`tuple(x.shape)` is the same and prints shorter.) The
# **dtype** is the type of each number; `int64` is a whole number. `dim()` counts dimensions,
# `numel()` counts numbers, and `len` is the first size.

# %%
print(x.dim(), x.numel(), len(x))

# %% [markdown]
# `(3,)` is the shape of three numbers in a row: Python writes a tuple of one element with a comma.
# A single number has the empty shape `()`. A comment such as `# (T, C)` at the end of a line tells
# the shape of what the line makes; the [glossary](../docs/GLOSSARY.md) lists the letters.

# %%
print(tuple(torch.tensor([7, 8, 9]).shape), tuple(torch.tensor(7).shape))

# %% [markdown]
# ### Making tensors
#
# From lists, or by shape. `arange` counts, `linspace` divides a stretch evenly, ends included.

# %%
print(torch.zeros(2, 3).tolist())
print(torch.full((2, 2), 7).tolist())
print(torch.arange(5).tolist(), torch.arange(2, 10, 3).tolist())
print(torch.linspace(0, 1, 5).tolist())

# %% [markdown]
# `zeros_like(x)` takes shape and type from `x` (`ones_like`, `full_like` and `empty_like` do, too).
# `empty` promises nothing about its numbers: it is for memory that will be filled. Types are changed
# by `.float()`, `.long()`, `.int()`, `.bool()`.

# %%
print(torch.zeros_like(x).tolist())
print(x.float().dtype, x.bool().tolist())

# %% [markdown]
# A mean of whole numbers is an error in PyTorch, so you often see `.float()` before `.mean()`:

# %%
answers = torch.tensor([3, 1, 2]) == torch.tensor([3, 1, 0])
print(answers.tolist(), round(answers.float().mean().item(), 3))

# %% [markdown]
# ### Indexing and slicing
#
# One index for each dimension, separated by commas. `:` means *all*, `a:b` means *from a up to but
# not including b*, and negative numbers count from the end.

# %%
print(x[0], x[1, 2], x[-1, -1])
print(x[:, 1])
print(x[:, :-1].tolist(), x[:, 1:].tolist())  # all but the last, all but the first

# %% [markdown]
# A single index takes its dimension away, a slice keeps it:

# %%
print(tuple(x[:, 1].shape), tuple(x[:, 1:2].shape))

# %% [markdown]
# `None` adds a dimension of size 1 where it stands. `...` stands for all dimensions that are not
# named. `0::2` takes every second one, from 0 on.

# %%
row = torch.arange(6)
print(tuple(row[:, None].shape), tuple(row[None].shape))
print(tuple(torch.zeros(2, 4, 5, 8)[..., 0].shape), row[0::2].tolist())

# %% [markdown]
# `slice(0, 4)` is the same as `0:4`, as a thing that can be kept in a variable:

# %%
part = slice(0, 4)
print(row[part].tolist() == row[0:4].tolist())

# %% [markdown]
# ### Indexing by tensors
#
# A tensor of whole numbers as an index picks rows, in its order, as often as they are named. This is
# the look-up of an embedding: `table[ids]`.

# %%
table = torch.tensor([[0, 1], [10, 11], [20, 21]])  # (V, C) = (3, 2)
ids = torch.tensor([2, 0, 2])  # (T,)
print(table[ids].tolist())  # (T, C)

# %% [markdown]
# Two tensors as indices go **in step**: the first with the first, the second with the second. So
# this picks three single numbers, from (2, 1), (0, 0) and (2, 0). That is how the probabilities of
# all pairs of neighbours are picked in 01.

# %%
columns = torch.tensor([1, 0, 0])
print(table[ids, columns].tolist())

# %% [markdown]
# ### Masks
#
# A comparison gives a tensor of `True` and `False` of the same shape. As an index such a **mask**
# keeps the numbers where it is True, in one flat row.

# %%
mask = x > 2
print(mask.tolist())
print(x[mask].tolist(), x[~mask].tolist())  # ~ is "not"

# %% [markdown]
# `&` is *and*, `|` is *or*; both need parentheses around comparisons. `sum` counts the Trues.
# `nonzero` gives their places, one row for each; `.any()` and `.all()` ask about the whole.

# %%
print(((x > 1) & (x < 5)).sum().item(), (x == 4).nonzero().tolist())
print((x > 5).any().item(), (x > 5).all().item())

# %% [markdown]
# ### dim and keepdim
#
# `sum`, `mean`, `max`, `softmax` and their kind work **along** a dimension. For `sum` or `mean` the
# one you name is the one that disappears. `dim=-1` is the last one.

# %%
print(x.sum(dim=0).tolist())  # the rows are added up: one number for each column
print(x.sum(dim=1).tolist())  # the columns are added up: one number for each row
print(tuple(torch.zeros(2, 4, 5).sum(dim=-1).shape))

# %% [markdown]
# With `keepdim=True` it stays, with size 1. The sums then stand in a column beside their rows, and
# can divide them:

# %%
sums = x.sum(dim=1, keepdim=True)
print(tuple(sums.shape), sums.tolist())
print((x / sums).sum(dim=1).tolist())

# %% [markdown]
# `softmax` keeps the shape. There `dim` says along which dimension the numbers add up to 1.

# %%
weights = torch.tensor([[0.0, 0.0], [5.0, 5.0]]).softmax(dim=-1)
print(weights.tolist())

# %% [markdown]
# ### Broadcasting
#
# May two tensors of different shapes be added, multiplied or compared? Write the shapes below each
# other, **from the right**. In each place the sizes must be equal, or one of them must be 1, or
# missing. A 1, or a missing size, is repeated as often as needed.
#
# ```text
#   tokens     (2, 5, 8)            scores  (5, 5)          x     (2, 3)
#   positions     (5, 8)            sums    (5, 1)          y       (2,)
#              ---------                    ------                ------
#   sum        (2, 5, 8)            ratio   (5, 5)          error: 3 and 2 differ
# ```
#
# And this is what "repeated" means, for (3, 1) + (4,):
#
# ```text
#    0 → 0  0  0  0       0 1 2 3        0  1  2  3
#   10 → 10 10 10 10   +  0 1 2 3   =   10 11 12 13
#   20 → 20 20 20 20      0 1 2 3       20 21 22 23
#                         ↑ one row, repeated downwards
# ```

# %%
column = torch.tensor([[0], [10], [20]])  # (3, 1)
print((column + torch.arange(4)).tolist())  # (3, 1) + (4,) -> (3, 4)

# %% [markdown]
# Comparisons do it, too. All ids against all numbers of the vocabulary gives one-hot rows:

# %%
ids = torch.tensor([2, 0, 2])  # (T,)
print((ids[:, None] == torch.arange(3)).int().tolist())  # (T, 1) == (V,) -> (T, V)

# %% [markdown]
# **Predict, then run.** Three guesses stand in a column, (3, 1), and the right answers in a row,
# (3,). All guesses are right. What is the sum of the errors?

# %% collapsed=true jupyter={"outputs_hidden": true}
guesses, right = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([1.0, 2.0, 3.0])
print((guesses - right).abs().sum().item())

# %% [markdown]
# <details><summary>Why?</summary>
#
# 8, and no error message. (3, 1) and (3,) fit: the column is repeated to the right and the row
# downwards, so nine differences are taken, each guess with each answer. Only the three on the
# diagonal are 0. This is the classic mistake: two shapes that fit by accident. A forgotten `keepdim`
# is the same one the other way round. So print shapes when a number looks odd;
# `(guesses - right).shape` would have shown (3, 3).
# </details>

# %% [markdown]
# ### Matrix products
#
# `*` multiplies number by number. `@` is the matrix product: each row on the left with each column
# on the right, multiplied number by number and added up. The inner sizes must be equal, and they
# disappear: (T, **D**) @ (**D**, S) → (T, S).

# %%
a, b = torch.tensor([[1, 2], [3, 4]]), torch.tensor([[10, 0], [0, 1]])
print((a * b).tolist(), (a @ b).tolist())
print(tuple((torch.ones(5, 8) @ torch.ones(8, 3)).shape))

# %% [markdown]
# `.T` exchanges rows and columns. So `q @ k.T` is the dot product of every row of q with every row
# of k:

# %%
q, k = torch.tensor([[1, 0], [0, 2]]), torch.tensor([[3, 4], [5, 6], [7, 8]])
print((q @ k.T).tolist())  # (2, 2) @ (2, 3) -> (2, 3)

# %% [markdown]
# With more than two dimensions `@` works on the **last two**, and once for each place in those
# before. There `.mT` (or `transpose(-2, -1)`) exchanges the last two; `.T` is for tables only.

# %%
q, k = torch.ones(2, 4, 5, 8), torch.ones(2, 4, 5, 8)  # (B, H, T, D)
print(tuple((q @ k.mT).shape), torch.equal(k.mT, k.transpose(-2, -1)))

# %% [markdown]
# ### View and transpose
#
# In memory a tensor is one long row of numbers. `view` cuts that same row at other places. It moves
# nothing, so it is free; the count must stay the same, and one size may be `-1`: *work it out*.

# %%
print(x.view(6).tolist(), x.view(3, 2).tolist(), tuple(x.view(3, -1).shape))

# %% [markdown]
# **Predict, then run.** `x.view(3, 2)` and `x.T` have the same shape. Do they hold the same
# numbers in the same places? Write down both before you run this.

# %% collapsed=true jupyter={"outputs_hidden": true}
print(x.view(3, 2).tolist())
print(x.T.tolist())

# %% [markdown]
# <details><summary>Why?</summary>
#
# `view` reads on in memory order: 1 2, 3 4, 5 6. `.T` makes each *column* of `x` a row: 1 4, 2 5,
# 3 6. The shape alone does not tell which of them you have. In 06 this is the mistake that cuts
# tokens into wrong heads and never crashes.
# </details>

# %% [markdown]
# `transpose(1, 2)` exchanges two dimensions (`.T` is the case of a table). It moves nothing either.
# It only changes the **strides**: how many numbers to go on in memory for one step along each
# dimension.

# %%
print(x.stride(), x.T.stride())

# %% [markdown]
# In `x` the next number of a row lies 1 further on, and the next row 3. In `x.T` it is the other way
# round: a row's numbers no longer lie side by side, it is not **contiguous**. So `view` refuses.
# `reshape` makes a copy where it must; `contiguous` makes that copy and nothing else.

# %%
print(x.T.is_contiguous(), x.T.reshape(6).tolist(), x.T.contiguous().view(6).tolist())
try:
    x.T.view(6)
except RuntimeError as error:
    print("view refuses:", "view size is not compatible" in str(error))

# %% [markdown]
# `flatten(0, 1)` makes one dimension out of two neighbours: (B, T, V) becomes (B · T, V), as
# `cross_entropy` wants it. `view(B, T, H, D)` is the way back.

# %%
print(tuple(torch.zeros(2, 5, 7).flatten(0, 1).shape), tuple(torch.zeros(2, 5, 7).flatten().shape))

# %% [markdown]
# ### Stack and cat
#
# `stack` puts tensors of one shape side by side along a **new** dimension. `cat` lengthens one that
# **is there**.

# %%
one, two = torch.tensor([1, 2]), torch.tensor([3, 4])
print(torch.stack([one, two]).tolist(), torch.cat([one, two]).tolist())
print(torch.stack([one, two], dim=1).tolist())

# %% [markdown]
# `split` is the way back from `cat`. `repeat` copies. `expand` repeats a dimension of size 1 without
# a copy.

# %%
print([piece.tolist() for piece in torch.arange(6).split([1, 2, 3])])
print(one.repeat(3).tolist(), one[None].expand(3, -1).tolist())

# %% [markdown]
# ### Argmax and topk
#
# `max()` is the largest number, `argmax()` is **where** it stands. With `dim=1`, one for each
# row.

# %%
scores = torch.tensor([[1, 9, 4], [7, 2, 3]])
print(scores.max().item(), scores.argmax(dim=1).tolist())

# %% [markdown]
# Without `dim`, `argmax` counts through the whole table as if it were one row; `divmod` by the
# number of columns makes row and column of it.

# %%
place = scores.argmax().item()
print(place, divmod(place, 3))

# %% [markdown]
# `max` with a `dim`, `sort` and `topk` return two tensors: `.values` and `.indices`. `amax` is `max`
# without the second one. `argsort` gives only the indices.

# %%
best = scores.topk(2, dim=1)
print(best.values.tolist(), best.indices.tolist())
ordered, order = scores[0].sort(descending=True)
print(ordered.tolist(), order.tolist(), scores[0].argsort().tolist())

# %% [markdown]
# `cumsum` adds up as it goes along:

# %%
print(torch.tensor([5, 3, 1, 1]).cumsum(dim=0).tolist())

# %% [markdown]
# ### Gather and scatter
#
# `gather` picks one number out of each row (or several). `index` has as many dimensions as the
# tensor; it says, for each row, which columns. `scatter` is the opposite: it writes numbers at such
# places.

# %%
scores = torch.tensor([[1, 9, 4], [7, 2, 3]])
index = torch.tensor([[2], [0]])  # column 2 of row 0, column 0 of row 1
picked = scores.gather(1, index)
print(picked.tolist())
print(torch.zeros(2, 3, dtype=torch.int64).scatter(1, index, picked).tolist())

# %% [markdown]
# ### Masked fill and tril
#
# `masked_fill(mask, value)` writes the value where the mask is True. `where(mask, other)` keeps a
# number where the mask is True, and takes `other` elsewhere. Both make a new tensor.

# %%
print(x.masked_fill(x > 4, 0).tolist())
print(x.where(x > 4, 0).tolist())

# %% [markdown]
# `tril` keeps the lower triangle, `triu` the upper one. `diagonal=1` moves the edge one place up.
# `diagonal()` reads a diagonal off; `offset=-1` is the one below.

# %%
square = torch.arange(1, 10).view(3, 3)
print(square.tril().tolist())
print(square.triu(diagonal=1).tolist())
print(square.diagonal().tolist(), square.diagonal(offset=-1).tolist())

# %% [markdown]
# `float("-inf")` is minus infinity. *e* to the power of it is 0, so a softmax gives it no weight:

# %%
print(torch.tensor([2.0, float("-inf"), 2.0]).softmax(dim=0).tolist())

# %% [markdown]
# ### Are they equal
#
# Computers round, and in another order of adding they round otherwise. So numbers with fractions are
# compared with a tolerance. `equal` is exact; `allclose` allows a little (`atol`: how much, `rtol`:
# what share). `assert_close` does so too; it prints nothing when all is well, and stops with an error
# when not. (So does Python's `assert`, when what stands behind it is not true.)

# %%
a, b, c = torch.tensor([0.1, 0.3, 0.4])
print(torch.equal(a + b + c, c + b + a), torch.allclose(a + b + c, c + b + a))
torch.testing.assert_close(a + b + c, c + b + a)

# %% [markdown]
# ## Models
#
# ### Linear layers and tables
#
# `nn.Linear(3, 2)` makes 2 numbers out of 3. Its weight has the shape **(out, in)**, the other way
# round than you say it, so what it computes is `x @ weight.T + bias`.

# %%
linear = nn.Linear(3, 2)
print(tuple(linear.weight.shape), tuple(linear.bias.shape))
given = x.float()  # (2, 3)
by_hand = given @ linear.weight.T + linear.bias  # (2, 3) @ (3, 2) -> (2, 2)
torch.testing.assert_close(linear(given), by_hand)
torch.testing.assert_close(F.linear(given, linear.weight, linear.bias), by_hand)

# %% [markdown]
# It works on the last dimension and leaves those before it alone: (B, T, 3) → (B, T, 2).
# `nn.Embedding(V, C)` is a table; called with ids it gives their rows.

# %%
print(tuple(linear(torch.zeros(4, 5, 3)).shape))
embedding, ids = nn.Embedding(10, 4), torch.tensor([2, 0, 2])
print(tuple(embedding(ids).shape), torch.equal(embedding(ids), embedding.weight[ids]))

# %% [markdown]
# ### Modules
#
# An `nn.Module` is a part of a model. `__init__` makes what it keeps, after `super().__init__()`;
# `forward` says what it computes. You call the module itself, and that calls `forward`.


# %%
class Scale(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.by = nn.Parameter(torch.full((size,), 2.0))

    def forward(self, x):
        return x * self.by


scale = Scale(3)
print(scale(torch.tensor([1.0, 2.0, 3.0])).tolist())

# %% [markdown]
# `nn.Parameter` marks a tensor as *to be learned*. A module finds its own parameters and those of
# the modules in it. `nn.Sequential` calls modules one after the other; `nn.ModuleList` only keeps
# them (an ordinary list would hide them).

# %%
model = nn.Sequential(nn.Linear(3, 4), nn.GELU(), nn.Linear(4, 2))
print([tuple(p.shape) for p in model.parameters()], sum(p.numel() for p in model.parameters()))

# %% [markdown]
# `state_dict` is all of its numbers by name, to be saved; `load_state_dict` puts them into another
# module of the same build.

# %%
print(list(model.state_dict()))
other = nn.Sequential(nn.Linear(3, 4), nn.GELU(), nn.Linear(4, 2))
other.load_state_dict(model.state_dict())
print(torch.equal(other(x.float()), model(x.float())))

# %% [markdown]
# A **buffer** belongs to a module, is saved and moved with it, and is *not* learned:

# %%
scale.register_buffer("mask", torch.ones(3, 3).tril())
print(list(scale.state_dict()), [name for name, _ in scale.named_parameters()])

# %% [markdown]
# `train()` and `eval()` only set a mark, `training`, in all parts. Dropout reads it, and does
# nothing after `eval()`.

# %%
dropout = nn.Dropout(0.5)
print(dropout.training, dropout.eval()(torch.ones(4)).tolist())

# %% [markdown]
# A **hook** is a function of yours that a module calls each time it has run (or, a pre-hook, before
# it runs). It sees what goes in and what comes out. `remove` takes it away again.

# %%
linear = nn.Linear(3, 2)
hook = linear.register_forward_hook(lambda module, args, out: print("out:", tuple(out.shape)))
linear(torch.zeros(5, 3))
hook.remove()
_ = linear(torch.zeros(7, 3))  # says nothing

# %% [markdown]
# ### Gradients
#
# What a gradient *is* stands in *A table that learns*. Here is only how PyTorch keeps it. A tensor
# with `requires_grad=True` is watched: PyTorch notes what is computed from it. `backward()`, called
# on one number, goes back through these notes and leaves in `.grad` how steeply that number depends
# on each watched one. For w² that is 2w, so at 3 it is 6:

# %%
w = torch.tensor(3.0, requires_grad=True)
loss = w**2
loss.backward()
print(w.grad)

# %% [markdown]
# **Predict, then run.** The same once more, without touching `w`. What is in `w.grad` now?

# %% collapsed=true jupyter={"outputs_hidden": true}
loss = w**2
loss.backward()
print(w.grad)

# %% [markdown]
# <details><summary>Why?</summary>
#
# 6 + 6. `backward` **adds** to what is there. That is useful when a batch is read in pieces, and a
# mistake when you forget `optimizer.zero_grad()` before the next step. (You ran the first cell
# twice? Then it is 6 again: that cell makes a new `w`.)
# </details>

# %% [markdown]
# A step against the gradient changes `w` itself, and that must not be watched. Within `no_grad`
# nothing is. (`inference_mode` is stricter and a little faster, for use without any training.)

# %%
w = torch.tensor(3.0, requires_grad=True)
(w**2).backward()
with torch.no_grad():
    w -= 0.1 * w.grad
    print(round(w.item(), 3), (w * 2).requires_grad)

# %% [markdown]
# `detach()` gives the same numbers without the notes. It does not copy: both share their memory.
# What is watched must be detached before it becomes a NumPy array.

# %%
y = w * 2
print(y.requires_grad, y.detach().requires_grad)

# %% [markdown]
# ### Number types and devices
#
# `float32`, the usual one, has 4 bytes and about 7 digits. `bfloat16` has 2 bytes: it reaches as far
# as float32, with only 2 to 3 digits. `float64` (`.double()`) has 8 bytes and about 16 digits.

# %%
print(torch.tensor(16_777_217.0).item())  # 2 to the power of 24, and 1: one digit too many
print(torch.tensor([1.001, 257.0]).bfloat16().tolist())

# %% [markdown]
# Operations on two types give the wider one; whole numbers with fractions give fractions.

# %%
print((torch.tensor([1]) + torch.tensor([0.5])).dtype)
print((torch.zeros(1, dtype=torch.bfloat16) + torch.zeros(1)).dtype)

# %% [markdown]
# Each tensor lies on a **device**: `cpu`, `cuda` (a GPU by NVIDIA), `mps` (one by Apple). Tensors
# that meet in one operation must lie on the same; `.to(device)` brings them there. On `meta` a
# tensor has a shape and no numbers, so that this one takes no memory:

# %%
print(x.device, tuple(torch.empty(10_000, 10_000, 10_000, device="meta").shape))
print(x.to("cpu", torch.float64).dtype)

# %% [markdown]
# ### Out of a tensor
#
# `.item()` gives a Python number from a tensor of *one* number; `.tolist()` gives lists in lists,
# whatever the shape; `.numpy()` an array that shares the memory. Why bother? A tensor of one number
# prints as `tensor(3)`, and it is a bad key of a dictionary: each one is a different key.

# %%
print(x[0, 2], x[0, 2].item(), x.tolist())
print(torch.tensor(3) in {torch.tensor(3): "three"}, torch.tensor(3).item() in {3: "three"})

# %% [markdown]
# ### Random numbers
#
# They are computed from a **seed**, so they can be repeated. `torch.manual_seed` sets PyTorch's own
# state. A `Generator` has a state of its own, that nobody else moves on.

# %%
torch.manual_seed(0)
first, second = torch.rand(3), torch.rand(3)
torch.manual_seed(0)
print("after the same seed:", torch.equal(torch.rand(3), first))
print("without a new seed: ", torch.equal(first, second))

# %%
generator = torch.Generator().manual_seed(5)
drawn = torch.randint(10, (4,), generator=generator)
torch.rand(100)  # moves PyTorch's state on, and not the generator's
again = torch.randint(10, (4,), generator=torch.Generator().manual_seed(5))
print(torch.equal(drawn, again))

# %% [markdown]
# `rand` draws between 0 and 1, `randn` from the normal distribution (mean 0, standard deviation 1),
# `randint(n, shape)` whole numbers below n. `multinomial(p, n)` draws n places, each with its
# probability. Python's own `random` has its own state and seed.

# %% [markdown]
# ### In place
#
# A method whose name ends in `_` changes the tensor itself: `add_`, `copy_`, `zero_`. So do `+=` and
# `x[…] = …`. Without the `_` you get a new one.

# %%
numbers = torch.tensor([1, 2, 3])
print(numbers.add(10).tolist(), numbers.tolist())
print(numbers.add_(10).tolist(), numbers.tolist())

# %% [markdown]
# **Predict, then run.** `row` is the first row of `table`. It is changed in place. What does `table`
# hold then?

# %% collapsed=true jupyter={"outputs_hidden": true}
table = torch.tensor([[1, 2], [3, 4]])
row = table[0]
row += 100
print(table.tolist())

# %% [markdown]
# <details><summary>Why?</summary>
#
# The table has changed: [[101, 102], [3, 4]]. An index or a slice is a *window* on the same memory,
# and so are `view`, `.T`, `transpose`, `expand` and `detach`. `row = row + 100` would have made a new
# tensor and left the table alone. (`table[ids]` and `table[mask]`, with tensors as index, do copy.)
# </details>

# %% [markdown]
# Three rules follow. Take a `clone()` before you change what others use. A function should not
# change what it is given. And what is watched for gradients can't be changed in place, except within
# `no_grad`:

# %%
copy = table.clone()
copy[0] = 0
print(table.tolist(), copy.tolist())
try:
    torch.ones(2, requires_grad=True).add_(1)
except RuntimeError:
    print("a watched tensor refuses")

# %% [markdown]
# ## Python
#
# ### Comprehensions
#
# A loop that builds a list, in one expression. Read it from `for` on: *for each word in words, if it
# is long, its capitals*. With braces it builds a dictionary or a set.

# %%
print([word.upper() for word in words if len(word) > 3])
print({word: len(word) for word in words})
print(sorted({len(word) for word in words}))  # a set has each element once

# %% [markdown]
# Two `for` are two loops, the left one outside. `a if condition else b` is an expression with two
# outcomes.

# %%
print([(t, s) for t in range(3) for s in range(t)])
print(["long" if len(word) > 3 else "short" for word in words])

# %% [markdown]
# ### Neighbours with zip
#
# `zip` goes through several lists in step, and stops with the shortest. `words[1:]` is the list
# without its first word. So this pairs each word with the one after it:

# %%
print(list(zip(words, words[1:])))

# %% [markdown]
# `enumerate` pairs each element with its number:

# %%
print({word: number for number, word in enumerate(words)})

# %% [markdown]
# ### Generators
#
# A comprehension in round parentheses makes no list. It makes a **generator**, which computes each
# element when it is asked for. As the only argument of a function it needs no parentheses of its
# own. `next` asks for one.

# %%
squares = (n * n for n in range(1_000_000_000))  # takes no time: nothing is computed yet
print(next(squares), next(squares), next(squares))
print(sum(len(word) for word in words), any(word == "can" for word in words))

# %% [markdown]
# A function with `yield` in it makes a generator, too: at each `yield` it hands out a value, and
# waits there until it is asked for the next one. It may run for ever, as `sample` in 10 does.


# %%
def count_up(n):
    while True:
        yield n
        n += 1


print([n for n, _ in zip(count_up(5), range(3))])

# %% [markdown]
# **Predict, then run.** The same generator is added up twice. What are the two sums?

# %% collapsed=true jupyter={"outputs_hidden": true}
lengths = (len(word) for word in words)
print(sum(lengths), sum(lengths))

# %% [markdown]
# <details><summary>Why?</summary>
#
# 14 and 0. A generator can be gone through once; then it is empty, and says nothing about it. Make a
# list where you need the elements twice.
# </details>

# %% [markdown]
# ### Stars and lambdas
#
# A `*` in a call or a list unpacks a sequence into its elements. `**` unpacks a dictionary, in a
# call into named arguments. On the left of `=` the starred name takes what the others leave. `_` is
# a name for what nobody will use, and within a number a mark for the eye: `1_000`.

# %%
sizes = {"num_heads": 4, "emb_dim": 32}
print([0, *words], {"vocab_size": 50, **sizes})
*start, last = words
print(start, last)

# %% [markdown]
# `lambda a: …` is a small function without a name, often given as `key`: by what to sort or to
# compare. Tuples are compared by their first elements, then by their second ones.

# %%
print(sorted(words, key=lambda word: (-len(word), word)))  # longest first, then by the alphabet
print(max(sizes, key=sizes.get))  # the key with the largest value

# %% [markdown]
# ### Formatted strings
#
# After the `f`, what stands in braces is computed. After a colon stands how to write it: `.3f` three
# decimals, `,` with commas, `>8` to the right in 8 places, `.0%` as a percentage. `!r` writes it as
# Python would.

# %%
p, text = 0.4567, "a\nb"
print(f"{p:.3f} {p:.0%} {57261312:,} [{'fish':>8}] {text!r}")

# %% [markdown]
# ### Classes and properties
#
# A class is a kind of thing; `Word("seal")` makes one of that kind, and calls `__init__`. `self` is
# the one in question. A **property** is a method that is read like a value, without parentheses.


# %%
class Word:
    def __init__(self, text):
        self.text = text

    @property
    def size(self):
        return len(self.text)


print(Word("seal").size)

# %% [markdown]
# A class in parentheses is the parent: all that it has is there, until it is defined anew.
# `super()` is the parent's part of this one. That is why each `nn.Module` begins with
# `super().__init__()`.


# %%
class Shout(Word):
    def __init__(self, text):
        super().__init__(text.upper())  # let the parent keep it


print(Shout("seal").text, Shout("seal").size)

# %% [markdown]
# ### Type hints
#
# `text: str` and `-> list[int]` say what is meant to go in and to come out. Python does not check
# them; they are for readers and tools. `Tensor | None` means: a tensor, or `None`.


# %%
def lengths_of(texts: list[str], limit: int | None = None) -> list[int]:
    return [len(text) for text in texts][:limit]


print(lengths_of(words), lengths_of(words, 2))

# %% [markdown]
# ### Dataclasses
#
# A class that only holds values, with `__init__` and a readable form written for you. `frozen`
# means that nobody can change one afterwards; `replace` makes a changed copy, `asdict` a dictionary.


# %%
@dataclass(frozen=True)
class Sizes:
    emb_dim: int = 512
    num_heads: int = 8


small = replace(Sizes(), emb_dim=128)
print(small, asdict(small))

# %% [markdown]
# ### Decorators and with
#
# `@name` above a function hands the function to `name`, and keeps what comes back in its place.
# Usually that is the same function with something around it. (`@property` and `@dataclass` are
# decorators, too.)


# %%
def twice(function):
    return lambda n: function(function(n))


@twice
def add_one(n):
    return n + 1


print(add_one(5))

# %% [markdown]
# `with` runs its lines under a condition that begins before them and ends after them, whatever
# happens in between. `@torch.no_grad()` above a function is `with torch.no_grad():` around its body.


# %%
@torch.no_grad()
def double(value):
    return value * 2


w = torch.tensor(3.0, requires_grad=True)
with torch.no_grad():
    inside = w * 2
print((w * 2).requires_grad, inside.requires_grad, double(w).requires_grad)

# %% [markdown]
# `@contextmanager` makes such a `with` out of a generator: what stands before `yield` happens first,
# what stands in `finally` happens last, even after an error.


# %%
@contextmanager
def announced(name):
    print("begin", name)
    try:
        yield
    finally:
        print("end", name)


with announced("a step"):
    print("  the lines inside")

# %% [markdown]
# ### The walrus
#
# `name := value` gives the value a name *and* is the value. So a condition can keep what it has
# tested; an empty list, `None` and 0 count as false. The folded checks of the exercises do this:
# `if wrong := another_example(…)`.

# %%
if long_words := [word for word in words if len(word) > 3]:
    print(long_words)

# %% [markdown]
# ### Patterns
#
# A regular expression describes pieces of text. `\w` is a letter, a digit or `_` in any language,
# `\s` white space, `+` *one or more*, `|` *or*. `[abc]` is one of these characters, `[^abc]` any
# other, `[a-z]` a range; `[一-鿿]` is the range of the common Chinese characters. The `r` before
# the string leaves backslashes as they are.

# %%
print(re.findall(r"\w+|[^\w\s]", "Don't go, seal!"))
print(bool(re.search("[一-鿿]", "a 企鹅")), bool(re.search("[一-鿿]", "a seal")))

# %% [markdown]
# Parentheses remember what they matched, and `\1` in the replacement is the first of these. So this
# takes away the space before a mark:

# %%
print(re.sub(r" ([,.!?])", r"\1", "No , thanks !"))

# %% [markdown]
# ## Further reading
#
# - PyTorch, [Broadcasting semantics](https://docs.pytorch.org/docs/stable/notes/broadcasting.html)
#   and [Tensor views](https://docs.pytorch.org/docs/stable/tensor_view.html): the two pages to know.
# - NumPy, [The absolute basics for
#   beginners](https://numpy.org/doc/stable/user/absolute_beginners.html): arrays, which tensors took
#   most of their ways from (`axis` there is `dim` here).
# - [The Python tutorial](https://docs.python.org/3/tutorial/), chapters 4, 5 and 9: functions,
#   comprehensions, classes.
# - Sebastian Raschka, [*Build a Large Language Model (From
#   Scratch)*](https://github.com/rasbt/LLMs-from-scratch), appendix A: a longer introduction to
#   PyTorch.
