"""Checks of appendix_tensors.ipynb: quiz answers, links, each section alone, widths, outputs."""
import json,re,io,contextlib,sys,math
nb=json.load(open('drafts/appendix_tensors.ipynb'))
cells=[(c['cell_type'],''.join(c['source']),c) for c in nb['cells']]
# quiz
quiz=next(s for k,s,_ in cells if s.startswith('## Do I need this'))
import torch
x=torch.tensor([[1,2,3],[4,5,6]])
q=re.findall(r'\*\*(\d)\.\*\* `(.+?)`\n\n<details><summary>Answer \1</summary>\n\n`(.+?)`',quiz)
assert len(q)==6,len(q)
for n,code,ans in q:
    f=io.StringIO()
    with contextlib.redirect_stdout(f): exec(code,{'torch':torch,'x':x})
    assert f.getvalue().strip()==ans,(n,f.getvalue(),ans)
print('quiz ok')
heads={m.replace(' ','-') for k,s,_ in cells if k=='markdown' for m in re.findall(r'^#+ (.+)$',s,re.M)}
links={l for k,s,_ in cells if k=='markdown' for l in re.findall(r'\]\(#([^)]+)\)',s)}
print('dead links',links-heads,'unlinked',sorted(heads-links))
# sections alone
setup=next(s for k,s,_ in cells if k=='code')
sec=[];cur=None
for k,s,_ in cells[cells.index(next(c for c in cells if c[1]==setup))+1:]:
    if k=='markdown' and re.search(r'^### ',s,re.M): cur=[re.search(r'^### (.+)$',s,re.M)[1]];sec.append(cur)
    if k=='code': cur.append(s)
for name,*codes in sec:
    ns={'__name__':'__main__'}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(setup,ns)
            for c in codes: exec(c,ns)
    except Exception as e: print('SECTION',name,repr(e))
print(len(sec),'sections, each runs after the setup alone')
for k,s,c in cells:
    for l in s.splitlines():
        if len(l)>100 and not l.startswith('|'): print('long',len(l),l)
    if k=='code':
        lines=[l for l in s.splitlines() if l.strip() and not l.startswith(('import ','from '))]
        if len(lines)>12: print('cell of',len(lines))
        t=''.join(''.join(o.get('text',[])) for o in c['outputs'])
        if re.search(r'\d\.\d{4}',t) or re.search(r'-0\.0*(?![\d])',t): print('decimals',t)
words=sum(len(s.split()) for k,s,_ in cells if k=='markdown'); print('words',words, 'code cells',sum(k=='code' for k,_,_ in cells),'predict',sum(c['metadata'].get('jupyter',{}).get('outputs_hidden',False) for _,_,c in cells))
