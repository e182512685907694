import json
from pathlib import Path
ROOT=Path("notebooks")
class NB:
    def __init__(s,name):
        s.path=ROOT/name; s.d=json.loads(s.path.read_text("utf-8")); s.cells=s.d["cells"]
    def at(s,id): 
        (i,)=[i for i,c in enumerate(s.cells) if c["id"]==id]; return i
    def cell(s,id): return s.cells[s.at(id)]
    def src(s,id): return "".join(s.cell(id)["source"])
    def set(s,id,text,tags=None):
        c=s.cell(id); c["source"]=text.strip("\n").splitlines(True)
        if tags is not None: c["metadata"]["tags"]=tags
    def sub(s,id,old,new):
        t=s.src(id); assert t.count(old)==1,(id,old,t.count(old)); s.set(id,t.replace(old,new))
    def new(s,after,kind,id,text,tags=()):
        assert all(c["id"]!=id for c in s.cells),id
        c={"cell_type":kind,"id":id,"metadata":{"tags":list(tags)} if tags else {},"source":text.strip("\n").splitlines(True)}
        if kind=="code": c={"cell_type":kind,"execution_count":None,"id":id,"metadata":c["metadata"],"outputs":[],"source":c["source"]}
        s.cells.insert(s.at(after)+1,c); return id
    def md(s,after,id,text): return s.new(after,"markdown",id,text)
    def code(s,after,id,text,tags=()): return s.new(after,"code",id,text,tags)
    def drop(s,*ids):
        for i in ids: del s.cells[s.at(i)]
    def save(s): s.path.write_text(json.dumps(s.d,indent=1,ensure_ascii=False)+"\n","utf-8")
def clean(name):
    """After executing: strip times, merge outputs of one stream, number the cells."""
    nb=NB(name)
    for c in nb.cells:
        c["metadata"].pop("execution",None)
        if c["cell_type"]!="code": continue
        outs=[]
        for o in c["outputs"]:
            if o["output_type"]=="stream" and outs and outs[-1]["output_type"]=="stream" and outs[-1]["name"]==o["name"]:
                outs[-1]["text"]=("".join(outs[-1]["text"])+"".join(o["text"])).splitlines(True)
            else: outs.append(o)
        c["outputs"]=outs
    nb.d["metadata"].get("language_info",{})
    nb.save()
