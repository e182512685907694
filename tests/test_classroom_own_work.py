"""Own work: one's own bug, one's own world, a talk on one's code, questions on one's model."""

import ast
import contextlib
import io
import itertools
import re
import traceback
from pathlib import Path

import nbformat
import pytest
import torch

from minillm import attention, model, training
from minillm.classroom import bugs, lot, planted, questions, symptoms, viva, worlds
from minillm.classroom.html_page import PAGES
from minillm.classroom.lessons import find_lessons, kinds
from minillm.corpus import held_out_questions
from minillm.corpus.world import make_world
from minillm.data import batches
from minillm.formats.checkpoints import SHIPPED, load
from minillm.interpretability import activations, lead
from minillm.runs.report import ten_of

BUGS = [pytest.param(bug, id=bug.name) for bug in planted.BUGS]
OPEN = "…"


@pytest.fixture(scope="module")
def seen():
    """Signs of the healthy run (under "") and of every bug: a training of seconds for each."""
    healthy = symptoms.observed(None)
    return {"": symptoms.signs(healthy, healthy)} | {
        bug.name: symptoms.signs(symptoms.observed(bug), healthy) for bug in planted.BUGS
    }


# --- bugs -------------------------------------------------------------------------------------


def test_the_healthy_run_shows_no_symptom_and_learns(seen):
    assert seen[""] == {"curve": "as healthy", "map": "as healthy", "equalities": "all hold"}
    run = symptoms.observed(None)
    assert run.valid[-1] < 1.25 * run.figures["lowest"] < run.valid[0] / 2


@pytest.mark.parametrize("bug", BUGS)
def test_each_bug_shows_at_least_one_symptom(bug, seen):
    assert seen[bug.name] != seen[""]


def test_the_symptoms_tell_every_two_bugs_apart(seen):
    assert len(planted.BUGS) >= 10
    assert len({tuple(signs.values()) for signs in seen.values()}) == len(seen)


def test_the_table_for_teachers_says_what_is_measured(seen):
    rubric = (PAGES / "bug_rubric.md").read_text("utf-8")
    told = dict(re.findall(r"^\| (.+?) \| (.+) \|$", rubric.partition("## Which symptom")[2], re.M))
    want = {name: " | ".join(signs.values()) for name, signs in seen.items() if name}
    assert {name: told.get(name) for name in want} == want


def test_nothing_of_the_package_is_touched():
    owned = [attention.causal_mask, attention.attention, model.evaluating, training.train_step]
    for bug in planted.BUGS:
        names = planted.copied(bug)
        assert names["attention"] is not attention.attention
        assert names["QdogBabyLearnLLM"] is not model.QdogBabyLearnLLM
    assert owned == [
        attention.causal_mask, attention.attention, model.evaluating, training.train_step,
    ]  # fmt: skip
    assert attention.causal_mask(2, 2).tolist() == [[True, False], [True, True]]
    assert batches.Batches._fill.__code__.co_filename.endswith("batches.py")


def test_looking_leaves_the_random_numbers_alone():
    torch.manual_seed(5)
    want = torch.rand(3)
    torch.manual_seed(5)
    symptoms.observed.__wrapped__(planted.BUGS[1])
    assert torch.equal(torch.rand(3), want)


def test_a_bug_whose_place_is_gone_is_refused():
    bug = planted.Bug("a bug", "attention::attention", "scores + 77", "scores")
    with pytest.raises(ValueError, match=r"attention::attention holds 0 times.*scores \+ 77"):
        planted.copied(bug)


def test_the_copy_without_a_bug_computes_what_the_package_does():
    names = planted.copied()
    cfg = {"num_hidden_layers": 2, "num_heads": 2, "emb_dim": 16, "context_size": 9}
    ids = torch.randint(0, 40, (2, 9))
    logits = []
    for room in (names, vars(model)):
        torch.manual_seed(0)
        made = room["QdogBabyLearnLLM"](room["QdogBabyLearnConfig"](**cfg, vocab_size=40))
        logits.append(made(ids))
    torch.testing.assert_close(*logits)


@pytest.mark.parametrize("bug", BUGS)
def test_a_traceback_shows_neither_the_bug_nor_its_name(bug):
    names = planted.copied(bug)
    with pytest.raises(RuntimeError) as error:
        names["attention"](torch.zeros(2, 3), torch.zeros(2, 4), torch.zeros(2, 4))
    shown = "".join(traceback.format_exception(error.value))
    assert "<lab>" in shown and bug.name not in shown and bug.new not in shown


