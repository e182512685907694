"""What every notebook promises, read from the files; nbval runs them and compares their outputs.

Cells are known by their tags:
    minillm.module.name           the cell is that definition of the package, code for code
    equals:minillm.module.name    the cell shows, by an assert, that something equals that part
    setup                         cheap cells that the exercises build on (imports, small data)
    exercise, check, solution     the three cells of an exercise, in this order
    nbval-ignore-output           the output cannot be compared; at most one code cell in twenty
"""

import ast
import contextlib
import copy
import io
import re
import runpy
import time
from pathlib import Path
from types import SimpleNamespace

import nbclient
import nbformat
import pytest

from minillm.classroom.lessons import HEADING

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
LESSONS = [path for path in PATHS if re.match(r"(?!00)\d\d_", path.name)]  # with exercises
EXERCISE = ["exercise", "check", "solution"]
TRAPS = {
    r";\s*$": "a trailing `;`",
    r"\bclear_output\b": "clear_output",
    r"\bupdate_display\b|\bdisplay_id\b": "a display that is updated",
    r"^\s*%%?time": "a timing magic",
}
NETWORK = r"https?://(?!127\.0\.0\.1|localhost|www\.w3\.org)|\burlopen\b|\burllib\b|\brequests\b|^\s*[!%]\s*(pip|conda|wget|curl|git)\b"


def read(path):
    """A notebook with its cells parted into `code` and `prose`."""
    notebook = nbformat.read(path, as_version=4)
    by_type = {
        kind: [c for c in notebook.cells if c.cell_type == kind] for kind in ("code", "markdown")
    }
    return SimpleNamespace(
        path=path, cells=notebook.cells, code=by_type["code"], prose=by_type["markdown"]
    )


def tags(cell):
    return cell.metadata.get("tags", [])


def stored_text(cell):
    """What a cell's output says, stderr aside."""
    texts = [
        o.get("text", o.get("data", {}).get("text/plain", ""))
        for o in cell.outputs
        if o.get("name") != "stderr"
    ]
    return "\n".join(texts)


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def notebook(request):
    return read(request.param)


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    return read(request.param)


def test_it_opens_with_goals_needs_and_minutes(notebook):
    head = notebook.cells[0].source
    number = notebook.path.name[:2]
    assert head.startswith(f"# {number} · " if number.isdigit() else "# Appendix · ")
    for part in ("**You will be able to**", "**You need**", "**Minutes**"):
        assert part in head


def test_the_exercises_take_the_minutes_that_are_announced(lesson):
    announced = re.search(r"(\d+) for the exercises", lesson.cells[0].source)
    texts = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    each = [int(minutes) for _title, _dots, minutes in HEADING.findall(texts)]
    assert announced and int(announced[1]) == sum(each), each


def test_each_links_to_its_neighbours():
    numbered = [path for path in PATHS if path.name[:2].isdigit()]
    assert [int(path.name[:2]) for path in numbered] == list(range(len(numbered)))
    for one, next_one in zip(numbered, numbered[1:]):
        for here, there in ((one, next_one), (next_one, one)):
            assert f"]({there.name})" in read(here).cells[0].source, f"{here.name}: {there.name}"


def test_it_ends_with_further_reading(lesson):
    assert lesson.cells[-1].source.startswith("## Further reading")
    assert any(c.source.startswith("## What went into `minillm/`") for c in lesson.prose)


def test_it_was_run_from_top_to_bottom(notebook):
    assert [c.execution_count for c in notebook.code] == list(range(1, len(notebook.code) + 1))


def test_it_stores_no_code_of_widgets(notebook):
    """Their state would hold the whole of their JavaScript, once for each widget."""
    assert "widgets" not in nbformat.read(notebook.path, 4).metadata


def test_links_and_pictures_are_there(notebook):
    for cell in notebook.prose:
        for picture in re.findall(r"<img\b[^>]*>", cell.source):
            assert re.search(r'\balt="[^"]+"', picture), f"no alt text: {picture}"
        links = re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", cell.source)
        links += [("<", "alt", src) for src in re.findall(r'<img\b[^>]*src="([^"]+)"', cell.source)]
        for mark, words, target in links:
            assert words, f"no words for {target}"
            if re.match(r"https?://", target):
                assert not mark, f"a picture from elsewhere: {target}"
                continue
            assert (FOLDER / target.split("#")[0]).exists(), f"nothing at {target}"


def test_cells_that_explore_are_short(notebook):
    for cell in notebook.code:
        if not any(t.startswith("minillm.") or t in EXERCISE for t in tags(cell)):
            lines = [line for line in cell.source.splitlines() if line.strip()]
            lines = [line for line in lines if not line.startswith(("import ", "from "))]
            assert len(lines) <= 12, f"{len(lines)} lines:\n{cell.source}"


