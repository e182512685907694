"""Learning the merges of a byte-level BPE tokenizer from text.

Not here: a vocabulary that is cut by word or by character, and other ways to choose merges
(WordPiece, unigram). Built in 03.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import islice

from tqdm import tqdm  # not tqdm.auto, whose bar in a notebook is a widget: this one is on stderr

from .formats.tokenizer_files import BYTE_TO_CHAR, SPECIAL_TOKENS
from .tokenizer import NO_SYMBOL, BPETokenizer, pre_tokenize


def train_bpe(
    texts: str | Iterable[str],
    vocab_size: int,
    special_tokens: Sequence[str] = SPECIAL_TOKENS,
    progress: bool = True,
) -> BPETokenizer:
    """Learn byte-pair merges: join the most frequent pair of neighbours, again and again.

    vocab_size counts special tokens + 256 bytes + merges. When every pre-token has become one token
    before that, the tokenizer is smaller: see its `vocab_size`. ValueError if vocab_size is less
    than special tokens and bytes. Built in 03.

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
            raise ValueError(
                f"texts must be a str or an iterable of str, not of {type(text).__name__}"
            )
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

    The distinct pre-tokens stand in one long row of symbols with NO_SYMBOL between them, as a
    doubly linked list: a merge writes its new id on the left symbol and unlinks the right one.
    After a merge only the counts of the pairs beside it change, so nothing is counted twice.
    """
    byte_ids = {byte: first_byte_id + i for i, byte in enumerate(BYTE_TO_CHAR)}
    symbols, weights = [NO_SYMBOL], [0]  # weights[i]: how often the pre-token of symbol i occurs
    for piece, count in pre_tokens.items():
        ids = [byte_ids[byte] for byte in piece.encode("utf-8", "surrogateescape")]
        symbols += [*ids, NO_SYMBOL]
        weights += [count] * (len(ids) + 1)
    previous, following = list(range(-1, len(symbols) - 1)), list(range(1, len(symbols) + 1))

    def weigh(positions: list[int]) -> int:
        return sum(map(weights.__getitem__, positions))

    # pair -> where its left symbol stands, ascending; may be out of date
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, pair in enumerate(zip(symbols, symbols[1:])):
        if NO_SYMBOL not in pair:
            places[pair].append(i)
    counts = {pair: weigh(positions) for pair, positions in places.items()}
    # the most frequent first, then the smallest ids
    heap = [(-count, pair) for pair, count in counts.items()]
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
        before: dict[int, list[int]] = defaultdict(list)  # neighbour -> where the new pair stands
        after: dict[int, list[int]] = defaultdict(list)
        for i in places.pop(pair):
            j = following[i]
            if symbols[i] != a or symbols[j] != b:
                continue  # another merge took one of the two
            h, k = previous[i], following[j]
            if symbols[h] != NO_SYMBOL:
                before[symbols[h]].append(h)
            if symbols[k] != NO_SYMBOL:
                after[symbols[k]].append(i)
            symbols[i], symbols[j] = new, NO_SYMBOL
            following[i], previous[k] = k, i
        # `after` first: in "abab" the second merge removes the pair (new, a) of the first.
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
