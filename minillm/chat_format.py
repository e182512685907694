"""Conversations as ids: roles, what a message looks like, and which tokens are learned.

Every message becomes `<|im_start|>role\\n content <|im_end|>\\n`. The ids and the mask of what is
learned are built together: nothing is searched for in the ids afterwards, and a user's text can't
become a special token.

White space around a content is left out, here and in the template. Hugging Face's tools cut
"role\\n content" as one text, so that a content's first white space may join the line break in one
token; here the two are encoded apart. Without that white space both give the same ids, whatever
the vocabulary (Llama 3's template trims for the same reason), and nothing of the frame shares a
token with the content. The price: an answer can't begin or end in white space.

Not here: tools, images, several assistants. Built in 12.
"""

from .tokenizer import BPETokenizer

Messages = list[dict[str, str]]

ROLES = ("system", "user", "assistant")

CHAT_TOKENS = ("<|im_start|>", "<|im_end|>")

# Jinja: each message as above, and with add_generation_prompt the header of the answer. The
# generation tags mark what is learned; only Hugging Face's tools know them (others, such as
# llama-cpp-python, can't read a template that has them), so there is one without.
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['content'] is not string %}"
    "{{ raise_exception('the content of a message is not a string') }}"
    "{% endif %}"
    r"{{ '<|im_start|>' + message['role'] + '\n' }}"
    "{% if message['role'] == 'assistant' %}"
    "{% generation %}{{ (message['content'] | trim) + '<|im_end|>' }}{% endgeneration %}"
    "{% else %}"
    "{{ (message['content'] | trim) + '<|im_end|>' }}"
    "{% endif %}"
    r"{{ '\n' }}"
    "{% endfor %}"
    r"{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
PLAIN_CHAT_TEMPLATE = CHAT_TEMPLATE.replace("{% generation %}", "").replace(
    "{% endgeneration %}", ""
)


def has_chat_tokens(tokenizer: BPETokenizer) -> bool:
    """Whether a tokenizer has the special tokens of a conversation."""
    return all(name in tokenizer.special for name in CHAT_TOKENS)


def check_messages(messages: object, where: str) -> Messages:
    """The messages if they are a conversation: a list of {"role": one of ROLES, "content": str}.

    ValueError begins with `where` and names the message that is not.
    """
    if not isinstance(messages, list) or not messages:
        raise ValueError(
            f"{where}: a conversation is a list of at least one message, not {str(messages)[:40]!r}"
        )
    for message in messages:
        if (
            not isinstance(message, dict)
            or message.get("role") not in ROLES
            or not isinstance(message.get("content"), str)
        ):
            raise ValueError(
                f'{where}: a message is {{"role": {" | ".join(ROLES)}, "content": a string}}, '
                f"not {str(message)[:60]!r}"
            )
    return messages


def plain_text(messages: Messages) -> str:
    """A conversation without its special tokens: what a tokenizer learns from.

    The words of the frame stand as in `render`, so that each becomes one token.
    """
    return "".join(f"{m['role']}\n{m['content']}\n" for m in messages)


def render(messages: Messages, tokenizer: BPETokenizer) -> tuple[list[int], list[bool]]:
    """The ids of a conversation, and which of them are learned.

    Those are the assistant's words and the <|im_end|> after them; no token is part of the frame and
    of a content at once. Built in 12.
    """
    ids: list[int] = []
    learn: list[bool] = []
    for message in messages:
        head = [tokenizer.im_start, *tokenizer.encode(message["role"] + "\n")]
        body = [*tokenizer.encode(message["content"].strip()), tokenizer.im_end]
        tail = tokenizer.encode("\n")
        ids += head + body + tail
        learn += [False] * len(head)
        learn += [message["role"] == "assistant"] * len(body)
        learn += [False] * len(tail)
    return ids, learn


def prompt(messages: Messages, tokenizer: BPETokenizer) -> list[int]:
    """The ids of a conversation up to where the assistant's next words begin. Built in 12."""
    ids, _ = render(messages, tokenizer)
    return [*ids, tokenizer.im_start, *tokenizer.encode("assistant\n")]
