"""minillm: a GPT-2-style language model from nothing, one module per idea.

Every line here was built in a notebook first. To read the package whole, take the modules in this order; each
uses only those before it:

    rules            a chatbot of one rule, and where it breaks
    tokenizer_files  how a vocabulary is written to disk
    tokenizer        text to ids and back: characters, words, byte-level BPE
    attention        tokens that look at earlier tokens
    model            the transformer around attention, and its sizes
    sampling         from logits to text
    corpus           the small bundled world to learn from
    data             ids into token files, rows and batches
    chat             turns, and which words are learned
    documents        text files and conversations into token files
    checkpoint       saving, loading, going on where it stopped
    processes        one run in several processes
    training         the loss and the loop that lowers it
    evaluation       how good is it, and compared with what
    interop          to and from the formats of other tools
    plots            figures of all that
    widgets          attention to look at, and three small ones, in JupyterLab
    plan             what a run would take, by arithmetic
    recipe           the whole road, from text to a scored chat model
    commands         what the commands do
    cli              the `minillm` command, its words and its errors

Importing `minillm` loads none of them: `from minillm.tokenizer import BPETokenizer` loads what it names.
"""

__version__ = "0.1.0"
