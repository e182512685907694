"""Text to token ids and back: by characters, by words, and by byte-level byte-pair encoding (BPE).

The teaching tokenizers are built in 02, BPE in 03. Everything after this module sees only ids.
"""

import codecs
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain, islice, repeat
from pathlib import Path

import regex  # like `re`, and it knows \p{L} (any letter) and \p{N} (any digit)
from tqdm import tqdm  # not tqdm.auto, whose bar in a notebook is a widget: this one stays on stderr

from .tokenizer_files import (
    BYTE_TO_CHAR, CHAT_TEMPLATE, SPECIAL_TOKENS, check_tokenizer, read_gpt2, read_tokenizer, write_tokenizer,
)

__all__ = [
    "BPETokenizer", "CHAT_TEMPLATE", "CharTokenizer", "GPT2_PATTERN", "SPECIAL_TOKENS", "WordTokenizer",
    "pre_tokenize", "train_bpe",
]

# GPT-2's cuts: a word takes the space before it along, and no merge ever crosses a cut.
GPT2_PATTERN = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_PATTERN = regex.compile(GPT2_PATTERN)
# On ASCII text Python's own `re` makes the same cuts, in half the time; sooner if it is asked for words first.
_ASCII_PATTERN = re.compile(
    r" [A-Za-z]+|[A-Za-z]+|'(?:[sdmt]|re|ve|ll)| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+", re.ASCII
)

LONG_PIECE = 128  # bytes; from about here on `_apply_merges_long` is the faster one
GONE = -1  # no symbol: merged into the one on its left, or beyond the end of a pre-token


