"""From documents to batches.

documents    text files, JSON and JSONL, folders, the hub
decoding     bytes to text, or what to do about them
records      documents in JSON
splits       what is for training and what for validation
token_files  ids on disk
batches      rows packed full
encoding     documents into token files, with all cores
"""