def test_a_lab_shows_figures_beside_the_control_and_never_the_name(capsys):
    lab = bugs.Lab("Chen Wei")
    mine = planted.BUGS[bugs.number_of("Chen Wei", len(planted.BUGS))]
    figures = [lab.curve(), lab.map(), lab.equality()]
    said = capsys.readouterr().out + repr(lab) + repr(figures)
    assert said.count("healthy") >= 4
    assert not [choice for choice in bugs.CHOICES.values() if choice in said]
    assert mine.new not in said
    run, healthy = symptoms.observed(mine), symptoms.observed(None)
    assert re.search(rf"after 200 steps .*{run.valid[-1]:.2f} +{healthy.valid[-1]:.2f}\n", said)


def test_a_repair_helps_if_it_is_the_right_one_only(capsys):
    lab = bugs.Lab("Chen Wei")
    mine = planted.BUGS[lab._number]
    other = planted.BUGS[lab._number - 1]
    healthy = symptoms.observed(None).valid[-1]
    for bug, want in ((mine, healthy), (other, symptoms.observed(mine).valid[-1])):
        lab.repair(bug.name)
        said = capsys.readouterr().out
        assert re.search(rf"after 200 steps .*{want:.2f} +{healthy:.2f}\n", said)
        assert bug.new.splitlines()[0] in said
    assert abs(healthy - symptoms.observed(mine).valid[-1]) > 0.05
    with pytest.raises(ValueError, match="diagnosis='z' is none of the choices"):
        lab.repair("z")


def test_neighbours_by_number_get_different_bugs_and_all_bugs_are_given():
    count = len(planted.BUGS)
    numbers = [bugs.number_of(f"Group {n}", count) for n in range(1, count + 1)]
    assert sorted(numbers) == list(range(count))
    assert {bugs.number_of(f"{chr(97 + n % 26)}{'x' * n}", count) for n in range(300)} == set(
        range(count)
    )


@pytest.mark.parametrize("name", ["", " ", OPEN, "...", None, 7])
def test_what_is_no_name_is_refused(name):
    for make in (bugs.Lab, worlds.world_seed):
        with pytest.raises(ValueError, match=re.escape(f"name={name!r}")):
            make(name)


def filled(notebook, **texts):
    """A notebook of the kit in which these names are assigned these texts."""
    for cell in notebook.cells:
        for name, text in texts.items():
            pattern = rf'^{name} = (?:"""\n.*?\n"""|".*?")$'
            cell.source = re.sub(
                pattern, lambda _, n=name, t=text: f"{n} = {t!r}", cell.source, flags=re.M | re.S
            )
    return notebook


EVIDENCE = (
    "The loss ends far below what is possible, beside 0.78 in the control. It is not padding."
)


def test_the_verdict_on_a_diagnosis():
    right = planted.BUGS[bugs.number_of("Ana", len(planted.BUGS))].name
    wrong = planted.BUGS[bugs.number_of("Ana", len(planted.BUGS)) - 1].name
    letter = next(letter for letter, name in bugs.CHOICES.items() if name == right)

    def said(**texts):
        return bugs.verdict(filled(bugs.bug_lab_notebook(), **texts))

    for diagnosis in (right, letter, f" {letter.upper()}. ", right.upper()):
        mark = said(name="ana", diagnosis=diagnosis, evidence=EVIDENCE)
        assert (mark.points, mark.of) == (2, 2) and "right; 17 words" in mark.sentence
    mark = said(name="Ana", diagnosis=wrong)
    assert mark.points == 0
    assert f"not right, it was that {right}; hardly any evidence" in mark.sentence
    assert said(name="Ana").sentence == "Bug lab: no diagnosis yet."
    assert "none of the choices" in said(name="Ana", diagnosis="bad luck").sentence
    assert "holds no name" in said(diagnosis=right).sentence
    broken = filled(bugs.bug_lab_notebook(), name="Ana", diagnosis=right)
    next(c for c in broken.cells if "diagnosis =" in c.source).source += "\n(("
    assert bugs.verdict(broken).sentence == "Bug lab: no diagnosis yet."
    assert bugs.verdict(worlds.own_world_notebook()) is None


