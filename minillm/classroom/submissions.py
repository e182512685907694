"""What students have handed in: their notebooks, wherever they lie.

A folder with a file or a folder for each student, or the zip that Moodle exports, zips of students
within it. Nothing is unpacked to the disk, and what is damaged or hostile becomes a sentence.
Not here: what a notebook holds (`contents`).
"""

import io
import json
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from unicodedata import category

import nbformat
from nbformat import NotebookNode

CELLS = ("code", "markdown", "raw")
LARGEST = 20 << 20  # bytes of a notebook, and of a zip in a zip
MOST_NOTEBOOKS = 50  # of a student
MOST_FILES = 20_000  # in a zip
LARGEST_ZIP = 500 << 20
WHOSE = r"(?P<whose>(?P<name>.+?)_(?P<number>\d+))_assign(submission|ment)_"
MOODLE = re.compile(rf"{WHOSE}\w+$")
MOODLE_FOLDER = "_assignsubmission_file_"
# Where Moodle exports no folders, that stands before the name of each file.
MOODLE_FILE = re.compile(rf"{WHOSE}[a-z]+_(?P<file>[^/]+)$")
# What systems and Jupyter leave in folders.
SKIPPED = re.compile(r"(^|/)(\.|__MACOSX|Thumbs\.db$|desktop\.ini$)")


@dataclass(frozen=True)
class Submission:
    """A file that was handed in. `read` gives its bytes; ValueError says why it can't."""

    path: str  # in the folder or the zip
    read: Callable[[], bytes]

    @property
    def is_notebook(self) -> bool:
        return self.read is not no_notebook

    @property
    def owner(self) -> str:
        """The folder of a student as Moodle calls it, else the first folder; "" if there is none.

        Where Moodle exports no folders, it is what stands before the file's name.
        """
        *folders, file = PurePosixPath(self.path).parts
        found = next(filter(None, map(MOODLE.match, folders)), None) or MOODLE_FILE.match(file)
        if found:  # a student's files and texts lie in two folders
            return found["whose"] + MOODLE_FOLDER
        return folders[0] if folders else ""

    @property
    def stem(self) -> str:
        """The file's name without what Moodle has put before it, and without its ending."""
        name = PurePosixPath(self.path).name
        found = MOODLE_FILE.match(name)
        return PurePosixPath(found["file"] if found else name).stem

    @property
    def moodle_name(self) -> str:
        found = MOODLE.match(self.owner)
        return found["name"] if found else ""

    @property
    def moodle_number(self) -> str:
        found = MOODLE.match(self.owner)
        return found["number"] if found else ""


def no_notebook() -> bytes:
    """What reads any file that is no notebook."""
    raise ValueError("It is no notebook (*.ipynb), so it was not marked; hand in the notebook.")


def submissions(folder: str | Path) -> list[Submission]:
    """The files of a class in a folder or a zip, by path. ValueError if none is a notebook."""
    folder = Path(folder)
    if not folder.exists():
        raise ValueError(f"{folder} does not exist; give the folder or the zip of a class")
    if folder.is_dir():
        found = list(_in_folder(folder))
    elif zipfile.is_zipfile(folder):
        found = list(_in_zip(folder.read_bytes, folder.stat().st_size, nested=True))
    else:
        raise ValueError(f"{folder} is neither a folder nor a zip")
    if not any(one.is_notebook for one in found):
        raise ValueError(f"{folder} holds no notebook (*.ipynb), neither in a folder nor in a zip")
    return _told_apart(found)


def _told_apart(found: Sequence[Submission]) -> list[Submission]:
    """By path, each with another one, without what no terminal and no table should get."""
    taken: Counter[str] = Counter()
    named = []
    for one in sorted(found, key=lambda one: one.path):
        spaced = (" " if c.isspace() else c for c in one.path)
        path = "".join(c if c.isprintable() else "?" for c in spaced if category(c) != "Cf")
        taken[path] += 1
        named.append(Submission(path + f" ({taken[path]})" * (taken[path] > 1), one.read))
    return named


def namesakes(found: Sequence[Submission]) -> set[str]:
    """The names that several students bear; where Moodle hides the names, that is "Participant"."""
    named = {(one.moodle_name, one.moodle_number) for one in found if one.moodle_name}
    counts = Counter(name for name, _ in named)
    return {name for name, count in counts.items() if count > 1}


def few_each(found: Sequence[Submission], shared: str) -> list[Submission]:
    """Of each student's files below `shared` the first MOST_NOTEBOOKS, and one that refuses.

    Where it holds none, one other file. What lies in no student's folder is nobody's.
    """
    counts: Counter[str] = Counter()
    kept, in_folders = [], False
    for one in sorted(found, key=lambda one: not one.is_notebook):  # all notebooks come first
        inside = Submission(one.path.removeprefix(shared), one.read)
        owner, moodle = inside.owner, inside.moodle_name
        in_folders |= bool(owner and one.is_notebook)
        if not one.is_notebook and (counts[owner] or not owner or not (moodle or in_folders)):
            continue
        counts[owner] += bool(owner)  # in one folder for all each may be another student's
        if counts[owner] == MOST_NOTEBOOKS + 1:
            said = f"{owner} holds more than {MOST_NOTEBOOKS} notebooks; from this one on"
            kept.append(Submission(one.path, _refusing(f"{said} they are not marked.")))
        elif counts[owner] <= MOST_NOTEBOOKS:
            kept.append(one)
    return kept


