"""Files on disk.

files            atomic replacement, JSON, tensors, the lock of a folder
tokenizer_files  tokenizer.json, and GPT-2's two files
checkpoints      models
run_files        what training leaves: its log and its state
gpt2             GPT-2 folders, written and read
gguf             written for llama.cpp
"""
