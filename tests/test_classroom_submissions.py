"""Whose a hand-in is, and what stands in it, however it came."""

import csv
import io
import os
import sys
import warnings
import zipfile

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from test_classroom_marks import SIX, read_csv, save

from minillm.classroom import lot, marks
from minillm.classroom.contents import lesson_of, name_in, one_name, words_in
from minillm.classroom.handouts import student_notebook
from minillm.classroom.lessons import find_lessons
from minillm.classroom.predictions import made
from minillm.classroom.submissions import few_each, read_notebook, submissions

FILE = "_assignsubmission_file_"


def handed_out(name="", lesson=SIX):
    notebook = student_notebook(lesson, [])
    if name:
        next(c for c in notebook.cells if c.id == "name").source = f'name = "{name}"'
    return notebook


def zipped(path, *names, notebook=None):
    """A zip of files with these names, each a notebook as it was handed out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = nbformat.writes(notebook or handed_out())
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, text)
    return path


def owners(folder):
    return {one.path: one.owner for one in submissions(folder)}


def rows_of(out):
    return list(csv.DictReader(io.StringIO(read_csv(out))))


# --- whose it is ----------------------------------------------------------------------------------


def test_a_zip_outside_of_all_folders_is_a_students(tmp_path):
    zipped(tmp_path / "ada.zip", "06_attention.ipynb")
    zipped(tmp_path / "bob.zip", "lesson/06_attention.ipynb")
    assert owners(tmp_path) == {
        "ada/06_attention.ipynb": "ada",
        "bob/lesson/06_attention.ipynb": "bob",
    }


def test_a_zip_with_a_notebook_in_no_folder_is_a_students(tmp_path):
    zipped(tmp_path / "ada.zip", "06.ipynb", "drafts/06.ipynb")
    zipped(tmp_path / "bob.zip", "06.ipynb", "drafts/06.ipynb")
    assert {*owners(tmp_path).values()} == {"ada", "bob"}


def test_a_folder_of_zips_is_a_class(tmp_path):
    zipped(tmp_path / "week5" / "ada.zip", "06.ipynb")
    zipped(tmp_path / "week5" / "bob.zip", "06.ipynb")
    found = submissions(tmp_path)
    shared = marks._shared(found)
    assert [marks._entry(one, shared, [SIX]).record.owner for one in found] == ["ada", "bob"]


def test_a_zip_of_too_many_is_a_classs(tmp_path):
    for name in ("a", "b"):
        zipped(tmp_path / f"{name}.zip", *(f"{name}{n}.ipynb" for n in range(60)))
    assert len(few_each(submissions(tmp_path), "")) == 120


def test_a_zip_of_several_folders_is_a_classs(tmp_path):
    zipped(tmp_path / "week1.zip", "ada/06.ipynb", "bob/06.ipynb")
    zipped(tmp_path / "week2.zip", f"Ada_1{FILE}/06.ipynb")
    assert sorted(owners(tmp_path).values()) == [f"Ada_1{FILE}", "ada", "bob"]


@pytest.mark.parametrize("folder", ["", "week5"])
def test_what_moodle_has_put_before_a_zip_counts_for_all_in_it(tmp_path, folder):
    """Whatever the names in it say: nobody hands in for somebody else."""
    tmp_path /= folder
    zipped(tmp_path / f"Mallory_104{FILE}evil.zip", f"Ada Lovelace_101{FILE}06.ipynb")
    inner = zipped(tmp_path / "inner.zip", "06.ipynb")
    with zipfile.ZipFile(tmp_path / f"Gus_108{FILE}zz.zip", "w") as archive:
        archive.write(inner, "work.zip")
    inner.unlink()
    assert {*owners(tmp_path).values()} == {f"Mallory_104{FILE}", f"Gus_108{FILE}"}


@pytest.mark.parametrize(
    "path",
    [
        f"Ada_1{FILE}/06.ipynb",
        "Ada_1_assignsubmission_file/06.ipynb",
        f"Ada_1{FILE}06.ipynb",
        f"week5/Ada_1{FILE}/06.ipynb",
        f"week5/class/Ada_1{FILE}06.ipynb",
        f"Ada_1{FILE}/Bob_2{FILE}06.ipynb",
        "Ada_1_assignsubmission_onlinetext_/06.ipynb",
    ],
)
def test_moodles_name_is_found_at_any_depth(tmp_path, path):
    save(new_notebook(), tmp_path / path)
    (found,) = submissions(tmp_path)
    assert (found.owner, found.moodle_name, found.stem) == (f"Ada_1{FILE}", "Ada", "06")


def test_a_stray_notebook_takes_nobody_out_of_a_class(tmp_path):
    save(handed_out(), tmp_path / "06_attention.ipynb")
    for n in range(60):
        save(new_notebook(), tmp_path / "Class" / f"Stu_{n}{FILE}" / "06.ipynb")
    found = submissions(tmp_path)
    kept = few_each(found, marks._shared(found))
    assert len({one.owner for one in kept}) == 61
    [one.read() for one in kept]


def test_students_of_one_name_are_told_apart(tmp_path):
    """Where Moodle hides the names, all of them are called Participant."""
    for number in (201, 202):
        save(handed_out(), tmp_path / f"Participant_{number}{FILE}06.ipynb")
    save(handed_out("Ada L."), tmp_path / f"Ada Lovelace_203{FILE}06.ipynb")
    out = marks.mark(tmp_path, tmp_path.with_name("out"))
    rows = rows_of(out)
    assert [row["name"] for row in rows] == ["Ada Lovelace", "Participant 201", "Participant 202"]
    assert len([*(out / "students").iterdir()]) == 3
    assert "bear this name" not in (out / "index.html").read_text("utf-8")


def test_who_is_kept_from_before_has_the_name_of_now(tmp_path):
    folder = tmp_path / "in"
    save(handed_out(), folder / "ada" / "06.ipynb")
    save(handed_out(), folder / "ada" / "6 again.ipynb")
    marks.mark(folder, tmp_path / "out")
    save(handed_out(), folder / "bob" / "06.ipynb")
    out = marks.mark(folder, tmp_path / "out")
    rows = rows_of(out)
    assert [row["name"] for row in rows] == ["ada", "ada", "bob"]


def test_who_gets_a_namesake_later_has_one_page(tmp_path):
    folder = tmp_path / "in"
    save(handed_out(), folder / f"Participant_201{FILE}06.ipynb")
    marks.mark(folder, tmp_path / "out")
    save(handed_out(), folder / f"Participant_201{FILE}6 again.ipynb")
    save(handed_out(), folder / f"Participant_202{FILE}06.ipynb")
    out = marks.mark(folder, tmp_path / "out")
    rows = rows_of(out)
    names = [row["name"] for row in rows]
    assert names == ["Participant 201", "Participant 201", "Participant 202"]
    assert len([*(out / "students").iterdir()]) == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ada", "Ada Lovelace"),
        ("LOVELACE, Ada", "Ada Lovelace"),
        ("Àda M. Lovelace", "ada lovelace"),
        ("Anne-Marie Schmidt", "Anne Marie Schmidt"),
        ("Ana_Maria", "Ana Maria"),
        ("Group A-Ivy Ray", "Ivy Ray"),
        ("Finn O’Hara", "Finn O'Hara"),
        ("王小明", "王 小明"),
        ("小明 王", "王小明"),
    ],
)
def test_one_name_in_two_ways_is_one_name(a, b):
    assert one_name(a, b) and one_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("Ada", "Bob"), ("Ada Lovelace", "Ada Byron"), ("!!", "--"), ("!!", "Ada")]
)
def test_two_names_are_two(a, b):
    assert not one_name(a, b)


def test_a_name_is_found_without_metadata():
    notebook = handed_out("Zoe\u0308")
    for cell in notebook.cells:
        cell.metadata.pop("minillm", None)
    assert name_in(notebook) == "Zo\u00eb"


# --- names of files -------------------------------------------------------------------------------


def test_two_files_of_one_name_are_told_apart(tmp_path):
    path = zipped(tmp_path / "class.zip", "ada/06.ipynb")
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("ada/06.ipynb", nbformat.writes(new_notebook()))
    first, second = submissions(path)
    assert (first.path, second.path) == ("ada/06.ipynb", "ada/06.ipynb (2)")
    assert first.owner == second.owner == "ada"


def test_names_in_utf8_are_read_where_the_zip_does_not_say_so(tmp_path):
    path = zipped(tmp_path / "class.zip", "Jose~ Mu~ller/06.ipynb", "x/06.ipynb")
    data, name = path.read_bytes(), "Jos\u00e9 M\u00fcller".encode()
    path.write_bytes(data.replace(b"Jose~ Mu~ller", name))
    assert [one.owner for one in submissions(path)] == ["Jos\u00e9 M\u00fcller", "x"]


@pytest.mark.skipif(sys.platform != "linux", reason="such names are no names there")
def test_a_name_that_is_no_text_stops_nobody(tmp_path):
    save(handed_out(), tmp_path / "in" / "ada" / "06.ipynb")
    odd = os.fsencode(tmp_path / "in") + b"/M\xfcl\x1b[31m_06.ipynb"
    with open(odd, "w", encoding="utf-8") as file:
        file.write(nbformat.writes(handed_out()))
    out = marks.mark(tmp_path / "in", tmp_path / "out")
    assert "M?l?[31m" in (out / "marks.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("name", ["a: my try.ipynb", "Ab_7_x: y/06.ipynb"])
def test_a_colon_leads_nowhere(tmp_path, name):
    (found,) = submissions(zipped(tmp_path / "class.zip", name))
    assert found.read()


# --- what stands in it ----------------------------------------------------------------------------


@pytest.mark.parametrize("stem", ["Ada_10b_2024-06-12", "Attention Kim 12.06.2024"])
def test_functions_say_more_than_numbers(stem):
    lessons, notebook = find_lessons(), new_notebook()
    notebook.cells = [new_code_cell("def scores_of(q, k):\n    return q @ k.mT")]
    assert lesson_of(notebook, stem, lessons).key == "06"


def test_an_answer_counts_however_it_is_written():
    def told(change):
        notebook = handed_out()
        answer = next(c for c in notebook.cells if c.id.startswith("answer-"))
        change(notebook, answer)
        return [one["text"] for one in words_in(notebook, SIX)]

    def instead(_, answer):
        answer.source = "since a row sums to 1"

    def plainly(_, answer):
        answer.source = "My answer: since a row sums to 1"

    def below(notebook, answer):
        cell = new_markdown_cell("since a row sums to 1")
        notebook.cells.insert(0, new_markdown_cell("## a note"))
        notebook.cells.insert(notebook.cells.index(answer) + 1, cell)

    def within(_, answer):
        answer.source = "**My answer:** as in my answer: it sums"

    for change in (instead, plainly, below):
        assert told(change) == ["since a row sums to 1"]
    assert told(within) == ["as in my answer: it sums"]
    assert told(lambda *_: None) == []


@pytest.mark.parametrize("lesson", find_lessons(), ids=lambda one: one.key)
def test_what_was_handed_out_is_nobodys_answer(lesson):
    notebook = handed_out(lesson=lesson)
    assert words_in(notebook, lesson) == []
    for cell in notebook.cells:  # of a lesson that has changed since
        cell.id = f"old-{cell.id}" if cell.cell_type == "markdown" else cell.id
    assert words_in(notebook, lesson) == []
    for cell in notebook.cells:
        cell.pop("id")
    assert words_in(notebook, lesson) == []


def test_odd_counts_and_copied_ids_are_read_without_a_word(recwarn):
    notebook = handed_out()
    keep = next(cell for cell in notebook.cells if cell.id.startswith("keep-"))
    keep.source = keep.source.replace("…", "more")
    keep["execution_count"] = "7"
    notebook.cells.append(keep)
    read = read_notebook(nbformat.v4.writes_json(notebook).encode())
    assert [before for _, guess, before in made(read) if guess] == [None, None]
    assert not recwarn.list


def test_what_a_name_says_does_not_steer_the_lot(tmp_path, monkeypatch):
    """Two notebooks of one name are told to the teacher, and are no suspicion."""
    monkeypatch.setattr(lot.viva, "questions", lambda *_: ["Why?"])
    weigh = "def weigh(s, m):\n    return (s + torch.where(m, 0.0, -torch.inf)).softmax(-1)"
    for name in ("a", "b"):
        notebook = handed_out("Ada")
        stub = next(c for c in notebook.cells if "def weigh(" in c.source)
        stub.source = weigh
        save(notebook, tmp_path / "in" / f"{name}.ipynb")
    out = marks.mark(tmp_path / "in", tmp_path / "out")
    told = "2 notebooks of this lesson bear this name: a.ipynb, b.ipynb."
    for page in ("marks.csv", "index.html"):
        assert told in (out / page).read_text("utf-8-sig")
    (page,) = (out / "students").iterdir()
    assert told not in page.read_text("utf-8")


def test_a_guess_that_is_not_run_yet_does_not_see_the_result(tmp_path):
    notebook = handed_out("Ada")
    keep = next(cell for cell in notebook.cells if cell.id.startswith("keep-"))
    keep.source = keep.source.replace("…", "more than before")
    save(notebook, tmp_path / "in" / "06.ipynb")
    for count, there in ((None, 0), (1, 1)):
        keep.execution_count = count
        save(notebook, tmp_path / "in" / "06.ipynb")
        out = marks.mark(tmp_path / "in", tmp_path / "out")
        (page,) = (out / "students").iterdir()
        text = page.read_text("utf-8")
        assert text.count("What came out") == there and "more than before" in text
        assert ("Written and not run: 1" in text) == (not there)


def test_a_teachers_own_page_stays(tmp_path):
    save(handed_out("Ada"), tmp_path / "in" / "06.ipynb")
    out = marks.mark(tmp_path / "in", tmp_path / "out")
    (out / "students" / "notes.html").write_text("mine")
    (out / "students" / "gone-0123abcd.html").write_text("of a student who left")
    marks.mark(tmp_path / "in", out)
    assert len([*(out / "students").iterdir()]) == 2
    assert (out / "students" / "notes.html").exists()


def test_nothing_written_is_said_only_where_nothing_is(tmp_path):
    save(handed_out("Ada"), tmp_path / "in" / "06.ipynb")
    notes = handed_out("Bob", find_lessons(["00"])[0])
    notes.cells.append(new_code_cell("print(1 + 1)"))
    save(notes, tmp_path / "in" / "00.ipynb")
    out = marks.mark(tmp_path / "in", tmp_path / "out")
    rows = rows_of(out)
    assert [row["remarks"] for row in rows] == [
        "No code, no guess and no answer was found in it.",
        "",
    ]
