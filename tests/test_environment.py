"""The files that say what to install say the same."""

import re
import sys
from pathlib import Path

import pytest
import yaml

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
DIRECT = [*PROJECT["dependencies"], *EXTRAS["course"], *EXTRAS["test"]]
PINS = [
    line.split("#")[0].strip()
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
]
PINS = [line for line in PINS if line]


def name_of(requirement):
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


def numbers(version):
    return [int(part) for part in re.findall(r"\d+", version)]


def test_conda_installs_what_pyproject_names():
    from_conda = [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]
    (from_pip,) = [line["pip"] for line in ENVIRONMENT["dependencies"] if isinstance(line, dict)]
    assert ENVIRONMENT["name"] == PROJECT["name"]
    assert from_pip == [
        "-c constraints.txt",
        "-e .[course]",
    ]  # so the package names are pyproject's own
    assert sorted(map(name_of, from_conda)) == ["pip", "python"]


def test_everyone_asks_for_the_same_python():
    bound = PROJECT["requires-python"]
    assert f"python{bound}" in ENVIRONMENT["dependencies"]
    asked = re.search(r"version_info < \((\d+), (\d+)\)", (ROOT / "Makefile").read_text("utf-8"))
    assert bound == ">=" + ".".join(asked.groups())
    assert f"Python {bound.removeprefix('>=')}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("requirement", DIRECT)
def test_what_is_asked_for_is_pinned(requirement):
    pins = [pin for pin in PINS if name_of(pin) == name_of(requirement)]
    bound = re.search(r">=([\d.]+)", requirement)
    assert pins, f"constraints.txt has no pin for {requirement}"
    assert bound, f"{requirement} has no lower bound"
    for pin in pins:
        assert numbers(re.search(r"==([\d.]+)", pin)[1]) >= numbers(bound[1]), (
            f"{pin} is older than {requirement}"
        )
    marked = ["python_version" in pin for pin in pins]
    assert marked in ([False], [True, True]), (
        f"{requirement}: one pin for every Python, or two that part them"
    )


def test_torch_is_pinned_for_every_python():
    assert "torch==2.13.0" in PINS  # the weights and the stored outputs were made with it


def test_nothing_is_asked_for_twice():
    assert len(DIRECT) == len(set(map(name_of, DIRECT)))


def test_versions_agree():
    import minillm

    assert minillm.__version__ == PROJECT["version"]
