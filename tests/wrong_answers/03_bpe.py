# Answers that the checks of 03 must refuse, each with a word of what they should say about it.

from minillm.formats.tokenizer_files import BYTE_TO_CHAR

BYTES = {character: byte for byte, character in BYTE_TO_CHAR.items()}


def pop_best(pairs):
    best = min(pairs, key=lambda pair: (-pairs[pair], pair), default=())
    pairs.pop(best, None)
    return best


def overlapping(ids, pair, new):
    hits = [tuple(ids[i : i + 2]) == pair for i in range(len(ids))]
    rows = zip(ids, hits, [False, *hits])
    return [new if hit else i for i, hit, before in rows if hit or not before]


def from_right(ids, pair, new):
    out, i = [], len(ids) - 1
    while i >= 0:
        if i and (ids[i - 1], ids[i]) == pair:
            out.append(new)
            i -= 2
        else:
            out.append(ids[i])
            i -= 1
    return out[::-1]


def once(ids, pair, new):
    for i in range(len(ids)):
        if tuple(ids[i : i + 2]) == pair:
            return [*ids[:i], new, *ids[i + 2 :]]
    return list(ids)


def in_place(ids, pair, new):
    for i in range(len(ids)):
        if tuple(ids[i : i + 2]) == pair:
            ids[i : i + 2] = [new]
    return ids


def chained(ids, pair, new):
    out = []
    for i in ids:
        if out and (out[-1], i) == pair:
            out[-1] = new
        else:
            out.append(i)
    return out


def keeps_right(ids, pair, new):
    return [new if tuple(ids[i : i + 2]) == pair else ids[i] for i in range(len(ids))]


def by_commas(ids, pair, new):
    text = "," + ",".join(map(str, ids)) + ","
    text = text.replace(f",{pair[0]},{pair[1]},", f",{new},")
    return [int(i) for i in text.split(",") if i]


def no_last(ids, pair, new):
    out, i = [], 0
    while i < len(ids) - 1:
        found = (ids[i], ids[i + 1]) == pair
        out.append(new if found else ids[i])
        i += 1 + found
    return out


def too_far(ids, pair, new):
    out, i = [], 0
    while i < len(ids):
        found = (ids[i], ids[i + 1]) == pair
        out.append(new if found else ids[i])
        i += 1 + found
    return out


WRONG = {
    "check_ungarble": [
        (lambda t: t, "the space"),
        (lambda t: t.replace("Ġ", " "), "Chinese wrong"),
        (lambda t: bytes(BYTES[c] for c in t), "one step"),
        (lambda t: bytes(BYTES[c] for c in t).decode(), "should become"),
        (lambda t: bytes(BYTES[c] for c in t).decode("utf-8", "ignore"), "�"),
        (lambda t: t.encode("latin-1").decode("utf-8", "replace"), "look it up"),
        (lambda t: list(t), "list"),
    ],
    "check_first": [
        (lambda p: max(p, key=p.get), "smallest right id"),
        (lambda p: max(p), "the counts decide"),
        (lambda p: min(p), "counts first"),
        (lambda p: max(p, key=lambda pair: (p[pair], pair)), "oldest"),
        (lambda p: min(p, key=lambda pair: (-p[pair], pair)), "empty"),
        (lambda p: min(p, key=lambda pair: (-p[pair], pair), default=None), "should return ()"),
        (lambda p: max(p.values()), "tuple"),
        (lambda p: min(p, key=lambda pair: (-p[pair], sum(pair)), default=()), "smaller left id"),
        (lambda p: min(p, key=lambda pair: (-p[pair], str(pair)), default=()), "Another example"),
        (
            lambda p: min(p, key=lambda pair: (-p[pair], 1000 * pair[0] + pair[1]), default=()),
            "Another example",
        ),
        (pop_best, "has changed"),
    ],
    "check_merge": [
        (overlapping, "used twice"),
        (from_right, "from the right"),
        (once, "first occurrence"),
        (in_place, "has changed"),
        (chained, "again"),
        (by_commas, "side by side"),
        (no_last, "lost"),
        (too_far, "IndexError"),
        (keeps_right, "right half"),
        (lambda ids, pair, new: tuple(ids), "tuple"),
    ],
}
