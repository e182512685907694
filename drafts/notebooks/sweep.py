import json, sys, tempfile, time, math
from dataclasses import replace
from pathlib import Path
import torch
from torch import nn
from minillm import corpus, training
from minillm.data.batches import Batches
from minillm.data.encoding import encode_document
from minillm.data.token_files import TokenFile, write_tokens
from minillm.evaluation import ngram_losses
from minillm.initialization import sinusoids
from minillm.machine import Processes, keep_freed_memory
from minillm.model import PRESETS, QdogBabyLearnLLM
from minillm.tokenizer_training import train_bpe
from minillm.training import TrainingConfig, token_loss, validation_loss, make_optimizers
keep_freed_memory()
c={"V":1024,"mb":2.0,"T":256,"rows":8,"steps":360,"lr":8e-3,"warmup":20,"sin":0,"opt":"muon","stop":None,"shape":{},"final":0.1,"evals":4,"seed":0,"en":0}|json.loads(sys.argv[1])
F=Path(f"drafts/notebooks/data/{c['V']}-{c['mb']}-{c['en']}")
if not (F/"base.json").exists():
    F.mkdir(parents=True,exist_ok=True)
    d=corpus.pretraining_documents(megabytes=c["mb"]); v=corpus.validation_documents(megabytes=.1)
    if c['en']: d=[x for x in d if x.isascii()]; v=[x for x in corpus.validation_documents(megabytes=.2) if x.isascii()]
    print(len(d),sum(map(len,d)),sum(map(len,v)))
    tok=train_bpe(d,c["V"],progress=False)
    for n,x in (("train",d),("valid",v)): write_tokens(F/n,(encode_document(t,tok) for t in x),tok.vocab_size)
    base=ngram_losses(TokenFile(F/"train"),TokenFile(F/"valid")); (F/"base.json").write_text(json.dumps([base,tok.pad_id]))
base,pad=json.loads((F/"base.json").read_text())
tr,va=TokenFile(F/"train"),TokenFile(F/"valid")
B,Vb=Batches(tr,c["T"],pad,0),Batches(va,c["T"],pad,shuffle=False)
rows=len(B.epoch_rows(0)); B._epoch=-1
torch.manual_seed(c["seed"])
model=QdogBabyLearnLLM(replace(PRESETS["nano"],vocab_size=c["V"],context_size=c["T"],**c["shape"]))
if c["sin"]:
    with torch.no_grad(): model.pos_emb.weight.copy_(sinusoids(c["T"],model.cfg.emb_dim)*0.02*2**.5*c["sin"])
cfg=TrainingConfig(steps=c["steps"],batch_size=c["rows"],micro_batch=c["rows"],learning_rate=c["lr"],warmup=c["warmup"],final_rate=c["final"],precision="float32")
opts=make_optimizers(model,cfg) if c["opt"]=="muon" else [torch.optim.AdamW(model.parameters(),lr=1,betas=(.9,.95),weight_decay=.1,fused=True)]
t=time.time(); ts=0; out=[]; tl=[]
n=c["stop"] or c["steps"]
for s in range(n):
    t=time.time(); l=training.train_step(model,token_loss,opts,B,s,cfg,cfg.machine,Processes()); ts+=time.time()-t; tl.append(l)
    if (s+1)%(c["steps"]//c["evals"])==0 or s+1==n:
        t=time.time(); out.append(round(validation_loss(model,Vb),3)); model.train(); tv=time.time()-t
print(sys.argv[1],"rows/epoch",rows,"epochs %.2f"%(n*c["rows"]/rows),"3gram %.3f 2gram %.3f"%(base["3-gram"],base["2-gram"]),out,"steps %.0fs eval %.1fs"%(ts,tv),"per step %.0fms"%(1e3*ts/n),flush=True)
