"""Text to token ids and back: by characters, by words, and by byte-level byte-pair encoding (BPE).

Not here: learning the merges (`tokenizer_training`), and any pattern but GPT-2's.
The character and word tokenizers are built in 02, BPE in 03.
"""

import codecs
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain, repeat
from pathlib import Path

import regex  # like `re`, and it knows \p{L} (any letter) and \p{N} (any digit)

from .formats.tokenizer_files import (
    BYTE_TO_CHAR,
    SPECIAL_TOKENS,
    check_tokenizer,
    read_gpt2,
    read_tokenizer,
    write_tokenizer,
)

# GPT-2's cuts: a word takes the space before it along, and no merge ever crosses a cut.
GPT2_PATTERN = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_PATTERN = regex.compile(GPT2_PATTERN)
# On ASCII text Python's own `re` makes the same cuts in half the time. Words stand first because
# they are the commonest: a pattern tries its alternatives in order.
_ASCII_PATTERN = re.compile(
    r" [A-Za-z]+|[A-Za-z]+|'(?:[sdmt]|re|ve|ll)| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+", re.ASCII
)

LONG_PIECE = 128  # bytes; from about here on `_apply_merges_long` is the faster one
NO_SYMBOL = -1  # merged into the symbol on its left, or beyond the end of a pre-token