def printed(notebook):
    """What the cells of a notebook print, run one after the other."""
    names = {}
    with contextlib.redirect_stdout(io.StringIO()) as out:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                exec(cell.source, names)
    return out.getvalue()


def test_the_cells_of_the_lab_run():
    notebook = filled(bugs.bug_lab_notebook(), name="Chen Wei", diagnosis="a")
    nbformat.validate(notebook)
    assert "n  with the cache" in printed(notebook)


# --- worlds -----------------------------------------------------------------------------------


def test_a_seed_is_that_of_a_name_however_it_is_written():
    assert worlds.world_seed("José  de la Cruz") == worlds.world_seed(" JOSE\u0301 de la\tcruz ")
    assert worlds.world_seed("José") != worlds.world_seed("Jose")
    seeds = {worlds.world_seed(f"student {n}") for n in range(2000)}
    assert len(seeds) > 1990 and min(seeds) > 0 and max(seeds) <= 999_999
    assert worlds.world_seed("Amara Diallo") == 647989  # for ever: reports depend on it


def test_thirty_names_have_thirty_casts_and_facts():
    casts = set()
    for n in range(30):
        cast = make_world(worlds.world_seed(f"student {n}")).cast
        casts.add(frozenset((f.en, fact.en) for f in cast for fact in f.facts.values()))
    assert len(casts) == 30
    first, second, *_ = casts
    assert len(first & second) < 0.15 * len(first)


def test_the_five_questions_are_of_that_island():
    asked = worlds.five_questions("Ana")
    assert [q.family for q in asked] == list(worlds.ASKED)
    assert asked == worlds.five_questions(" ANA")
    names = {friend.en for friend in make_world(worlds.world_seed("Ana")).cast}
    assert all(any(name in q.answer for name in names) for q in asked[:4])
    assert [q.answer for q in worlds.five_questions("Ben")] != [q.answer for q in asked]


def report(seed, loss="1.092", right="15%"):
    asked = ten_of(held_out_questions(world_seed=seed))
    wanted = "\n".join(f"1. **?**\n   - wanted: {q.answer}\n   - sft: no" for q in asked)
    grams = "\n".join(f"| {n}-gram | {2.423 - n / 5:.3f} | 0.7 |" for n in range(1, 6))
    return (
        f"# nano\n\n| | |\n|---|---|\n| data | the bundled world of seed {seed} |\n\n{grams}\n"
        f"| **this model** | {loss} | 0.574 |\n\n"
        f"| **all but reading** | 1900 | **0%** | **0%** | **{right}** |\n\n{wanted}\n"
    )


def own_world(name="Ana", seed=None, **texts):
    notebook = worlds.own_world_notebook()
    seed = worlds.world_seed(name) if seed is None else seed
    shown = nbformat.v4.new_output("display_data", {"text/markdown": report(seed)})
    for cell in notebook.cells:
        if kinds(cell).get("own_world") == "report":
            cell.outputs = [shown]
        if kinds(cell).get("own_world") == "words":
            cell.source = cell.source.replace(OPEN, "It says that.")
    written = {
        "loss": "1.09", "counting": "1.423", "right": "15 %", "knows": "1, 5", "invents": "2 3 4",
        "head": "2.1", "effect": "0.12", "others": "0.01", "failure": "because " * 40,
    }  # fmt: skip
    return filled(notebook, name=name, **(written | texts))


def test_a_whole_report_gets_all_points():
    mark = worlds.evaluate(own_world())
    assert (mark.points, mark.of) == (8, 8), mark.sentence
    assert "explained in 40 words" in mark.sentence


@pytest.mark.parametrize(
    ("texts", "points", "says"),
    [
        ({"seed": 7}, 4, "The report is of world 7; that of Ana is"),
        ({"loss": "1.19"}, 7, "Not as in the report that is shown: loss (1.092)"),
        ({"loss": "1"}, 7, "loss (1.092)"),  # too coarse
        ({"loss": OPEN, "right": "much"}, 6, "loss (1.092), right (15)"),
        ({"knows": "1, 2"}, 7, "five questions are not sorted"),
        ({"head": "the third"}, 7, "The head, its effect"),
        ({"failure": OPEN}, 7, "explained in 0 words"),
        ({"name": OPEN, "seed": 7}, 0, "holds no name"),
    ],
)
def test_what_is_missing_in_a_report_costs_points(texts, points, says):
    mark = worlds.evaluate(own_world(**texts))
    assert mark.points == points and says in mark.sentence, mark.sentence


