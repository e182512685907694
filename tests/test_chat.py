"""A session: turns are kept, the oldest dropped first, and no half character is shown."""

import pytest
import torch

from minillm.chat import ChatSession
from minillm.chat_format import prompt
from minillm.tokenizer import SPECIAL_TOKENS


def say(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


@pytest.fixture
def script(monkeypatch):
    """Let the model answer what a test wants: `script(ids)` gives the list of its prompts."""
    asked: list[list[int]] = []

    def set_answer(answer: list[int]) -> list[list[int]]:
        def stream(model, ids, max_new_tokens, stop, **sampling):
            asked.append(ids)
            for i in answer[:max_new_tokens]:
                if i in stop:
                    return
                yield i

        monkeypatch.setattr("minillm.chat.stream", stream)
        return asked

    return set_answer


def test_a_session_keeps_its_turns(make_model, tokenizer, script):
    session = ChatSession(make_model(context_size=200), tokenizer, system="Be kind.")
    asked = script([*tokenizer.encode("小企鹅"), tokenizer.im_end, 5])
    assert session.ask("Who?") == "小企鹅"
    assert session.ask("And?") == "小企鹅"
    turns = [
        say("user", "Who?"),
        say("assistant", "小企鹅"),
        say("user", "And?"),
        say("assistant", "小企鹅"),
    ]
    assert session.messages == turns
    system = say("system", "Be kind.")
    assert asked == [
        prompt([system, *turns[:1]], tokenizer),
        prompt([system, *turns[:3]], tokenizer),
    ]


def test_the_oldest_turns_are_forgotten_first_and_the_system_message_never(
    make_model, tokenizer, script
):
    model = make_model(context_size=120)
    session = ChatSession(model, tokenizer, system="Be kind.", max_new_tokens=20)
    asked = script(tokenizer.encode("The seal."))
    for number in range(12):
        session.ask(f"{number}?")
        shown = tokenizer.decode(asked[-1])
        assert len(asked[-1]) <= 100  # room for the answer
        assert shown.startswith("<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\n")
        assert shown.endswith(f"<|im_start|>user\n{number}?<|im_end|>\n<|im_start|>assistant\n")
    questions = [m["content"] for m in session.messages if m["role"] == "user"]
    assert questions == [f"{n}?" for n in range(12 - len(questions), 12)]
    assert 2 <= len(questions) < 12


def test_a_question_longer_than_the_context_is_still_answered(make_model, tokenizer):
    session = ChatSession(make_model(), tokenizer, max_new_tokens=5, seed=0)
    session.ask("Who lives on the ice? " * 10)
    assert len(session.messages) == 2


def test_a_system_message_that_would_be_lost_is_refused(make_model, tokenizer, script):
    lost = r"^the system message and the question take \d+ tokens, and at most 100 leave room for "
    model, system = make_model(context_size=120), "Be kind. " * 4
    with pytest.raises(ValueError, match=lost):
        ChatSession(model, tokenizer, system=system * 9, max_new_tokens=20)
    session = ChatSession(model, tokenizer, system=system, max_new_tokens=20)
    script(tokenizer.encode("The seal."))
    session.ask("Who?")
    with pytest.raises(ValueError, match=lost):
        session.ask("Who lives on the ice? " * 20)
    assert session.ask("Who?") == "The seal."  # it goes on with a shorter one


def test_ids_that_the_tokenizer_lacks_are_never_an_answer(make_model, tokenizer):
    model = make_model(vocab_size=tokenizer.vocab_size + 50, context_size=60)
    with torch.no_grad():
        model.out.bias[tokenizer.vocab_size :] += 100
    for temperature in (0, 1.0):
        session = ChatSession(model, tokenizer, max_new_tokens=10, temperature=temperature, seed=1)
        assert session.ask("Who?") == session.messages[-1]["content"]


def test_pieces_join_to_the_answer_and_never_show_half_a_character(make_model, tokenizer, script):
    answer = "鲸🐧 is 小企鹅's 朋友"
    ids = tokenizer.encode(answer)
    assert len(ids) > len(answer)  # characters of several tokens
    script([*ids, tokenizer.im_end])
    session = ChatSession(make_model(), tokenizer)
    pieces = list(session.reply("?"))
    assert "".join(pieces) == answer == session.messages[-1]["content"]
    assert len(pieces) > 5
    assert all(pieces)
    assert not any("\ufffd" in piece for piece in pieces)


@pytest.mark.parametrize("seed", range(5))
def test_pieces_of_a_real_model_join_to_what_is_kept(make_model, tokenizer, seed):
    session = ChatSession(
        make_model(context_size=60), tokenizer, max_new_tokens=30, seed=seed, temperature=1.5
    )
    pieces = list(session.reply("Who?"))
    assert "".join(pieces) == session.messages[-1]["content"]
    assert not any(name in piece for piece in pieces for name in SPECIAL_TOKENS)


def test_an_answer_that_was_left_half_way_is_not_kept(make_model, tokenizer, script):
    script(tokenizer.encode("The seal likes fish."))
    session = ChatSession(make_model(context_size=200), tokenizer)
    reply = session.reply("What?")
    next(reply)
    reply.close()
    assert session.messages == []


def test_settings_reach_the_sampler_and_a_seed_repeats(make_model, tokenizer):
    def talk(**sampling):
        session = ChatSession(make_model(context_size=60), tokenizer, max_new_tokens=20, **sampling)
        return session.ask("Who?")

    assert talk(seed=3) == talk(seed=3)
    assert talk(temperature=0) == talk(temperature=0, seed=9)
    with pytest.raises(ValueError, match=r"^top_p=2 is not"):
        talk(top_p=2)


def test_a_question_that_is_no_text_is_refused(make_model, tokenizer):
    with pytest.raises(ValueError, match=r"^chat: a message is .* a string}, not"):
        ChatSession(make_model(), tokenizer).ask(5)
