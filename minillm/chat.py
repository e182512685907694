"""A conversation with a model, turn by turn.

Not here: the form of a conversation (`chat_format`) and how tokens are chosen (`sampling`).
Built in 12.
"""

from collections.abc import Iterator
from typing import Any

from .chat_format import Messages, check_messages, prompt
from .model import QdogBabyLearnLLM
from .sampling import stream
from .tokenizer import BPETokenizer


class ChatSession:
    """A conversation with a model: it keeps the turns, and drops the oldest when they do not fit.

    Of a question that is too long the model reads the end; ValueError if a system message would be
    lost that way.
    `sampling` as in `sampling.sample` (temperature, top_k, top_p, seed).
    """

    def __init__(
        self,
        model: QdogBabyLearnLLM,
        tokenizer: BPETokenizer,
        system: str = "",
        max_new_tokens: int = 128,
        **sampling: Any,
    ) -> None:
        self.model, self.tokenizer, self.sampling = model, tokenizer, sampling
        self.stop = {tokenizer.im_end, tokenizer.end_id}  # these refuse a tokenizer without them
        self.max_new_tokens = max_new_tokens
        self.system: Messages = [{"role": "system", "content": system}] if system else []
        self.messages: Messages = []
        context_size = model.cfg.context_size
        self.prompt_size = context_size - min(max_new_tokens, context_size // 2)
        if system:
            self._check_room(self.system)

    def reply(self, text: str) -> Iterator[str]:
        """The answer to `text`, piece by piece, never half a character; kept once it is whole."""
        question = {"role": "user", "content": text}
        check_messages([question], "chat")
        ids = stream(
            self.model,
            self._prompt(question),
            self.max_new_tokens,
            self.stop,
            vocab_size=self.tokenizer.vocab_size,
            **self.sampling,
        )
        answer = ""
        for piece in self.tokenizer.stream_decode(ids, skip_special=True):
            answer += piece
            yield piece
        self.messages += [question, {"role": "assistant", "content": answer}]

    def ask(self, text: str) -> str:
        """The whole answer to `text`."""
        return "".join(self.reply(text))

    def _prompt(self, question: dict[str, str]) -> list[int]:
        """The prompt; the oldest turns are dropped while it leaves too little for the answer."""
        while True:
            ids = prompt([*self.system, *self.messages, question], self.tokenizer)
            if len(ids) <= self.prompt_size:
                return ids
            if not self.messages:
                if self.system:
                    self._check_room([*self.system, question])
                return ids  # of a question that is too long the model reads the end
            del self.messages[:2]

    def _check_room(self, messages: Messages) -> None:
        """ValueError if the system message would fall out of the context."""
        size = len(prompt(messages, self.tokenizer))
        if size > self.prompt_size:
            raise ValueError(
                f"the system message and the question take {size} tokens, and at most "
                f"{self.prompt_size} leave room for an answer; make one of them shorter"
            )
