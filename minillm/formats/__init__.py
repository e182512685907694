"""Files on disk: how they are written and read, and what each kind of them holds."""