def test_an_untouched_report_gets_nothing():
    mark = worlds.evaluate(filled(worlds.own_world_notebook(), name="Ana"))
    assert mark.points == 0 and "shows no report" in mark.sentence
    assert "4 of 4" not in mark.sentence and "3 of 3 parts" in mark.sentence
    assert worlds.evaluate(bugs.bug_lab_notebook()) is None


def test_figures_are_compared_with_a_run_made_again(tmp_path):
    folder = tmp_path / str(worlds.world_seed("Ana"))
    folder.mkdir()
    (folder / "report.md").write_text(report(worlds.world_seed("Ana"), "1.150", "16%"), "utf-8")
    assert worlds.evaluate(own_world(), tmp_path).points == 8
    (folder / "report.md").write_text(report(worlds.world_seed("Ana"), "1.300", "30%"), "utf-8")
    mark = worlds.evaluate(own_world(), tmp_path)
    assert (
        mark.points == 6 and "Not as in the run made again: loss (1.3), right (30)" in mark.sentence
    )


def test_a_report_with_answers_of_another_world_is_seen():
    seed, other = worlds.world_seed("Ana"), worlds.world_seed("Ben")
    assert worlds.check_world("Ana", report(seed)) == ""
    forged = report(other).replace(f"seed {other}", f"seed {seed}")
    assert "of its ten answers are not those of world" in worlds.check_world("Ana", forged)
    assert "of world 0" in worlds.check_world("Ana", report(seed).replace(f" of seed {seed}", ""))
    assert worlds.check_world("Ana", "nothing") == "This is no report of a run on a bundled world."


def test_the_scores_are_those_of_a_real_report():
    text = (SHIPPED / "mini" / "report.md").read_text("utf-8")
    assert worlds.scores(text) == {"loss": 0.82, "counting": 1.466, "right": 92.0}
    with pytest.raises(ValueError, match="a report of a whole run was expected"):
        worlds.scores(text.replace("this model", "that model"))


