"""A whole run.

stage      a run's folder, its settings and lock, and one stage of training in it
recipe     what the presets are made with, and the documents
report     the scores of a run
run        all stages, one after the other
plan       what a run would take
launch     what torchrun tells its processes
processes  several processes
"""