def test_no_traps_for_nbval(notebook):
    for cell in notebook.code:
        for pattern, what in TRAPS.items():
            assert not re.search(pattern, cell.source, re.M), f"{what} in:\n{cell.source}"


def test_few_outputs_are_left_out(notebook):
    for cell in notebook.cells:
        marked = re.search(r"^#\s*NBVAL|^#\s*PYTEST", cell.source, re.M)
        assert not marked, "nbval is told by tags, which readers do not see"
        assert "nbval-skip" not in tags(cell)
    ignored = sum("nbval-ignore-output" in tags(cell) for cell in notebook.code)
    assert ignored * 20 <= len(notebook.code), (
        f"{ignored} of {len(notebook.code)} outputs are not compared"
    )


def test_stored_outputs_hold_on_another_machine(notebook):
    for cell in notebook.code:
        for output in cell.outputs:
            wanted = output.output_type != "error" or "raises-exception" in tags(cell)
            assert wanted, f"an error is stored:\n{cell.source}"
            if output.get("name") == "stderr":
                assert "Warning" not in output.text, f"a warning is stored:\n{output.text}"
        text = stored_text(cell)
        path = re.search(r"(?<![\w.~])/(home|root|tmp|work|Users|opt)/\w", text)
        assert not path, f"a path of one machine:\n{text}"
        assert not re.search(r" at 0x[0-9a-f]{4}", text), f"an address in memory:\n{text}"
        if "nbval-ignore-output" not in tags(cell):
            assert not re.search(r"\d\.\d{4}", text), f"more than three decimals:\n{text}"
            assert not re.search(r"-0\.0*(?![\d])", text), f"minus zero:\n{text}"


def test_it_runs_beside_an_installed_package(notebook):
    for cell in notebook.code:
        assert "../minillm" not in cell.source, f"reaches into the checkout:\n{cell.source}"


def outside_exercises(notebook):
    return [c for c in notebook.code if not any(t in EXERCISE for t in tags(c))]


def test_every_figure_says_what_it_shows(notebook):
    for cell in notebook.code:
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                words = output.data.get("text/plain", "")
                assert " " in words and not words.startswith("<"), f"{words}:\n{cell.source}"


def test_a_lesson_shows_instead_of_asserting(lesson):
    for cell in outside_exercises(lesson):
        if not any(t.startswith(("minillm.", "equals:")) for t in tags(cell)):
            assert not re.search(r"^\s*assert |assert_close", cell.source, re.M), cell.source


def test_numbers_are_printed_instead_of_booleans():
    """Thirty in the whole course may stay: where the question is yes or no."""
    printed = [
        (path.stem, place, word)
        for path in LESSONS
        for place, cell in enumerate(outside_exercises(read(path)))
        for word in re.findall(r"\b(?:True|False)\b", stored_text(cell))
    ]
    assert len(printed) <= 30, printed


def test_no_network(notebook):
    for cell in notebook.code:
        assert not re.search(NETWORK, cell.source, re.M), f"reaches for the network:\n{cell.source}"


# One definition: a tagged cell and the package say the same.

DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def without_docstrings(node):
    node = copy.deepcopy(node)
    for part in ast.walk(node):
        if isinstance(part, DEFINITIONS) and ast.get_docstring(part) is not None:
            part.body = part.body[1:] or [ast.Pass()]
    return node


def defined(tree):
    """The top-level definitions of a syntax tree, by name."""
    names = {}
    for node in tree.body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        for target in [node] if isinstance(node, DEFINITIONS) else targets:
            names[getattr(target, "name", getattr(target, "id", None))] = node
    names.pop(None, None)
    return names


def in_package(dotted):
    """The definition that `minillm.module.name` names."""
    module, _, name = dotted.rpartition(".")
    stem = ROOT.joinpath(*module.split("."))
    path = stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")
    assert path.exists(), f"{dotted}: there is no {path.relative_to(ROOT)}"
    names = defined(ast.parse(path.read_text("utf-8")))
    assert name in names, f"{path.relative_to(ROOT)} does not define {name}"
    return names[name]


def check_one_definition(cell):
    for tag in tags(cell):
        if tag.startswith("minillm."):
            here = defined(ast.parse(cell.source))
            names = [t.rpartition(".")[2] for t in tags(cell) if t.startswith("minillm.")]
            assert list(here) == names
            mine = ast.unparse(without_docstrings(here[tag.rpartition(".")[2]]))
            assert mine == ast.unparse(without_docstrings(in_package(tag))), (
                f"{tag} is not what the package has"
            )
        elif tag.startswith("equals:"):
            in_package(tag.removeprefix("equals:"))
            assert "assert" in cell.source and tag.rpartition(".")[2] in cell.source


def test_tagged_cells_are_the_package(notebook):
    for cell in notebook.code:
        check_one_definition(cell)


