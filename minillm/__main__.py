"""`python -m minillm …` is the `minillm` command."""

from minillm.cli import command

if __name__ == "__main__":  # not in the processes that help with a large text
    command()
