"""The commands for teachers. Each imports what it needs itself, so that `--help` is quick."""

import argparse
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..formats.files import read_json_object, replacing_folder, write_json

RECORD = ".minillm-build.json"  # in what was built: the hash of each of its files
RUBRICS = ("world_rubric", "bug_rubric", "questions_rubric", "viva_rubric")
LEFT_BY_OTHERS = {".ipynb_checkpoints", ".DS_Store", "__pycache__"}


def run_classroom(args: argparse.Namespace) -> None:
    """One of the tasks."""
    {"build": run_build, "mark": run_mark, "questions": run_questions}[args.task](args)


def run_build(args: argparse.Namespace) -> None:
    """Make the hand-outs of the lessons, all or nothing."""
    with _tools():
        from ..classroom.lessons import find_lessons

        lessons = find_lessons(args.lessons)
        from ..classroom.bugs import bug_lab_notebook
        from ..classroom.handouts import page, write_notebook, write_student, write_teacher
        from ..classroom.nbgrader import nbgrader_source
        from ..classroom.paper import write_paper
        from ..classroom.worlds import own_world_notebook
    parts = {"student": write_student, "teacher": write_teacher, "paper": write_paper}
    if any(lesson.exercises for lesson in lessons):  # else there is nothing to grade
        parts["nbgrader"] = nbgrader_source
    out = Path(args.out)
    _refuse_others(out)
    with replacing_folder(out) as new:
        for name, write in parts.items():
            (new / name).mkdir()
            write(lessons, new / name)
        write_notebook(own_world_notebook(), new / "student" / "my_world.ipynb")
        write_notebook(bug_lab_notebook(), new / "student" / "bug_lab.ipynb")
        for name in RUBRICS:
            (new / "teacher" / f"{name}.md").write_text(page(name), encoding="utf-8")
        (new / "README.md").write_text(page("build"), encoding="utf-8")
        write_json(new / RECORD, {"files": _hashes(new)})
        _refuse_others(out)  # something may have been put there meanwhile
    count = "1 lesson is" if len(lessons) == 1 else f"{len(lessons)} lessons are"
    print(f"{count} in {out}; its README.md says what is for whom")


def run_mark(args: argparse.Namespace) -> None:
    """Mark what a class has handed in."""
    with _tools():
        from ..classroom.marks import mark

    folder = Path(args.folder).resolve()
    marks = folder.with_name(f"{folder.name.removesuffix('.zip')}-marks")
    mark(folder, args.out or marks, args.reports)


def run_questions(args: argparse.Namespace) -> None:
    """Write a page of questions about one student's model."""
    with _tools():
        from ..classroom.questions import write_questions

    page, key = write_questions(args.model, args.out, args.student)
    print(f"the questions are in {page}, the answers in {key}")


@contextmanager
def _tools() -> Iterator[None]:
    """ValueError where a package is missing that only this command needs."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise ValueError(
            f"`minillm classroom` needs the package {error.name}, which is not installed: "
            "pip install 'minillm[classroom]'"
        ) from None


def _refuse_others(out: Path) -> None:
    """ValueError unless nothing is at `out`, or a build that nobody has changed since."""
    if not out.exists() and not out.is_symlink():
        return
    if not (out / RECORD).is_file():
        raise ValueError(f"{out} exists and is no earlier build; choose another name")
    was, now = read_json_object(out / RECORD, "build").get("files"), _hashes(out)
    if not isinstance(was, dict):
        raise ValueError(f"{out / RECORD} lists no files; choose another name than {out}")
    others = sorted(name for name, content in now.items() if was.get(name) != content)
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        raise ValueError(
            f"{out / others[0]}{more}: added or changed since the build, which would be lost; "
            "move it elsewhere, or choose another name"
        )


def _hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != RECORD and not LEFT_BY_OTHERS & set(path.parts)
    }