def test_the_world_notebook_runs(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(worlds, "train", lambda name: SHIPPED / "mini")
    monkeypatch.setattr(worlds, "world_seed", lambda name: 0)
    notebook = filled(worlds.own_world_notebook(), name="Ana")
    nbformat.validate(notebook)
    said = printed(notebook)
    assert said.count("that's so:") == 5 and said.count("the loss rises by") == 7
    assert said.count("←") == 1 and "| facts | 100 |" in worlds.report(SHIPPED / "mini")


def test_a_world_that_is_there_is_not_trained_again(tmp_path, monkeypatch, capsys):
    made = []
    monkeypatch.setattr(worlds, "run_recipe", lambda recipe, folder: made.append(recipe.world_seed))
    seed = worlds.world_seed("Ana")
    worlds.train("Ana", tmp_path)
    (tmp_path / "run.json").write_text(f'{{"world_seed": {seed}}}')
    (tmp_path / "done").touch()
    assert worlds.train("Ana", tmp_path) == tmp_path
    worlds.train("Ben", tmp_path)
    assert made == [seed, worlds.world_seed("Ben")]
    assert f"holds the model of world {seed}" in capsys.readouterr().out


# --- viva -------------------------------------------------------------------------------------

ENTROPY = """
def entropy(weights):
    # ln 1 = 0
    logs = weights.masked_fill(weights == 0, 1.0).log()
    return -(weights * logs).sum(dim=-1)
"""


@pytest.fixture(scope="module")
def lesson():
    return find_lessons(["07"])[0]


def test_the_draw_is_by_name_and_the_same_each_time():
    solved = ["a", "b", "c", "d"]
    assert lot.draw("Ana", solved) == lot.draw(" ana", solved[::-1])
    drawn = [lot.draw(f"student {n}", solved) for n in range(60)]
    assert {tuple(sorted(two)) for two in drawn} == set(itertools.combinations(solved, 2))
    assert lot.draw("Ana", ["a", "a"]) == ["a"]
    with pytest.raises(ValueError, match="Ana has solved no exercise"):
        lot.draw("Ana", [])


def test_the_answers_for_the_teacher_are_true(lesson):
    asked = viva.questions("Ana", lesson, "entropy", ENTROPY)
    assert asked == viva.questions("ANA", lesson, "entropy", ENTROPY)
    assert len(asked) == 3 and all("\nAnswer: " in question for question in asked)
    changed, line, _ = asked
    number, mine, new, example, here, there = re.search(
        r"line (\d) reads `(.+?)`. If it read `(.+?)` instead.*"
        r"for `weights = (\[.*?\])` it gives (.+), and it would give (.+)\.$", changed, re.S,
    ).groups()  # fmt: skip
    lines = ENTROPY.splitlines()
    assert lines[int(number) - 1].strip() == mine
    weights = torch.tensor(ast.literal_eval(example))
    for source, want in ((ENTROPY, here), (ENTROPY.replace(mine, new), there)):
        names = {}
        exec(source, names)
        got = names["entropy"](weights)
        torch.testing.assert_close(got, torch.tensor(ast.literal_eval(want)), atol=2e-3, rtol=0)
    asks = r"For `weights = (\[.*\])`: what is the shape of `logs` .*\nAnswer: (\(.*?\))\.$"
    example, shape = re.search(asks, line, re.S).groups()
    assert torch.tensor(ast.literal_eval(example)).shape == ast.literal_eval(shape)


def test_arguments_bear_the_names_that_the_student_gave_them():
    (lesson,) = find_lessons(["06"])
    mine = "def scores_of(asks, found):\n    return asks @ found.mT / asks.shape[-1] ** 0.5"
    renamed = f"{mine.replace('scores_of', 'mine')}\nscores_of = mine"
    for source, names in ((mine, ("asks", "found")), (renamed, ("q", "k"))):
        changed, comes_out, _ = viva.questions("Ana", lesson, "scores_of", source)
        call = rf"`{names[0]} = [^`]+`, `{names[1]} = [^`]+`"
        assert re.search(rf"Answer: one is this: for {call} ", changed), changed
        asked = rf"What is the shape of what comes out for {call}\?\nAnswer: \([\d, ]+\)\."
        assert re.fullmatch(asked, comes_out), comes_out


def test_nothing_is_asked_of_a_function_that_nobody_sees():
    """`slopes` is handed one, so what comes out for it can't be worked out at a board."""
    (lesson,) = find_lessons(["04"])
    solution = (
        "def slopes(loss_of, numbers):\n"
        "    moved = [[x + 0.001 * (i == at) for i, x in enumerate(numbers)]\n"
        "             for at in range(len(numbers))]\n"
        "    return [(loss_of(one) - loss_of(numbers)) / 0.001 for one in moved]"
    )
    asked = viva.questions("Ana", lesson, "slopes", solution)
    assert asked
    assert not [question for question in asked if "a function" in question]


def test_what_is_no_solution_gets_no_questions(lesson):
    cases = {
        "no exercise 'scores_of'; it has merge_heads, mean_distance, entropy": (
            "scores_of",
            ENTROPY,
        ),
        "can't be read": ("entropy", "def entropy(:"),
        "no solution of entropy": ("entropy", ENTROPY.replace("return -", "return ")),
    }
    for message, (exercise, source) in cases.items():
        with pytest.raises(ValueError, match=re.escape(message)):
            viva.questions("Ana", lesson, exercise, source)


# --- questions on paper -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    file = tmp_path_factory.mktemp("paper") / "ana.html"
    return questions.write_questions("mini", file, "Ana <b>")


def test_the_pages_stand_alone_and_hold_no_answer(sheets):
    sheet, key = (path.read_text("utf-8") for path in sheets)
    assert sheets[1].name == "ana-key.html"
    for page in (sheet, key):
        assert not re.search(r"<script|<link|src=|url\((?!#)|https?://(?!www\.w3\.org)", page)
        assert "Ana &lt;b&gt;" in page and "<b>" not in page
    assert 4 <= sheet.count("<svg") <= 8 and sheet.count('class="question"') == 6
    assert key.count("<strong>") == 6 and "Rubric" in key
    answers = re.findall(r"<strong>(.*?)</strong>", key, re.S)
    assert not [answer for answer in answers if answer in sheet]


def test_each_token_and_head_that_is_named_bears_that_name_on_the_sheet(sheets):
    tokens = heads = 0
    for question in re.findall(r"<section.*?</section>", sheets[0].read_text("utf-8"), re.S):
        text, _, maps = question.partition('<div class="maps">')
        shown = text.partition("<table>")[2] + maps
        for number, token in re.findall(r"token (\d+) <code>(.*?)</code>", text):
            assert f">{number} {token}<" in shown
            tokens += 1
        if "<svg" in maps:
            titles = re.findall(r">(Layer \d, head \d)<", maps)
            named = re.findall(r"layer \d, head \d", text)
            assert {name.capitalize() for name in named} <= {*titles}
            heads += len(titles)
        assert "no. " not in text and not re.search(r"\b\d\.\d, |head \d\.\d", text)
    assert tokens
    assert heads


def test_the_same_name_gets_the_same_questions_and_another_one_others(sheets, tmp_path):
    again = questions.write_questions("mini", tmp_path / "b.html", "Ana <b>")
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in sheets]
    other = questions.write_questions("mini", tmp_path / "c.html", "Ben")
    assert "“" in other[0].read_text("utf-8")
    texts = [set(re.findall(r"of “(.*?)”", p.read_text("utf-8"))) for p in (sheets[0], other[0])]
    assert not texts[0] & texts[1]