class CharTokenizer:
    """One token per character of the text it was built from. Built in 02.

    Id 0 is `<unk>`: every character that was not in that text becomes it, and decodes to "<unk>".
    """

    unknown = "<unk>"

    def __init__(self, text: str):
        self.tokens = [self.unknown, *sorted(set(self.split(text)))]  # id -> token
        self.ids = {token: i for i, token in enumerate(self.tokens)}  # token -> id

    @property
    def vocab_size(self) -> int:
        return len(self.tokens)

    def split(self, text: str) -> list[str]:
        return list(text)

    def encode(self, text: str) -> list[int]:
        return [self.ids.get(token, 0) for token in self.split(text)]

    def decode(self, ids: Iterable[int]) -> str:
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

    The pattern reads characters, so a byte that belongs to none travels as a lone surrogate
    (`surrogateescape`): `piece.encode("utf-8", "surrogateescape")` is the piece's bytes again.
    """
    pattern = _ASCII_PATTERN if data.isascii() else _PATTERN
    return pattern.findall(data.decode("utf-8", "surrogateescape"))


def train_bpe(
    texts: str | Iterable[str],
    vocab_size: int,
    special_tokens: Sequence[str] = SPECIAL_TOKENS,
    progress: bool = True,
) -> "BPETokenizer":
    """Learn byte-pair merges: join the most frequent pair of neighbours, again and again. Built in 03.

    vocab_size counts special tokens + 256 bytes + merges. When every pre-token has become one token
    before that, the tokenizer is smaller: see its `vocab_size`. ValueError if the bytes do not fit in.

    Ties: of equally frequent pairs the one with the smallest (left id, right id) goes first, where
    the bytes have their ids in GPT-2's order. This is the rule of the Hugging Face `tokenizers`
    trainer, so both learn the same merges. "aaa" counts (a, a) twice and is merged from the left.
    """
    smallest = len(special_tokens) + 256
    if vocab_size < smallest:
        raise ValueError(
            f"vocab_size={vocab_size} is too small: {len(special_tokens)} special tokens "
            f"and 256 bytes need at least {smallest}"
        )
    pre_tokens: Counter[str] = Counter()
    for text in [texts] if isinstance(texts, str) else texts:
        if not isinstance(text, str):
            raise ValueError(f"texts must be a str or an iterable of str, not of {type(text).__name__}")
        pre_tokens.update(pre_tokenize(text.encode("utf-8", "surrogatepass")))

    tokens = [b""] * len(special_tokens) + [bytes([byte]) for byte in BYTE_TO_CHAR]  # id -> bytes
    merges, room = [], vocab_size - smallest
    pairs = islice(_learn_merges(pre_tokens, len(special_tokens)), room)
    for left, right in tqdm(pairs, "BPE merges", total=room, disable=not progress):
        merges.append((tokens[left], tokens[right]))
        tokens.append(tokens[left] + tokens[right])
    return BPETokenizer(merges, special_tokens)


def _learn_merges(pre_tokens: Counter[str], first_byte_id: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of ids to merge, the best first, until every pre-token is one token.

    The distinct pre-tokens stand in one long row of symbols with GONEs between them, linked like a
    chain: a merge writes its new id on the left symbol and takes the right one out. After a merge
    only the counts of the pairs beside it change, so nothing is ever counted again from the start.
    """
    byte_ids = {byte: first_byte_id + i for i, byte in enumerate(BYTE_TO_CHAR)}
    symbols, weights = [GONE], [0]  # weights[i]: how often the pre-token of symbol i occurs
    for piece, count in pre_tokens.items():
        ids = [byte_ids[byte] for byte in piece.encode("utf-8", "surrogateescape")]
        symbols += [*ids, GONE]
        weights += [count] * (len(ids) + 1)
    previous, following = list(range(-1, len(symbols) - 1)), list(range(1, len(symbols) + 1))

    def weigh(positions: list[int]) -> int:
        return sum(map(weights.__getitem__, positions))

    places = defaultdict(list)  # pair -> where its left symbol stands, ascending; may be out of date
    for i, pair in enumerate(zip(symbols, symbols[1:])):
        if GONE not in pair:
            places[pair].append(i)
    counts = {pair: weigh(positions) for pair, positions in places.items()}
    heap = [(-count, pair) for pair, count in counts.items()]  # most frequent first, then smallest ids
    heapify(heap)

    new = first_byte_id + 256
    while heap:
        count, pair = heappop(heap)
        if -count != counts[pair]:  # merges beside it made it rarer: back in, at its true place
            if counts[pair]:
                heappush(heap, (-counts[pair], pair))
            continue
        yield pair
        a, b = pair
        before, after = defaultdict(list), defaultdict(list)  # neighbour -> where the new pair stands
        for i in places.pop(pair):
            j = following[i]
            if symbols[i] != a or symbols[j] != b:
                continue  # another merge took one of the two
            h, k = previous[i], following[j]
            if symbols[h] != GONE:
                before[symbols[h]].append(h)
            if symbols[k] != GONE:
                after[symbols[k]].append(i)
            symbols[i], symbols[j] = new, GONE
            following[i], previous[k] = k, i
        # `after` first: in "abab" the second merge takes away the pair (new, a) that the first made.
        for x, positions in after.items():
            weight = weigh(positions)
            counts[b, x] -= weight
            counts[new, x], places[new, x] = weight, positions
            heappush(heap, (-weight, (new, x)))
        for x, positions in before.items():
            weight = weigh(positions)
            counts[x, a] -= weight
            counts[x, new], places[x, new] = weight, positions
            heappush(heap, (-weight, (x, new)))
        new += 1


