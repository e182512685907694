"""The chatbot of one rule, on the article's questions and on those that show its limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minillm.rules import QdogBaby


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("会说话吗?", "会说话!"),
        ("是人工智能吗?", "是人工智能!"),
        ("会说话吗？", "会说话!"),  # the full-width question mark
        ("会说话吗?会游泳吗？", "会说话!会游泳!"),
        ("会说话吗", "会说话吗"),  # no question mark, no rule
        ("吗啡是什么?", "吗啡是什么?"),  # 吗 inside a word
        ("can you talk?", "can you talk?"),
        ("", ""),
    ],
)
def test_the_rule(question, answer):
    assert QdogBaby().chat(question) == answer


@given(st.text(alphabet="吗?？!会话"))
def test_an_answer_never_asks(text):
    answer = QdogBaby().chat(text)
    assert "吗?" not in answer
    assert "吗？" not in answer
    assert QdogBaby().chat(answer) == answer
