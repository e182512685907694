"""`python -m minillm …` is the `minillm` command."""

import sys

from minillm.cli import main

if __name__ == "__main__":  # not in the processes that help with a large text
    sys.exit(main())
