"""The figures of notebook 14."""

from style import BLUE, GREY, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text


def two_processes() -> str:
    parts = [box(24, 92, 120, 60, "one batch", PALE_GREY, 17), text(84, 176, "8 rows", 14, GREY)]
    for i, y in enumerate((36, 148)):
        parts += [
            arrow(f"M148,{112 + 20 * i} L214,{y + 30}"),
            box(220, y, 150, 60, f"process {i}", PALE_BLUE, 17),
            text(295, y + 80, f"rows {4 * i} to {4 * i + 3}", 14, GREY),
            arrow(f"M374,{y + 30} L446,{112 + 20 * i}", BLUE),
        ]
    parts += [
        box(452, 92, 190, 60, "sum of the gradients", PALE_ORANGE, 16),
        text(547, 176, "the same in both", 14, GREY),
    ]
    title = (
        "Two processes read four rows of a batch of eight each; "
        "the sum of their gradients is that of the whole batch"
    )
    return card(670, 260, title, *parts)


FIGURES = {"two_processes": two_processes}
