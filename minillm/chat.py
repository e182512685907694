"""Conversations as ids, and a session that remembers what was said.

Every message becomes `<|im_start|>role\\n content <|im_end|>\\n`. The ids and the mask of what is learned are built
together, piece by piece: nothing is ever searched for in the ids, and a user's text can't become a special token.
Built in 11.
"""

from collections.abc import Iterator

from .data import Messages, Sequence, check_messages, text_sequence
from .model import QdogBabyLearnLLM
from .sampling import stream
from .tokenizer import BPETokenizer


def render(messages: Messages, tokenizer: BPETokenizer) -> tuple[list[int], list[bool]]:
    """The ids of a conversation, and which of them are learned: the assistant's words and its <|im_end|>."""
    ids: list[int] = []
    learn: list[bool] = []
    for message in messages:
        head = [tokenizer.im_start, *tokenizer.encode(message["role"] + "\n")]
        body = [*tokenizer.encode(message["content"]), tokenizer.im_end]
        tail = tokenizer.encode("\n")
        ids += head + body + tail
        learn += [False] * len(head) + [message["role"] == "assistant"] * len(body) + [False] * len(tail)
    return ids, learn


def prompt(messages: Messages, tokenizer: BPETokenizer) -> list[int]:
    """The ids that ask for the assistant's next words."""
    return [*render(messages, tokenizer)[0], tokenizer.im_start, *tokenizer.encode("assistant\n")]


def chat_sequence(messages: Messages, tokenizer: BPETokenizer) -> Sequence:
    """A conversation for a token file: its ids, its mask, the raw bytes of what is learned. <|endoftext|> parts it from the next."""
    ids, learn = render(messages, tokenizer)
    size = sum(len(m["content"].encode("utf-8", "surrogatepass")) for m in messages if m["role"] == "assistant")
    return [*ids, tokenizer.end_id, tokenizer.end_id], [*learn, False, False], size


def sequence(document: str | Messages, tokenizer: BPETokenizer) -> Sequence:
    """Any document for a token file: a text, or a conversation."""
    return text_sequence(document, tokenizer) if isinstance(document, str) else chat_sequence(document, tokenizer)


class ChatSession:
    """A conversation with a model that goes on: it keeps the turns, and forgets the oldest when they no longer fit.

    `how` as in `sampling.sample` (temperature, top_k, top_p, seed).
    """

    def __init__(self, model: QdogBabyLearnLLM, tokenizer: BPETokenizer, system: str = "", max_new_tokens: int = 128, **how):
        self.model, self.tokenizer, self.how = model, tokenizer, how
        self.max_new_tokens = max_new_tokens
        self.system: Messages = [{"role": "system", "content": system}] if system else []
        self.messages: Messages = []

    def reply(self, text: str) -> Iterator[str]:
        """Say something; the answer comes piece by piece, never half a character. It is kept once it is whole."""
        question = {"role": "user", "content": text}
        check_messages([question], "chat")
        ids = stream(self.model, self._fit(question), self.max_new_tokens, {self.tokenizer.im_end, self.tokenizer.end_id}, **self.how)
        answer = ""
        for piece in self.tokenizer.stream_decode(ids, skip_special=True):
            answer += piece
            yield piece
        self.messages += [question, {"role": "assistant", "content": answer}]

    def ask(self, text: str) -> str:
        """Say something and wait for the whole answer."""
        return "".join(self.reply(text))

    def _fit(self, question: dict[str, str]) -> list[int]:
        """The prompt; oldest turns are forgotten while it leaves less than half the context for the answer."""
        room = self.model.cfg.context_size - min(self.max_new_tokens, self.model.cfg.context_size // 2)
        while True:
            ids = prompt([*self.system, *self.messages, question], self.tokenizer)
            if len(ids) <= room or not self.messages:
                return ids
            del self.messages[:2]
