import sys,torch
from safetensors.torch import load_file
from torch.nn import functional as F
for p in sys.argv[1:]:
    t=F.normalize(load_file(p)["pos_emb.weight"].float(),dim=1); c=t@t[100]
    print(p,[round(x,2) for x in c[[0,20,50,80,90,96,97,98,99,100,101,102,103,104,110,120,150,180,200,220,255]].tolist()], min(c[98:103]).item(), max(c[200:]).item())
