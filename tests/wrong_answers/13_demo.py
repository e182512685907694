# Answers that the checks of 13 must refuse, each with a word of what they should say about it.

import math


def tail(n, k):
    return sum(math.comb(n, i) for i in range(k, n + 1)) / 2**n


def differ(a, b):
    return sum(x != y for x, y in zip(a, b)), sum(y and not x for x, y in zip(a, b))


def runs(text, n):
    words = text.split()
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def percent(answers, wanted, is_right):
    return 100 * sum(map(is_right, answers, wanted)) / max(1, len(wanted))


def any_word(questions, texts, n):
    words = set(" ".join(texts).split())
    return sum(bool(set(question.split()) & words) for question in questions)


def shared(questions, texts, n):
    return sum(any(runs(q, n) & runs(t, n) for t in texts) for q in questions)


def as_letters(questions, texts, n):
    return sum(any(" ".join(r) in t for r in runs(q, n) for t in texts) for q in questions)


WRONG = {
    "check_matches": [
        (lambda a, w: sum(x.strip() == y for x, y in zip(a, w)), "The count"),
        (lambda a, w: sum(x.strip() == y for x, y in zip(a, w)) / max(1, len(w)), "share of 1"),
        (lambda a, w: percent(a, w, lambda x, y: x == y), "stripped"),
        (lambda a, w: percent(a, w, lambda x, y: x.strip().lower() == y), "Capital"),
        (lambda a, w: 100 * sum(x.strip() == y for x, y in zip(a, w)) / len(w), "divides by 0"),
        (lambda a, w: [x == y for x, y in zip(a, w)], "A number"),
    ],
    "check_luck": [
        (lambda a, b: tail(20, 17), "both agree"),
        (lambda a, b: math.comb(*differ(a, b)) / 2 ** differ(a, b)[0], "exactly"),
        (lambda a, b: tail(differ(a, b)[0], differ(a, b)[1] + 1), "More than"),
        (lambda a, b: tail(differ(a, b)[0], differ(b, a)[1]), "wins of A"),
        (lambda a, b: 1 - tail(*differ(a, b)), "other tail"),
        (lambda a, b: tail(*differ(a, b)) * 2 ** differ(a, b)[0], "Ways"),
        (lambda a, b: tail(*differ(a, b)) if a != b else 0.0, "should be 1.0"),
        (lambda a, b: 0.5, "they differ 8 times".capitalize()),
    ],
    "check_leaked": [
        (lambda q, t, n: sum(x in t for x in q), "Whole questions"),
        (any_word, "in a row"),
        (lambda q, t, n: shared(q, t, n - 1), "n - 1"),
        (lambda q, t, n: [x for x in q if shared([x], t, n)], "A count"),
        (as_letters, "as letters"),
        (lambda q, t, n: shared(q, [" ".join(t)], n), "next are not one run"),
        (lambda q, t, n: 4, "yours counts 4"),
    ],
}