def test_a_changed_definition_is_noticed():
    source = ast.unparse(in_package("minillm.rules.QdogBaby"))
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["minillm.rules.QdogBaby"]})
    check_one_definition(cell)
    cell.source = source.replace("'!'", "'?'", 1)
    with pytest.raises(AssertionError, match="not what the package has"):
        check_one_definition(cell)


def test_what_says_where_it_was_built_was_built_there():
    """A public definition that says `Built in NN.` stands in a notebook or is shown equal."""
    numbers = {path.name[:2] for path in PATHS}
    cells = [cell for path in PATHS for cell in read(path).code]
    seen = {tag.removeprefix("equals:") for cell in cells for tag in tags(cell)}
    missing = []
    for path in sorted((ROOT / "minillm").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for name, node in defined(ast.parse(path.read_text("utf-8"))).items():
            doc = ast.get_docstring(node) if isinstance(node, DEFINITIONS) else None
            built = re.search(r"Built in (\d\d)", doc or "")
            if name.startswith("_") or f"{module}.{name}" in seen:
                continue
            if built and built[1] in numbers:
                missing.append(f"{module}.{name} (built in {built[1]})")
    assert not missing


# Exercises: the stub is not attempted, the solution is right, and wrong answers are told apart.


def exercises(notebook):
    """(stub, check, solution) cells, with the heading before each."""
    found = []
    for place, cell in enumerate(notebook.cells):
        if "exercise" in tags(cell):
            trio = notebook.cells[place : place + 3]
            assert [next((t for t in tags(c) if t in EXERCISE), None) for c in trio] == EXERCISE
            found.append((notebook.cells[place - 1], *trio))
    return found


def name_of(stub):
    """What an exercise asks for."""
    return next(iter(defined(ast.parse(stub.source))))


def names_for_exercises(notebook):
    """The names of a notebook that its exercises need, made by running their cells."""
    names = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in notebook.code:
            if any(t == "setup" or t.startswith("minillm.") or t in EXERCISE for t in tags(cell)):
                exec(compile(cell.source, notebook.path.name, "exec"), names)
    return names


def test_exercises_are_complete(lesson):
    assert len(exercises(lesson)) >= 3
    for heading, stub, check, solution in exercises(lesson):
        assert re.search(r"^### .*(●○○|●●○|●●●).*\d+ minutes", heading.source, re.M)
        name = name_of(stub)
        assert stored_text(check).startswith("Not attempted yet")
        assert stored_text(solution).startswith("The solution: Right")
        assert f"check_{name}({name})" in check.source
        assert f"check_{name}({name}_solution)" in solution.source
        for cell in (check, solution):
            assert cell.metadata.get("jupyter", {}).get("source_hidden") is True


def test_checks_refuse_wrong_answers(lesson, monkeypatch):
    monkeypatch.chdir(FOLDER)
    namespace = names_for_exercises(lesson)
    answers = ROOT / "tests" / "wrong_answers" / f"{lesson.path.stem}.py"
    wrong = runpy.run_path(str(answers), init_globals=namespace)["WRONG"]
    assert set(wrong) == {f"check_{name_of(stub)}" for _, stub, _, _ in exercises(lesson)}
    for name, cases in wrong.items():
        assert len(cases) >= 3, f"{name} has only {len(cases)} wrong answers"
        for answer, word in cases:
            verdict = namespace[name](answer)
            assert not verdict.startswith(("Right", "Not attempted")), f"{name}: {verdict!r}"
            assert word in verdict, f"{name}: {verdict!r} lacks {word!r}"


# Pictures that are drawn, and the time that it all takes.


def test_drawn_pictures_are_what_the_script_draws(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "images")
    figures = runpy.run_path(str(ROOT / "images" / "draw.py"))["FIGURES"]
    for name, draw in figures.items():
        stored = (ROOT / "images" / f"{name}.svg").read_text("utf-8")
        assert stored == draw(), f"run images/draw.py: {name}.svg is old"


@pytest.mark.bench
def test_the_course_is_fast():
    """No notebook over 90 seconds, all of them within 10 minutes."""
    seconds = {}
    for path in PATHS:
        start = time.perf_counter()
        where = {"metadata": {"path": str(FOLDER)}}
        nbclient.NotebookClient(nbformat.read(path, 4), timeout=300, resources=where).execute()
        seconds[path.stem] = time.perf_counter() - start
        print(f"\n{path.stem:<28}{seconds[path.stem]:6.1f} s", end="")
    print(f"\n{'all':<28}{sum(seconds.values()):6.1f} s")
    assert max(seconds.values()) <= 90 and sum(seconds.values()) <= 600


def test_a_fold_gives_nothing_away(notebook):
    """JupyterLab shows the first line of a folded output: it is `…`, or there is a figure."""
    for cell in notebook.code:
        if cell.metadata.get("jupyter", {}).get("outputs_hidden"):
            first = cell.outputs[0]
            sealed = first.get("text", "").startswith("…\n") or "image/png" in first.get("data", {})
            assert sealed, f"{cell.id}: {first}"
