from lib import *
nb=load("11_chat")
put(nb,34,"Two models get the same lessons. One is the shipped `mini`, which has read the twelve megabytes of [the small world](../docs/ALMANAC.md). The other is a `nano` that has read nothing: it begins with random numbers.")
sub(nb,44,("some 5,000 steps","some 4,000 steps"))
save(nb,"11_chat")