def made_read(*maps):
    """A text of six tokens, a b c a b d, read by a layer whose heads have these weights."""
    weights = torch.zeros(1, len(maps), 6, 6)
    for number, to in enumerate(maps):
        for t, s in enumerate(to):
            weights[0, number, t] = torch.eye(6)[s] * 0.8
            weights[0, number, t, t] += 0.2
    logits = torch.tensor([0.5, 0.3, 0.1, 0.1]).log().repeat(6, 1)
    return questions._Read("abcabd", [0, 1, 2, 0, 1, 3], list("abcabd"), weights, logits)


def test_the_most_is_what_the_map_shows():
    question = questions._most(questions.Draw(1), made_read([0, 0, 1, 0, 2, 2]))
    row, from_, weight = re.search(
        r"row of token (\d) .*From token (\d) \S+: (\S+), so nearly all",
        question.text + question.answer, re.S,
    ).groups()  # fmt: skip
    assert (row, from_, weight) in {("5", "3", "0.80"), ("6", "3", "0.80")}


@pytest.mark.parametrize("seed", range(6))
def test_the_induction_head_is_named_on_its_side(seed):
    back, induction = [0, 0, 1, 2, 3, 4], [0, 0, 0, 1, 2, 0]
    question = questions._which(questions.Draw(seed), made_read(back, induction))
    found = re.search(r"The (\w+) one, (.+?): its score is (\S+),", question.answer)
    side, name, high = found.groups()
    assert (name, high) == (
        "layer 0, head 1",
        "0.80",
    ) and "looks for its own token" in question.text
    assert (
        "head 1" in question.maps[side == "right"]
    ) and "token 4 <code>a</code> from" in question.answer


def test_what_is_covered_is_what_is_missing():
    question = questions._covered(questions.Draw(2), made_read([0, 0, 1, 0, 2, 2]))
    cells = re.findall(r"<td>(.*?)</td>", question.text)
    assert cells.count("?") == 1
    missing = 1 - sum(float(cell) for cell in cells if cell != "?")
    assert question.answer.startswith(f"{missing:.2f}, as") and 0.1 < missing < 0.9


def test_the_effect_of_a_head_is_measured():
    made, tokenizer = load("mini")
    read = questions._read(made, tokenizer, "Kiki is a cat. Otto is a bear. Kiki is a cat.")
    question = questions._off(questions.Draw(3), made, tokenizer, read)
    at = int(re.search(r"read up to token (\d+)", question.text)[1]) - 1
    best = read.logits[at].topk(2).indices.tolist()
    told = dict(re.findall(r"(layer \d, head \d) by ([+−]\d+\.\d)", question.answer))
    told = {name: float(change.replace("−", "-")) for name, change in told.items()}
    for name, change in told.items():
        head = tuple(map(int, re.findall(r"\d", name)))
        off = activations(made, read.ids[: at + 1], [head]).logits[-1]
        moved = lead(off, *best) - lead(read.logits[at], *best)
        assert abs(float(moved) - change) < 0.06
    more = re.search(r"More for (.+?)\.", question.answer)[1]
    assert more == max(told, key=lambda name: abs(told[name]))


def test_a_page_of_another_kind_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"ana\.pdf is no name of a page"):
        questions.write_questions("mini", tmp_path / "ana.pdf")
    assert list(Path(tmp_path).iterdir()) == []
