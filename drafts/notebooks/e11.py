from lib import *
nb=load("11_chat")
sub(nb,3,("from minillm.initialization import head_start\n",""))
sub(nb,6,("Where does Nora live?","Where does Kiki live?"),("Nora lives at the lighthouse.","Kiki lives in the round house."))
sub(nb,17,('"content": "Otto."','"content": "Kiki\'s best friend is Hugo."'))
sub(nb,34,("the eight megabytes of 09's text. The other is a `nano` that has read nothing: all it has is the head\nstart of [08](08_the_model.ipynb).","XX") if False else ("has read","has read"))
s=src(nb,34); print(s)
sub(nb,35,("nano = QdogBabyLearnLLM(replace(PRESETS[\"nano\"], vocab_size=tokenizer.vocab_size), head_start)","nano = QdogBabyLearnLLM(replace(PRESETS[\"nano\"], vocab_size=tokenizer.vocab_size))"),("learning_rate=1e-3","learning_rate=2e-3"))
put(nb,34,"""Two models get the same lessons. One is the shipped `mini`, which has read the twelve megabytes of
[the small world](../docs/ALMANAC.md). The other is a `nano` that has read nothing: it starts from
random numbers.""")
s=src(nb,44); print(s)
save(nb,"11_chat")
