"""Tokenizer files: tokenizer.json as Hugging Face's tools read it, GPT-2's vocab.json + merges.txt.

Plain functions of data: a tokenizer is its merges, the names of its special tokens, and the id of
every token (bytes for ordinary tokens, str for special ones).
Not here: tokenizers that are not byte-level BPE with GPT-2's pattern; they are refused.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from .files import read_json_object, write_json

Merges = Sequence[tuple[bytes, bytes]]
Ids = Mapping[bytes | str, int]
Tokenizer = TypeVar("Tokenizer")
Make = Callable[[Merges, Sequence[str], Ids], Tokenizer]

# A file holds text, but a token may be half a character. So GPT-2 writes each byte as one visible
# character: printable bytes as themselves, the 68 others as U+0100, U+0101 ... in turn (a space
# becomes Ġ). That is why a vocabulary looks garbled. The order here is GPT-2's order of the bytes.
_PRINTABLE = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
_OTHERS = [byte for byte in range(256) if byte not in _PRINTABLE]
BYTE_TO_CHAR = {b: chr(b) for b in _PRINTABLE} | {b: chr(256 + i) for i, b in enumerate(_OTHERS)}
CHAR_TO_BYTE = {char: byte for byte, char in BYTE_TO_CHAR.items()}

SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>")


def to_chars(token: bytes) -> str:
    """A token as files show it.

    >>> to_chars(" café".encode())
    'ĠcafÃ©'
    """
    return "".join(BYTE_TO_CHAR[byte] for byte in token)


def to_bytes(chars: str) -> bytes:
    """The token behind `to_chars`; ValueError if a character stands for no byte."""
    try:
        return bytes(CHAR_TO_BYTE[char] for char in chars)
    except KeyError as error:
        raise ValueError(
            f"the token {chars!r} is not byte level: {error} stands for no byte"
        ) from None


def write_tokenizer(
    folder: Path,
    merges: Merges,
    special_tokens: Sequence[str],
    ids: Ids,
    chat_template: str | None = None,
    context_size: int | None = None,
) -> None:
    """Write tokenizer.json and tokenizer_config.json into `folder`, which is made if need be.

    `context_size`: of more tokens a model can't read (Hugging Face's `model_max_length`).
    """
    in_order = sorted(ids, key=lambda token: ids[token])
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    byte_level = {
        "type": "ByteLevel",
        "add_prefix_space": False,
        "trim_offsets": True,
        "use_regex": True,
    }
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": ids[token], "content": token, **flags, "special": True}
            for token in in_order
            if token in special_tokens
        ],
        "normalizer": None,
        "pre_tokenizer": byte_level,
        "post_processor": None,
        "decoder": byte_level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": {
                token if isinstance(token, str) else to_chars(token): ids[token]
                for token in in_order
            },
            "merges": [f"{to_chars(left)} {to_chars(right)}" for left, right in merges],
        },
    }
    answer_ends, pads = (
        [name for name in names if name in special_tokens]
        for names in (("<|im_end|>", "<|endoftext|>"), ("<|pad|>", "<|endoftext|>"))
    )
    config: dict[str, Any] = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "clean_up_tokenization_spaces": False,  # or decoding would drop the space before "n't"
        "bos_token": None,
        "eos_token": next(iter(answer_ends), None),
        "pad_token": next(iter(pads), None),
        "padding_side": "left",  # or padding would stand between a prompt and its continuation
        "unk_token": None,
    }
    if context_size is not None:
        config["model_max_length"] = context_size
    if chat_template is not None:
        config["chat_template"] = chat_template
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "tokenizer_config.json", config)
    write_json(folder / "tokenizer.json", tokenizer)


def check_tokenizer(merges: Merges, special_tokens: Sequence[str], ids: Ids) -> None:
    """ValueError if merges, special tokens and ids do not fit together."""
    if len(set(special_tokens)) < len(special_tokens):
        raise ValueError(
            f"special_tokens={list(special_tokens)} has a name twice; each must be there once"
        )
    if sorted(ids.values()) != list(range(len(ids))):
        raise ValueError(f"the {len(ids)} ids are not 0 to {len(ids) - 1}, each used once")
    needed: list[bytes | str] = [*special_tokens, *(bytes([byte]) for byte in range(256))]
    needed += [token for left, right in merges for token in (left, right, left + right)]
    for token in needed:
        if token not in ids:
            raise ValueError(
                f"the vocabulary lacks {token!r}; it must have every special token, "
                "all 256 single bytes, and both parts and the result of every merge"
            )
    for token in ids:
        if isinstance(token, str) and token not in special_tokens:
            raise ValueError(f"{token!r} is not one of special_tokens={list(special_tokens)}")
    for name in special_tokens:
        # A file could not tell these two apart.
        if all(char in CHAR_TO_BYTE for char in name) and to_bytes(name) in ids:
            raise ValueError(
                f"the special token {name!r} is an ordinary token too; "
                "give it a name like '<|name|>'"
            )


def read_tokenizer(path: Path, make: Make[Tokenizer]) -> Tokenizer:
    """make(merges, special_tokens, ids) with what a tokenizer.json holds; path: it or its folder.

    ValueError if there is none, if it is cut off, if it does not fit together, or if it is of a
    kind that would make other ids there than here.
    """
    path = path / "tokenizer.json" if path.is_dir() else path
    state = read_json_object(path, "tokenizer")
    try:
        model, cut = state["model"], state["pre_tokenizer"]
        changers = ("dropout", "ignore_merges", "continuing_subword_prefix", "end_of_word_suffix")
        kind = model.get("type", "BPE")  # early files, GPT-2's among them, do not say it
        if kind != "BPE" or cut["type"] != "ByteLevel":
            raise ValueError(f"it is {kind} on {cut['type']}")
        if cut["add_prefix_space"] or not cut.get("use_regex", True) or state.get("normalizer"):
            raise ValueError("it changes or cuts the text in another way")
        if any(model.get(name) for name in changers):
            raise ValueError(f"it uses one of {', '.join(changers)}")
        _check_around(state)
        special = {token["content"]: token["id"] for token in state["added_tokens"]}
        return make(*_from_chars(model["vocab"] | special, model["merges"], list(special)))
    except _WRONG_SHAPE as error:
        raise _wrong_kind(path, error) from None


def _check_around(state: dict[str, Any]) -> None:
    """ValueError if what stands around the model changes ids: they would be others than ours."""
    for token in state["added_tokens"]:
        if token.get("special") is not True:
            raise ValueError(
                f"its added token {token['content']!r} is not special, so that text may become it"
            )
    if state.get("truncation"):
        raise ValueError("it cuts long texts off (truncation)")
    padding = state.get("padding")
    if padding and (padding["strategy"] != "BatchLongest" or padding.get("pad_to_multiple_of")):
        raise ValueError("it fills short texts up (padding)")
    processor = state.get("post_processor") or {"type": "Sequence", "processors": []}
    for part in processor["processors"] if processor["type"] == "Sequence" else [processor]:
        template = part["single"] if part["type"] == "TemplateProcessing" else []
        if part["type"] not in ("ByteLevel", "TemplateProcessing") or any(
            "Sequence" not in piece for piece in template
        ):
            raise ValueError(f"its post_processor {part['type']} adds tokens to a text")


def read_gpt2(vocab_json: Path, merges_txt: Path, make: Make[Tokenizer]) -> Tokenizer:
    """make(merges, special_tokens, ids) with what GPT-2's own two files hold.

    Errors as in `read_tokenizer`.
    """
    vocab, lines = read_json_object(vocab_json, "tokenizer"), _read_text(merges_txt).split("\n")
    try:
        merges = [line for line in lines if line and not line.startswith("#version")]
        return make(*_from_chars(vocab, merges, [name for name in SPECIAL_TOKENS if name in vocab]))
    except _WRONG_SHAPE as error:
        raise _wrong_kind(f"{vocab_json} with {merges_txt}", error) from None


def _from_chars(
    vocab: dict[str, int], merges: list[Any], special_tokens: list[str]
) -> tuple[Merges, list[str], Ids]:
    """From visible characters; a merge is "left right" or, in some files, ["left", "right"]."""
    pairs = [merge.split(" ") if isinstance(merge, str) else merge for merge in merges]
    ids = {name if name in special_tokens else to_bytes(name): i for name, i in vocab.items()}
    if not all(len(pair) == 2 for pair in pairs):
        raise ValueError("not every merge is a pair")
    return [(to_bytes(left), to_bytes(right)) for left, right in pairs], special_tokens, ids


# What JSON of some other shape raises on the way, apart from the ValueErrors above.
_WRONG_SHAPE = (KeyError, TypeError, AttributeError, ValueError)


def _wrong_kind(path: Path | str, error: Exception) -> ValueError:
    if isinstance(error, KeyError):
        reason = f"there is no {error}"
    else:
        reason = str(error) if isinstance(error, ValueError) else "its parts are of other types"
    return ValueError(f"{path} is not a byte-level BPE tokenizer with GPT-2's pattern: {reason}")


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ValueError(f"{path.parent} is no tokenizer folder: it has no {path.name}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text, so it is no tokenizer file") from None
