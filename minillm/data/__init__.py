"""From documents to batches: reading, splitting, token files, rows packed full."""
