"""Before any model: a chatbot that is one rule."""


class QdogBaby:
    """A chatbot of one rule: where a question ends in `吗?`, say `!` instead.

    `吗` makes a Chinese sentence a question, so taking it away leaves the answer. Both question
    marks count, `?` and the full-width `？`; any other text comes back as it is. Built in 01.

    >>> QdogBaby().chat("会说话吗?")
    '会说话!'
    """

    def chat(self, text: str) -> str:
        """The answer to `text`."""
        return text.replace("吗?", "!").replace("吗？", "!")