class CharTokenizer:
    """One token per character of the text it was built from. Built in 02.

    Id 0 is `<unk>`: every character that was not in that text becomes it, and decodes to "<unk>".
    """

    unknown = "<unk>"

    def __init__(self, text: str) -> None:
        self.tokens = [self.unknown, *sorted(set(self.split(text)))]  # id -> token
        self.ids = {token: i for i, token in enumerate(self.tokens)}  # token -> id

    @property
    def vocab_size(self) -> int:
        """How many tokens there are, `<unk>` included."""
        return len(self.tokens)

    def split(self, text: str) -> list[str]:
        """The tokens of a text, as strings."""
        return list(text)

    def encode(self, text: str) -> list[int]:
        """The ids of a text; 0 for what is not in the vocabulary."""
        return [self.ids.get(token, 0) for token in self.split(text)]

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ids."""
        return "".join(self.tokens[i] for i in ids)


class WordTokenizer(CharTokenizer):
    """One token per word or punctuation mark of the text it was built from. Built in 02.

    Not lossless: an unknown word becomes `<unk>`, and decoding can only guess where spaces and
    line breaks were. Chinese has no spaces, so a whole clause is one word.
    """

    def split(self, text: str) -> list[str]:
        return re.findall(r"\w+|[^\w\s]", text)

    def decode(self, ids: Iterable[int]) -> str:
        text = " ".join(self.tokens[i] for i in ids)
        return re.sub(r" ([,.:;!?)，。：；！？）])", r"\1", text)


def pre_tokenize(data: bytes) -> list[str]:
    """Cut UTF-8, or any bytes, by GPT2_PATTERN; nothing is lost. Built in 03.

    >>> pre_tokenize(b"It's 7 o'clock")
    ['It', "'s", ' 7', ' o', "'", 'clock']

    The pattern reads characters, so a byte that belongs to none travels as a lone surrogate
    (`surrogateescape`): `piece.encode("utf-8", "surrogateescape")` is the piece's bytes again.
    """
    pattern = _ASCII_PATTERN if data.isascii() else _PATTERN
    return pattern.findall(data.decode("utf-8", "surrogateescape"))


class _PieceCache(dict[str, list[int]]):
    """Pre-token -> its ids: computed when it is first met, looked up from then on.

    Bounded, so that a long-running process keeps it below about 30 MB: it is emptied when it is
    full, and long pieces, which hardly ever come again, are not kept.
    """

    max_pieces, max_chars = 65_536, 64

    def __init__(self, apply_merges: Callable[[bytes], list[int]]) -> None:
        super().__init__()
        self.apply_merges = apply_merges

    def __missing__(self, piece: str) -> list[int]:
        ids = self.apply_merges(piece.encode("utf-8", "surrogateescape"))
        if len(piece) <= self.max_chars:
            if len(self) >= self.max_pieces:
                self.clear()
            self[piece] = ids
        return ids


def _pass_or_replace(error: UnicodeError) -> tuple[str | bytes, int]:
    """Decoding: lone surrogates come back as they were, all else that is no UTF-8 is U+FFFD."""
    try:
        return codecs.lookup_error("surrogatepass")(error)
    except UnicodeDecodeError:
        return codecs.lookup_error("replace")(error)


_PASS_OR_REPLACE = "minillm.pass_or_replace"
codecs.register_error(_PASS_OR_REPLACE, _pass_or_replace)


class BPETokenizer:
    """Byte-level BPE: lossless on every string and on any bytes. Built in 03.

    merges: pairs of tokens in the order in which they were learned; the place in it is the rank.
    special_tokens: names such as "<|im_end|>". No text encodes to them; `special` holds their ids.
    ids: the id of every token, bytes for ordinary and str for special ones. By default the special
    tokens, then the 256 bytes in GPT-2's order, then what the merges make. ValueError if the three
    do not fit together.
    """

    def __init__(
        self,
        merges: Sequence[tuple[bytes, bytes]],
        special_tokens: Sequence[str] = SPECIAL_TOKENS,
        ids: Mapping[bytes | str, int] | None = None,
    ) -> None:
        if ids is None:
            tokens: list[bytes | str] = [*special_tokens, *(bytes([b]) for b in BYTE_TO_CHAR)]
            tokens += [left + right for left, right in merges]
            ids = {token: i for i, token in enumerate(dict.fromkeys(tokens))}
        check_tokenizer(merges, special_tokens, ids)
        self.merges = list(merges)
        self.ids = dict(ids)
        self.special = {name: ids[name] for name in special_tokens}

        self._tokens = [b""] * len(ids)  # id -> bytes
        for token, i in ids.items():
            self._tokens[i] = token.encode("utf-8") if isinstance(token, str) else token
        self._byte_ids = [ids[bytes([byte])] for byte in range(256)]
        self._ranks = {(ids[left], ids[right]): rank for rank, (left, right) in enumerate(merges)}
        self._merged = [ids[left + right] for left, right in merges]  # rank -> id
        self._cache = _PieceCache(self._apply_merges)

    def __repr__(self) -> str:
        return f"BPETokenizer(vocab_size={self.vocab_size}, special_tokens={list(self.special)})"

    @property
    def vocab_size(self) -> int:
        """Number of ids: special tokens, bytes and merged tokens together."""
        return len(self._tokens)

    @property
    def fingerprint(self) -> str:
        """Of all that decides about ids: two tokenizers with the same one give the same ids."""
        parts = (
            self.merges,
            list(self.special),
            sorted(self.ids.items(), key=lambda item: item[1]),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    @property
    def end_id(self) -> int:
        """Id of <|endoftext|>, which ends a document."""
        return self._special_id("<|endoftext|>")

    @property
    def pad_id(self) -> int:
        """Id of <|pad|>, or of <|endoftext|>: what fills up a batch is never learned."""
        if "<|pad|>" not in self.special and "<|endoftext|>" in self.special:
            return self.end_id
        return self._special_id("<|pad|>")

    @property
    def im_start(self) -> int:
        """Id of <|im_start|>, which opens a chat message."""
        return self._special_id("<|im_start|>")

    @property
    def im_end(self) -> int:
        """Id of <|im_end|>, which closes a chat message."""
        return self._special_id("<|im_end|>")

    def _special_id(self, name: str) -> int:
        if name not in self.special:
            raise ValueError(
                f"this tokenizer has no special token {name}; it has {list(self.special)}"
            )
        return self.special[name]

    def encode(self, text: str) -> list[int]:
        """Ids of any string; "<|im_end|>" in it is plain text, in several tokens. Built in 03."""
        return self.encode_bytes(text.encode("utf-8", "surrogatepass"))

    def encode_bytes(self, data: bytes) -> list[int]:
        """Ids of any bytes, UTF-8 or not. Built in 03."""
        return list(chain.from_iterable(map(self._cache.__getitem__, pre_tokenize(data))))

    def _apply_merges(self, piece: bytes) -> list[int]:
        """Ids of one pre-token: over and over the merge of lowest rank, the leftmost first.

        Most pieces are short words, where looking through all ranks for the lowest is quickest.
        """
        if len(piece) > LONG_PIECE:
            return self._apply_merges_long(piece)
        rank_of, merged, none = self._ranks.get, self._merged, len(self.merges)
        symbols = [
            *map(self._byte_ids.__getitem__, piece),
            NO_SYMBOL,
        ]  # no pair with NO_SYMBOL has a rank
        ranks = list(map(rank_of, zip(symbols, symbols[1:]), repeat(none)))
        while (rank := min(ranks)) < none:
            i = ranks.index(rank)
            symbols[i] = new = merged[rank]
            del symbols[i + 1], ranks[i]
            ranks[i] = rank_of((new, symbols[i + 1]), none)
            if i > 0:
                ranks[i - 1] = rank_of((symbols[i - 1], new), none)
        return symbols[:-1]

    def _apply_merges_long(self, piece: bytes) -> list[int]:
        """The same, with a heap of (rank, position): n log n steps, not n².

        So a megabyte without a space, or a page of Chinese without a comma, takes no minutes.
        """
        rank_of = self._ranks.get
        symbols = [*map(self._byte_ids.__getitem__, piece), NO_SYMBOL]
        previous, following = list(range(-1, len(piece))), list(range(1, len(piece) + 2))
        pairs = enumerate(zip(symbols, symbols[1:]))
        heap = [(self._ranks[pair], i) for i, pair in pairs if pair in self._ranks]
        heapify(heap)
        while heap:
            rank, i = heappop(heap)
            j = following[i]
            if rank_of((symbols[i], symbols[j])) != rank:
                continue  # another merge took one of the two
            symbols[i], symbols[j] = self._merged[rank], NO_SYMBOL
            h, k = previous[i], following[j]
            following[i], previous[k] = k, i
            for left, right in ((h, i), (i, k)):
                if (found := rank_of((symbols[left], symbols[right]))) is not None:
                    heappush(heap, (found, left))
        return [symbol for symbol in symbols if symbol != NO_SYMBOL]

    def token_bytes(self, token_id: int) -> bytes:
        """The bytes that one id stands for; ValueError if there is no such id."""
        if not 0 <= token_id < len(self._tokens):
            raise ValueError(
                f"id {token_id} is not in the vocabulary, which has ids 0 to {self.vocab_size - 1}"
            )
        return self._tokens[token_id]

    def decode_bytes(self, ids: Iterable[int], skip_special: bool = False) -> bytes:
        """The exact bytes behind ids; special tokens show as their names or are left out.

        Built in 03.
        """
        skipped = tuple(self.special.values()) if skip_special else ()
        return b"".join([self.token_bytes(i) for i in ids if i not in skipped])

    def decode(self, ids: Iterable[int], skip_special: bool = False) -> str:
        """The text behind ids; bytes that are no character, as half of one, become U+FFFD.

        Built in 03.
        """
        return self.decode_bytes(ids, skip_special).decode("utf-8", _PASS_OR_REPLACE)

    def stream_decode(self, ids: Iterable[int], skip_special: bool = False) -> Iterator[str]:
        """Yield text as ids arrive, never half a character; joined it is `decode(ids)`.

        Bytes that may yet become a character wait for the next ids; what is left at the end is
        U+FFFD. Built in 03.
        """
        decoder = codecs.getincrementaldecoder("utf-8")(_PASS_OR_REPLACE)
        for i in ids:
            if text := decoder.decode(self.decode_bytes([i], skip_special)):
                yield text
        if text := decoder.decode(b"", final=True):
            yield text

    def with_special(self, names: Iterable[str]) -> "BPETokenizer":
        """This tokenizer with those special tokens that it lacks; they get the next ids."""
        new = [name for name in names if name not in self.special]
        ids = self.ids | {name: self.vocab_size + i for i, name in enumerate(new)}
        return BPETokenizer(self.merges, [*self.special, *new], ids)

    def save(
        self,
        folder: str | Path,
        chat_template: str | None = None,
        context_size: int | None = None,
    ) -> None:
        """Write tokenizer.json and tokenizer_config.json for `AutoTokenizer.from_pretrained`.

        It gives the same ids there (but for characters newer than its Unicode tables), and knows
        the chat template and where to truncate (`context_size`) if they are given. Unlike `encode`
        here, it turns text that spells a special token's name into that token.
        """
        parts = (self.merges, list(self.special), self.ids)
        write_tokenizer(Path(folder), *parts, chat_template, context_size)

    @classmethod
    def load(cls, path: str | Path) -> "BPETokenizer":
        """Read what `save` wrote: the folder, or its tokenizer.json. Errors as `read_tokenizer`."""
        return read_tokenizer(Path(path), cls)

    @classmethod
    def from_gpt2(cls, vocab_json: str | Path, merges_txt: str | Path) -> "BPETokenizer":
        """Read GPT-2's own two files and keep its ids. Errors: see `read_gpt2`."""
        return read_gpt2(Path(vocab_json), Path(merges_txt), cls)
