import sys; sys.path.insert(0,"drafts/notebooks")
from nbedit import *
import re
nb=NB("09_pretraining.ipynb")
nb.sub("cell-00",'''- train a model live, and say whether it has learned anything: against baselines, not against hope.
''','''- train a model live, and say whether it has learned anything: against baselines, not against hope,
- say what Muon does with a matrix, and why five products are enough for it (optional).
''')
nb.sub("cell-00","**Minutes** 40 to read and run, 25 for the exercises.","**Minutes** 40 to read and run, 20 for the optional section, 25 for the exercises.")
nb.set("cell-02",'''
import math
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import minillm
from minillm import corpus, plots, training
from minillm.data.batches import IGNORE, Batches
from minillm.exercises import another_example, checked
from minillm.model import PRESETS, QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.training import TrainingConfig, token_loss
''')
nb.set("cell-03",'''
%matplotlib inline
import tempfile
from pathlib import Path

from minillm.data.encoding import encode_document
from minillm.data.token_files import write_tokens
from minillm.evaluation import bits_per_byte, ngram_losses
from minillm.formats.run_files import read_log
from minillm.machine import Processes
from minillm.muon import Muon
from minillm.tokenizer_training import train_bpe
''')
nb.sub("cell-07b","QdogBabyLearnLLM(small, head_start)","QdogBabyLearnLLM(small)")
nb.sub("cell-17","cfg = TrainingConfig(steps=360, learning_rate=4e-3, warmup=20)","cfg = TrainingConfig(steps=@STEPS@, learning_rate=@LR@, warmup=20)")
nb.sub("cell-19","**shape), head_start)","**shape))")
nb.sub("cell-19b","range(150)","range(100)")
nb.sub("cell-20","range(1, 151)","range(1, 101)")
nb.set("cell-22",'''
## Real text

A tokenizer of 1,024 tokens, two million bytes from the island to learn from, half of them tales,
and other text of the same kind to be judged on. The token files lie on disk and are read piece by
piece, so they may be larger than memory.
''')
nb.set("cell-29",'''
### Live

Now `nano`, one million parameters, for @STEPS@ steps of @ROWS@ rows: less than one pass over the
text, and about a minute. The loop is the package's: draw a batch, loss, backward, clip a gradient
that is too long, step; at times evaluate on the fresh text and save. Tables and vectors step by
AdamW, as above. The matrices in the blocks step by **Muon**, which a section of its own explains
below. (`float32` so that your run and the published one can be compared.)
''')
nb.set("cell-30",'''
shape = replace(PRESETS["nano"], vocab_size=tokenizer.vocab_size)
torch.manual_seed(0)
nano = QdogBabyLearnLLM(shape)
cfg = TrainingConfig(
    steps=@STEPS@, batch_size=@ROWS@, micro_batch=@ROWS@, learning_rate=@LR@, warmup=20, eval_every=@EVERY@,
    precision="float32",
)  # fmt: skip
files = (train_file, valid_file, tokenizer.pad_id)
state = training.train(nano, *files, cfg, folder, progress=False)
passed = [name for name, loss in baselines.items() if state.best < loss]
print("passed:", ", ".join(passed))
''')
nb.drop("cell-33")
nb.set("cell-34",'''
Nats per token depend on the tokenizer: longer tokens, more surprise in each. **Bits per byte** do
not, and can be compared across models:
''')
nb.sub("cell-37",'QdogBabyLearnLLM(PRESETS["nano"], head_start).eval()',"QdogBabyLearnLLM(shape).eval()")
nb.set("cell-38",'''
A minute ago it was soup. The model that ships with the course had the better part of an hour, more
parameters and the same loop: `minillm train`.
''')
# the section
t=open("drafts/notebooks/section.md").read()
at="cell-38"
parts=re.split(r"^(@@.*)$",t,flags=re.M)
for head,body in zip(parts[1::2],parts[2::2]):
    kind,id,*tags=head[2:].split()
    at=nb.new(at,{"md":"markdown","code":"code"}[kind],id,body,tags)
nb.sub("cell-39","[`training.py`](../minillm/training.py) (loss, optimizer, schedule, the loop); in","[`training.py`](../minillm/training.py) (loss, optimizers, schedule, the loop);\n[`muon.py`](../minillm/muon.py) (the step for matrices); in")
nb.sub("cell-53",'''- Chen and Goodman,''','''- Keller Jordan, [*Muon: An optimizer for hidden layers in neural
  networks*](https://kellerjordan.github.io/posts/muon/), and Liu and others, [*Muon is Scalable for
  LLM Training*](https://arxiv.org/abs/2502.16982): the step for matrices, and how to give it
  AdamW's rate.
- Chen and Goodman,''')
import json
V=json.load(open("drafts/notebooks/params.json"))
for c in nb.cells:
    s="".join(c["source"])
    for k,v in V.items(): s=s.replace(f"@{k}@",str(v))
    assert "@S" not in s and "@R" not in s and "@L" not in s and "@E" not in s, s
    c["source"]=s.splitlines(True)
nb.save()
