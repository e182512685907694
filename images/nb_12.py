"""The figures of notebook 12."""

from style import GREY, ORANGE, PALE_BLUE, PALE_GREY, PALE_ORANGE, box, card, text


def chat_turns() -> str:
    rows = [
        ("user", "Where does Kiki live?", PALE_BLUE, "read, and not learned"),
        ("assistant", "Kiki lives in the round house.", PALE_ORANGE, "learned, with its end"),
        ("user", "Thank you!", PALE_BLUE, "read, and not learned"),
    ]
    parts = []
    for i, (role, words, color, note) in enumerate(rows):
        y = 26 + 62 * i
        parts += [
            box(24, y, 126, 40, "<|im_start|>", PALE_GREY, 14),
            box(158, y, 96, 40, role, PALE_GREY, 15),
            box(262, y, 238, 40, words, color, 15),
            box(508, y, 112, 40, "<|im_end|>", color if role == "assistant" else PALE_GREY, 14),
            text(706, y + 26, note, 14, ORANGE if role == "assistant" else GREY),
        ]
    title = (
        "Three messages between <|im_start|> and <|im_end|>; "
        "only the assistant's words and their end are learned"
    )
    return card(790, 218, title, *parts)


FIGURES = {"chat_turns": chat_turns}
