# Answers that the checks of 02 must refuse, each with a word of what they should say about it.

import re


def shortest_first(text, pieces):
    tokens = []
    while text:
        size = next((s for s in range(1, len(text) + 1) if text[:s] in pieces), 1)
        tokens, text = [*tokens, text[:size]], text[size:]
    return tokens


def must_fit(text, pieces):
    tokens = []
    while text:
        size = max(s for s in range(1, len(text) + 1) if text[:s] in pieces)
        tokens, text = [*tokens, text[:size]], text[size:]
    return tokens


def leaves_out(text, pieces):
    return re.findall("|".join(sorted(pieces, key=len, reverse=True)), text)


def run_of_rest(text, pieces):
    longest = "|".join(sorted(pieces, key=len, reverse=True))
    return [token for token in re.split(f"({longest})", text) if token]


def longest_anywhere(text, pieces):
    for piece in sorted(pieces, key=len, reverse=True):
        if piece in text:
            before, after = text.split(piece, 1)
            return [*longest_anywhere(before, pieces), piece, *longest_anywhere(after, pieces)]
    return list(text)


def dot_for_the_rest(text, pieces):
    longest = "|".join(map(re.escape, sorted(pieces, key=len, reverse=True)))
    return re.findall(f"{longest}|.", text)


def up_to_five(text, pieces):
    tokens = []
    while text:
        size = next((s for s in range(5, 0, -1) if text[:s] in pieces), 1)
        tokens, text = [*tokens, text[:size]], text[size:]
    return tokens


def of_different(tokenizer, text):
    words = tokenizer.split(text)
    return len({word for word in words if word not in tokenizer.ids}) / len(set(words))


def of_words(tokenizer, text):
    words = text.split()
    return sum(word not in tokenizer.ids for word in words) / max(1, len(words))


WRONG = {
    "check_bytes_per_token": [
        (lambda text, ids: len(text) / len(ids), "characters"),
        (lambda text, ids: len(ids) / len(text.encode()), "Upside down"),
        (lambda text, ids: len(text.encode()) / len(set(ids)), "counted twice"),
        (lambda text, ids: len(text.encode()) // len(ids), "fraction"),
        (lambda text, ids: len(text.encode()), "one step"),
        (lambda text, ids: len(text.encode()) / len(ids), "divides by 0"),
        (lambda text, ids: len(text.encode()) / len(ids) if ids else 1.0, "should give 0"),
        (lambda text, ids: [1, 2], "list"),
        (lambda text, ids: 3.0, "on paper"),
    ],
    "check_unknown_share": [
        (lambda t, text: t.encode(text).count(0), "a count"),
        (of_different, "three times"),
        (lambda t, text: t.tokens.count(text), "Nothing was found"),
        (lambda t, text: t.encode(text).count(0) / len(text), "characters"),
        (lambda t, text: 1 - t.encode(text).count(0) / len(t.encode(text)), "known words"),
        (of_words, "let the tokenizer"),
        (lambda t, text: t.encode(text).count(0) / len(t.encode(text)), "divides by 0"),
        (lambda t, text: t.encode(text), "list"),
    ],
    "check_longest_first": [
        (shortest_first, "longer one"),
        (lambda text, pieces: list(text), "not used"),
        (must_fit, "ValueError"),
        (leaves_out, "exactly one"),
        (longest_anywhere, "left end"),
        (dot_for_the_rest, "line break"),
        (up_to_five, "any length"),
        (lambda text, pieces: text.split(), "lost"),
        (lambda text, pieces: {text}, "list of strings"),
        (lambda text, pieces: re.split("( )", text), "`sunday` is not"),
    ],
}
