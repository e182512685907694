"""What a student's exercises are: solved, tried or untouched, each with a sentence.

The check and the hidden test come from the checkout and run here; the student's function runs in a
sandbox (`answers`). Not here: points of anything else, and pages (`marks`, `feedback`).
"""

import contextlib
import io
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from nbformat import NotebookNode
from torch import nn

from .answers import Answer, Room
from .contents import Attempt, attempts, helpers
from .hidden import HiddenExamples, compared, hidden_examples
from .lessons import Exercise, Lesson, cells_for_sandbox, namespace
from .sandbox import Limits, StoppedError

SECONDS = 150.0  # for all exercises of a notebook in one sandbox
MOST_ATTEMPTS = 3  # cells that are tried for one exercise, the last ones
SOLVED, TRIED, UNTOUCHED = "solved", "tried", "untouched"


@dataclass(frozen=True)
class Verdict:
    """On one exercise."""

    exercise: str
    title: str
    state: str  # SOLVED, TRIED or UNTOUCHED
    sentence: str
    points: float
    of: float
    source: str = ""  # what was judged


class Examiner:
    """Judges notebooks of one lesson, whose cells it has run."""

    def __init__(self, lesson: Lesson, limits: Limits | None = None) -> None:
        self.lesson = lesson
        self.limits = limits or Limits(seconds=SECONDS)
        self._next: Room | None = None  # starts while the one before it is used
        self._module = types.ModuleType(f"minillm_lesson_{lesson.key}")
        self._hidden: dict[str, HiddenExamples] = {}
        sys.modules[self._module.__name__] = self._module  # where pickled objects find classes
        self._module.__dict__.update(namespace(lesson, self._module.__name__))

    def close(self) -> None:
        if self._next:
            self._next.close()

    def judge(self, notebook: NotebookNode) -> list[Verdict]:
        """The verdict on each exercise of a student's notebook, in the lesson's order."""
        rooms: list[Room] = []
        try:
            return [self._exercise(one, notebook, rooms) for one in self.lesson.exercises]
        finally:
            for room in rooms:
                room.close()

    def _exercise(self, exercise: Exercise, notebook: NotebookNode, rooms: list[Room]) -> Verdict:
        tried = attempts(notebook, exercise, self.lesson)[-MOST_ATTEMPTS:]
        added = helpers(notebook, self.lesson)
        state, sentence, source = UNTOUCHED, "Nothing is written here yet.", ""
        for attempt in reversed(tried):
            if not rooms or not rooms[-1].alive:
                rooms.append(self._room())
            others = [cell for cell in added if all(cell != one.source for one in tried)]
            right, said = self._attempt(exercise, attempt, others, rooms[-1])
            if right or state == UNTOUCHED:  # of wrong ones the last counts
                state, sentence, source = (SOLVED if right else TRIED), said, attempt.source
                if attempt.name != exercise.name:
                    source += f"\n{exercise.name} = {attempt.name}"
            if right:
                break
        points = exercise.points if state == SOLVED else 0
        return Verdict(
            exercise.name, exercise.title, state, sentence, points, exercise.points, source
        )

    def _room(self) -> Room:
        """With the lesson's definitions in it, and neither checks nor solutions."""
        room, self._next = self._next or self._new_room(), self._new_room()
        return room

    def _new_room(self) -> Room:
        return Room(self._module.__name__, cells_for_sandbox(self.lesson), self.limits)

    def _attempt(
        self, exercise: Exercise, attempt: Attempt, others: list[str], room: Room
    ) -> tuple[bool, str]:
        with self._as_it_was():
            # What other cells assign may take long, and is seldom needed.
            right, said = self._judged(exercise, attempt, others, room, assignments=False)
            if "NameError" in said and others and room.alive:
                right, said = self._judged(exercise, attempt, others, room, assignments=True)
            return right, said

    @contextlib.contextmanager
    def _as_it_was(self) -> Iterator[None]:
        """After it the lesson's models are as before: a function may change what it is given."""
        models = [m for m in self._module.__dict__.values() if isinstance(m, nn.Module)]
        states = [{name: t.clone() for name, t in m.state_dict().items()} for m in models]
        training, random = [m.training for m in models], torch.get_rng_state()
        try:
            yield
        finally:
            for model, state, mode in zip(models, states, training):
                model.train(mode).load_state_dict(state)
            torch.set_rng_state(random)

    def _judged(
        self,
        exercise: Exercise,
        attempt: Attempt,
        others: list[str],
        room: Room,
        assignments: bool,
    ) -> tuple[bool, str]:
        trouble = room.define(attempt.name, others, attempt.source, assignments)
        if trouble:
            return False, trouble
        answer, check = Answer(room, exercise.name), self._names(f"check_{exercise.name}")
        said = self._said(lambda: check(answer), room)
        if said.startswith("Your function stops with") and answer.told:
            said = answer.told
        if said == "Not attempted yet":
            said = "Your function returns nothing yet."
        if not said.startswith("Right"):
            return False, said
        wrong = self._said(lambda: compared(self._examples(exercise), answer), room)
        if wrong:
            if answer.told and "stops with" in wrong:
                wrong = answer.told
            return False, f"The check of the notebook finds no mistake, but there is one. {wrong}"
        if attempt.name != exercise.name:
            said += f" (The function should be called `{exercise.name}`, not `{attempt.name}`.)"
        return True, said

    def _said(self, check: Callable[[], str], room: Room) -> str:
        """What a check says; of a process that is gone the reason."""
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                said = check()
            except StoppedError as error:
                said = str(error)
        if room.box.trouble:
            return room.box.trouble
        return said if room.alive or not said.startswith("Right") else "It ended by itself."

    def _examples(self, exercise: Exercise) -> HiddenExamples:
        if exercise.name not in self._hidden:
            check, solution = f"check_{exercise.name}", f"{exercise.name}_solution"
            with contextlib.redirect_stdout(io.StringIO()):
                examples = hidden_examples(self._names(check), self._names(solution))
            self._hidden[exercise.name] = examples
        return self._hidden[exercise.name]

    def _names(self, name: str) -> Any:
        return self._module.__dict__[name]