class _PieceCache(dict):
    """Pre-token -> its ids: worked out when it is first met, one look-up from then on.

    Bounded, so that a server that reads anything keeps it below about 30 MB: it starts afresh when
    it is full, and long pieces, which hardly ever come again, are not kept.
    """

    max_pieces, max_chars = 65_536, 64

    def __init__(self, apply_merges: Callable[[bytes], list[int]]):
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
    ):
        if ids is None:
            alphabet = [bytes([byte]) for byte in BYTE_TO_CHAR]
            tokens = dict.fromkeys([*special_tokens, *alphabet, *(left + right for left, right in merges)])
            ids = {token: i for i, token in enumerate(tokens)}
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
    def end_id(self) -> int:
        """Id of <|endoftext|>, which ends a document."""
        return self._special_id("<|endoftext|>")

    @property
    def pad_id(self) -> int:
        """Id of <|pad|>, which fills up a batch."""
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
            raise ValueError(f"this tokenizer has no special token {name}; it has {list(self.special)}")
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
        symbols = [*map(self._byte_ids.__getitem__, piece), GONE]  # no pair with GONE has a rank
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

        So a megabyte without a space, or a page of Chinese without a comma, is no trap.
        """
        rank_of = self._ranks.get
        symbols = [*map(self._byte_ids.__getitem__, piece), GONE]
        previous, following = list(range(-1, len(piece))), list(range(1, len(piece) + 2))
        heap = [(rank_of(pair), i) for i, pair in enumerate(zip(symbols, symbols[1:])) if pair in self._ranks]
        heapify(heap)
        while heap:
            rank, i = heappop(heap)
            j = following[i]
            if rank_of((symbols[i], symbols[j])) != rank:
                continue  # another merge took one of the two
            symbols[i], symbols[j] = self._merged[rank], GONE
            h, k = previous[i], following[j]
            following[i], previous[k] = k, i
            for left, right in ((h, i), (i, k)):
                if (rank := rank_of((symbols[left], symbols[right]))) is not None:
                    heappush(heap, (rank, left))
        return [symbol for symbol in symbols if symbol != GONE]

    def token_bytes(self, token_id: int) -> bytes:
        """The bytes that one id stands for; ValueError if there is no such id."""
        if not 0 <= token_id < len(self._tokens):
            raise ValueError(f"id {token_id} is not in the vocabulary, which has ids 0 to {len(self._tokens) - 1}")
        return self._tokens[token_id]

    def decode_bytes(self, ids: Iterable[int], skip_special: bool = False) -> bytes:
        """The exact bytes behind ids; special tokens show as their names or are left out. Built in 03."""
        skipped = tuple(self.special.values()) if skip_special else ()
        return b"".join([self.token_bytes(i) for i in ids if i not in skipped])

    def decode(self, ids: Iterable[int], skip_special: bool = False) -> str:
        """The text behind ids; bytes that are no character, such as half of one, become U+FFFD. Built in 03."""
        return self.decode_bytes(ids, skip_special).decode("utf-8", _PASS_OR_REPLACE)

    def stream_decode(self, ids: Iterable[int], skip_special: bool = False) -> Iterator[str]:
        """Yield text as ids arrive, never half a character; joined it is `decode(ids)`. Built in 03.

        Bytes that may yet become a character wait for the next ids; what waits at the end is U+FFFD.
        """
        decoder = codecs.getincrementaldecoder("utf-8")(_PASS_OR_REPLACE)
        for i in ids:
            if text := decoder.decode(self.decode_bytes([i], skip_special)):
                yield text
        if text := decoder.decode(b"", final=True):
            yield text

    def save(self, folder: str | Path) -> None:
        """Write tokenizer.json and tokenizer_config.json for `AutoTokenizer.from_pretrained(folder)`.

        It gives the same ids (but for characters newer than its Unicode tables) and knows the chat
        template. Unlike `encode` here, it turns text that spells a special token's name into that token.
        """
        write_tokenizer(Path(folder), self.merges, list(self.special), self.ids)

    @classmethod
    def load(cls, path: str | Path) -> "BPETokenizer":
        """Read what `save` wrote: the folder, or its tokenizer.json. Errors: see `read_tokenizer`."""
        return read_tokenizer(Path(path), cls)

    @classmethod
    def from_gpt2(cls, vocab_json: str | Path, merges_txt: str | Path) -> "BPETokenizer":
        """Read GPT-2's own two files and keep its ids. Errors: see `read_gpt2`."""
        return read_gpt2(Path(vocab_json), Path(merges_txt), cls)
