import json,subprocess,sys,uuid,random
from pathlib import Path
NB=Path("/work/main/notebooks")
def load(n): return json.load(open(NB/f"{n}.ipynb"))
def lines(s): 
    s=s.strip("\n"); return s.splitlines(keepends=True)
def md(s): return {"cell_type":"markdown","id":uuid.uuid4().hex[:8],"metadata":{},"source":lines(s)}
def code(s,tags=()): 
    return {"cell_type":"code","execution_count":None,"id":uuid.uuid4().hex[:8],"metadata":({"tags":list(tags)} if tags else {}),"outputs":[],"source":lines(s)}
def src(nb,i): return "".join(nb["cells"][i]["source"])
def put(nb,i,s): nb["cells"][i]["source"]=lines(s)
def sub(nb,i,*pairs):
    s=src(nb,i)
    for a,b in pairs:
        assert a in s,(i,a,s); s=s.replace(a,b)
    put(nb,i,s)
def save(nb,n): (NB/f"{n}.ipynb").write_text(json.dumps(nb,ensure_ascii=False,indent=1)+"\n")
def run(n,allow=False):
    subprocess.run(["nice","../.venv/bin/jupyter","nbconvert","--execute","--inplace",f"{n}.ipynb"]+(["--allow-errors"] if allow else []),cwd=NB,check=True)
    clean(n)
def clean(n):
    nb=load(n)
    for c in nb["cells"]:
        c["metadata"].pop("execution",None)
        if c["cell_type"]=="code":
            out=[]
            for o in c["outputs"]:
                if out and o.get("output_type")=="stream" and out[-1].get("output_type")=="stream" and o["name"]==out[-1]["name"]: out[-1]["text"]+=o["text"]
                else: out.append(o)
            c["outputs"]=out
    save(nb,n)
