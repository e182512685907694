"""A run's report: its tables hold the numbers that were measured."""

import json
import math
import re
from pathlib import Path

import pytest
import torch

from minillm import corpus
from minillm.corpus import Question
from minillm.data.token_files import Encoded, write_tokens
from minillm.formats.checkpoints import SHIPPED, save_model
from minillm.formats.run_files import TrainingState
from minillm.runs import report
from minillm.runs.recipe import RECIPES

ASKED = {"role": "user", "content": "Who\nswims?"}


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_untrained_model_is_the_start_of_the_same_seed(make_model, tokenizer, tmp_path):
    model = make_model(seed=3, fresh=True)
    save_model(tmp_path, make_model(), tokenizer)
    untrained, _ = report.untrained(tmp_path, seed=3)
    assert all(torch.equal(p, q) for p, q in zip(untrained.parameters(), model.parameters()))


def test_settings_are_those_of_the_run(make_model):
    states = {
        "pretrain": TrainingState(1200, 4.5, 90.0, "bfloat16"),
        "sft": TrainingState(700, 2.25, 30.0, "bfloat16"),
    }
    model = make_model()
    lines = report.settings_lines(RECIPES["nano"], states, model)
    rows = dict(cells(line) for line in lines[2:])
    assert rows["data"] == "the bundled world"
    assert rows["parameters"] == f"{model.num_parameters():,}"
    assert "num_heads=2" in rows["model"]
    assert "bfloat16" in rows["machine"]  # what it began with, not what would be chosen now
    assert rows["pretrain"] == (
        f"1200 steps, {1200 * 16 * 12:,} tokens read, 1.5 minutes, "
        "seed 0, best validation loss 4.5000"
    )
    assert rows["sft"].startswith(f"700 steps, {700 * 16 * 12:,} tokens read, 0.5 minutes")


def test_losses_are_in_nats_per_token_and_bits_per_byte(tmp_path):
    file = write_tokens(tmp_path / "valid", [Encoded([1, 2, 3, 4, 5], None, 8)], 300)
    lines = report.loss_lines({"uniform": 5.0, "2-gram": 4.0}, 3.0, file)
    rows = {name: numbers for name, *numbers in map(cells, lines[2:5])}
    for name, loss in (("uniform", 5.0), ("2-gram", 4.0), ("**this model**", 3.0)):
        assert rows[name] == [f"{loss:.3f}", f"{loss * 4 / math.log(2) / 8:.3f}"]
    assert lines[-1] == "The model stands 25.0% below the best that counting does."


def test_scores_are_shares_of_right_answers_by_family(monkeypatch):
    def question(family, n, choices=()):
        return Question(family, "en", (ASKED,), f"{family} {n}", choices)

    questions = [question(family, n) for family in corpus.FAMILIES for n in range(4)]
    questions += [question("reading", 4, ("a", "b")), question("reading", 5, ("a", "b", "c", "d"))]
    right = {"one": [q.answer for q in questions], "two": [""] * len(questions)}
    right["half"] = [q.answer if int(q.answer[-1]) % 2 else "" for q in questions]
    monkeypatch.setattr(report, "answer_all", lambda name, _, questions: right[name])
    models = {name: (name, None) for name in ("one", "two", "half")}
    lines = report.score_lines(models, questions)
    assert cells(lines[0]) == ["family", "questions", "one", "two", "half"]
    rows = {name: numbers for name, *numbers in map(cells, lines[2:-2])}
    assert rows.keys() == {*corpus.FAMILIES, "**all but reading**"}
    for family in corpus.FAMILIES:
        assert rows[family] == [str(6 if family == "reading" else 4), "100%", "0%", "50%"]
    others = 4 * (len(corpus.FAMILIES) - 1)
    assert rows["**all but reading**"] == [str(others), "**100%**", "**0%**", "**50%**"]
    assert "would answer 38% of the reading questions" in lines[-1]  # (1/2 + 1/4) / 2


def test_answers_stand_below_their_questions(monkeypatch):
    answers = {"a": ["The seal\nswims."], "b": ["x" * 300]}
    monkeypatch.setattr(report, "answer_all", lambda name, *_, **__: answers[name])
    samples = [Question("own", "en", (ASKED,), "The seal.")]
    lines = report.answer_lines({"pretrain": ("a", None), "sft": ("b", None)}, samples)
    assert lines == [
        "1. **Who swims?**",
        "   - wanted: The seal.",
        "   - pretrain: The seal swims.",
        f"   - sft: {'x' * 200}",
    ]