def _in_folder(folder: Path) -> Iterator[Submission]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if SKIPPED.search(name) or path.is_dir():
            continue
        if path.suffix.lower() not in (".ipynb", ".zip"):
            yield Submission(name, no_notebook)
        elif not path.resolve().is_relative_to(folder.resolve()) or path.is_symlink():
            yield Submission(name, _refusing("It is a link to a file elsewhere, not a notebook."))
        elif path.suffix.lower() == ".ipynb":
            yield Submission(name, lambda path=path: _within(path))  # type: ignore[misc]
        elif path.is_file():
            yield from _in_zip(path.read_bytes, path.stat().st_size, name, nested=True)


def _within(path: Path) -> bytes:
    if not path.is_file():
        raise ValueError("It is no file.")
    with open(path, "rb") as file:
        return _limited(file.read(LARGEST + 1))


def _limited(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise ValueError(f"It is larger than {LARGEST >> 20} MB; clear its outputs and save it.")
    return data


def _refusing(sentence: str) -> Callable[[], bytes]:
    def refuse() -> bytes:
        raise ValueError(sentence)

    return refuse


def _prefix(name: str, notebooks: Sequence[str]) -> str:
    """What stands before the paths in the zip `name`, which holds these.

    What Moodle has put before the zip's name counts for all in it. One in no folder is a student's
    if it holds what a student hands in: some notebooks, in one folder or with one in none.
    """
    *folders, file = PurePosixPath(name).parts
    moodle = MOODLE_FILE.match(file)
    if moodle and not any(map(MOODLE.match, folders)):
        return "/".join([*folders, moodle["whose"] + MOODLE_FOLDER, ""])
    places = {path.rpartition("/")[0] for path in notebooks}
    if folders or (
        len(notebooks) <= MOST_NOTEBOOKS
        and (len(places) <= 1 or "" in places)
        and not any(Submission(path, no_notebook).moodle_name for path in notebooks)
    ):
        return name.rpartition(".")[0] + "/"
    return ""


def _in_zip(
    read: Callable[[], bytes], size: int, name: str = "", nested: bool = False
) -> Iterator[Submission]:
    """The files of a zip; `nested`: also of zips in it, but not of zips in those."""
    whole, name = not name, name or "the zip"
    most = LARGEST_ZIP if nested else LARGEST
    if size > most:
        yield Submission(name, _refusing(f"The zip is larger than {most >> 20} MB."))
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(read()))
        entries = archive.infolist()
        for entry in entries:
            entry.filename = _file_name(entry)
    except ValueError as error:  # what `read` has to say
        yield Submission(name, _refusing(str(error)))
        return
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        yield Submission(name, _refusing("The zip is damaged."))
        return
    paths = [entry.filename.replace("\\", "/") for entry in entries if not entry.is_dir()]
    paths = [path for path in paths if not SKIPPED.search(path)]
    if not paths and not whole:
        yield Submission(name, _refusing("The zip is empty."))
    notebooks = [path for path in paths if path.lower().endswith(".ipynb")]
    prefix = "" if whole else _prefix(name, notebooks)
    if len(entries) > MOST_FILES:
        yield Submission(name, _refusing(f"The zip holds more than {MOST_FILES} files."))
        return
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        suffix = PurePosixPath(path).suffix.lower()
        if entry.is_dir():
            continue
        if suffix not in (".ipynb", ".zip"):
            if not SKIPPED.search(path):
                yield Submission(prefix + path.lstrip("/"), no_notebook)
            continue
        if (
            path.startswith("/")
            or re.match("[A-Za-z]:/", path)
            or ".." in PurePosixPath(path).parts
        ):
            inside = prefix + re.sub(r"^\W+", "", path.replace("..", "").replace(":", ""))
            yield Submission(inside, _refusing("Its name in the zip leads out of the folder."))
            continue
        if SKIPPED.search(path):
            continue

        def unpack(entry: zipfile.ZipInfo = entry) -> bytes:
            return _unpacked(archive, entry)

        if suffix == ".ipynb":
            yield Submission(prefix + path, unpack)
        elif nested:
            yield from _in_zip(unpack, entry.file_size, prefix + path)
        else:
            yield Submission(prefix + path, no_notebook)


def _file_name(entry: zipfile.ZipInfo) -> str:
    """The name in UTF-8, which some programs write without saying so."""
    try:
        said = entry.flag_bits & 0x800
        return entry.filename if said else entry.filename.encode("cp437").decode()
    except UnicodeError:
        return entry.filename


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry; ValueError if it is too large, whatever size it says it has."""
    try:
        with archive.open(entry) as file:
            return _limited(file.read(LARGEST + 1))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ValueError(f"It can't be unpacked: {error}") from None


def read_notebook(data: bytes) -> NotebookNode:
    """A notebook; ValueError, with a sentence for the student, if the bytes are none."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("It is no notebook: its content is not JSON.") from None
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise ValueError("It is no notebook: it has no cells.")
    if content.get("nbformat") != 4:
        raise ValueError("It is no notebook of format 4, which Jupyter writes today.")
    try:
        with warnings.catch_warnings():  # of cells that were copied with their ids
            warnings.simplefilter("ignore")
            notebook = nbformat.reads(json.dumps(content), as_version=4)
        for cell in notebook.cells:
            cell.source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
            if not isinstance(cell.metadata, dict) or cell.cell_type not in CELLS:
                raise ValueError(cell.cell_type)
            known = cell.metadata.get("tags", [])
            cell.metadata["tags"] = [t for t in known if isinstance(t, str)]
            if not isinstance(cell.get("execution_count"), int | None):
                cell["execution_count"] = None
        if not isinstance(notebook.metadata, dict):
            raise ValueError("metadata")
    except Exception as error:  # whatever a library makes of made-up content
        raise ValueError(f"It is a damaged notebook ({type(error).__name__}).") from None
    return notebook