def test_a_conversation_is_a_question_up_to_its_last_answer():
    answer = {"role": "assistant", "content": "The seal."}
    question = report.question_of([ASKED, answer, ASKED, {**answer, "content": "The crab."}, ASKED])
    assert question.messages == (ASKED, answer, ASKED)
    assert question.answer == "The crab."
    for chat in ([ASKED], [answer], [answer, ASKED]):
        assert report.question_of(chat) is None  # nothing was asked, or nothing answered


@pytest.mark.parametrize("text", ["小", "The seal likes fish. " * 40])
def test_ten_continuations_of_any_text(make_model, tokenizer, text):
    lines = report.continuation_lines(make_model(), tokenizer, [text])
    assert [line.split(". ")[0] for line in lines] == [str(n) for n in range(1, 11)]
    assert all(" → " in line for line in lines)


@pytest.mark.parametrize(
    ("where", "settings", "seeds"),
    [
        ("run.json", {"pretrain": {"seed": 7}, "world_seed": 5}, (7, 5)),
        ("pretrain/run.json", {"training": {"seed": 8}}, (8, 0)),
        ("run.json", {}, (0, 0)),
    ],
)
def test_the_seeds_of_a_run_are_read_from_its_settings(tmp_path, where, settings, seeds):
    (tmp_path / "pretrain").mkdir()
    (tmp_path / where).write_text(json.dumps(settings))
    assert report.run_seeds(tmp_path / "pretrain") == seeds


@pytest.mark.parametrize(
    ("settings", "value"),
    [({"world_seed": None}, None), ({"training": 3.5}, 3.5), ({"pretrain": {"seed": "x"}}, "x")],
)
def test_a_seed_that_is_none_is_refused(tmp_path, settings, value):
    (tmp_path / "run.json").write_text(json.dumps(settings))
    with pytest.raises(ValueError, match=rf"the seed {value!r} is not a whole number$"):
        report.run_seeds(tmp_path / "sft")


def test_ten_questions_are_of_both_languages_and_of_many_families():
    ten = report.ten_of(corpus.held_out_questions())
    assert len(ten) == 10
    assert {question.language for question in ten} == {"en", "zh"}
    assert len({question.family for question in ten}) >= 9


# --- what the texts say about the model that ships -----------------------------------------------

README = Path(__file__).parents[1] / "README.md"
MINI = SHIPPED / "mini"


def wilson(right: int) -> tuple[int, int]:
    """The shares, in percent, for which `right` of 100 is no surprise (Wilson, 1927)."""
    p, square = right / 100, 1.96**2 / 100
    middle, half = p + square / 2, math.sqrt(square * p * (1 - p) + square**2 / 4)
    low, high = (round(100 * end / (1 + square)) for end in (middle - half, middle + half))
    return low, high


def test_readme_and_model_card_say_what_the_report_measured():
    report, card, readme = (
        path.read_text("utf-8") for path in (MINI / "report.md", MINI / "README.md", README)
    )
    measured = re.findall(r"^\| ([a-z -]+) \| 100 \|.* (\d+)% \|$", report, re.MULTILINE)
    scores = {family: int(share) for family, share in measured}
    assert set(scores) == {question.family for question in corpus.held_out_questions()}

    in_card = re.findall(r"^\| ([a-z -]+) \| (\d+) \| (\d+) to (\d+) \|$", card, re.MULTILINE)
    assert {family: tuple(map(int, row)) for family, *row in in_card} == {
        family: (right, *wilson(right)) for family, right in scores.items()
    }
    in_readme = re.findall(r"^\| ([a-z -]+) \| [^|]+ \| (\d+)% \|$", readme, re.MULTILINE)
    assert {family: int(share) for family, share in in_readme} == scores

    bits = re.search(r"\*\*this model\*\* \| [\d.]+ \| ([\d.]+)", report)[1]
    counting = min(re.findall(r"\d-gram \| [\d.]+ \| ([\d.]+)", report))
    for text in (card, readme):
        assert f"{bits} bits per byte" in " ".join(text.split()) and counting in text
    run = json.loads((MINI / "run.json").read_text("utf-8"))
    assert f"{run['pretrain']['steps']:,} × 16 rows" in card
    assert f"{run['sft']['steps']:,} × 16 rows" in card
