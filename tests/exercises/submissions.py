"""Grades answers in this process, without a kernel, as nbgrader's points would come out.

An `Exercise` is read from a notebook; `points` puts answers in the place of the cells that hold
`def NAME(`, runs the test cells and adds up the points of those that raise nothing.
"""

import ast
import contextlib
import io
import linecache
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat

from cvbook.checks import CheckFailed

ROOT = Path(__file__).resolve().parents[2]
BANKS = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Outcome:
    """Points by function, and what the failed tests said."""

    points: dict[str, float]
    messages: dict[str, str]


@dataclass
class Exercise:
    """The code cells of one exercise."""

    name: str
    setup: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    tests: dict[str, list[tuple[str, str, float]]] = field(default_factory=dict)
    written_points: float = 0

    @classmethod
    def read(cls, path: Path) -> "Exercise":
        """Read an instructor's or a released notebook."""
        exercise = cls(path.stem)
        for cell in nbformat.read(path, as_version=4).cells:
            marks = cell.metadata.get("nbgrader")
            if marks is None:
                continue
            function = marks["grade_id"].partition("-")[0]
            if cell.cell_type == "markdown":
                exercise.written_points += marks.get("points", 0)
            elif marks["solution"]:
                assert f"def {function}(" in cell.source
                exercise.answers[function] = cell.source
            elif marks["grade"]:
                exercise.tests.setdefault(function, []).append(
                    (marks["grade_id"], cell.source, marks["points"])
                )
            else:
                exercise.setup.append(cell.source)
        return exercise

    def full(self, function: str) -> float:
        """Points that the tests of a function give at most."""
        return sum(points for _, _, points in self.tests[function])

    def points(
        self, answers: dict[str, str] | None = None, functions: Collection[str] | None = None
    ) -> Outcome:
        """Grade.

        Parameters
        ----------
        answers : dict
            Function to the code in the place of its answer cell; the notebook's own elsewhere.
        functions : collection of str, optional
            Whose tests are run, if they can see one of the answers; all by default.
        """
        points: dict[str, float] = {}
        messages: dict[str, str] = {}
        for function in self.tests if functions is None else functions:
            if answers and not self._can_see(function, answers):
                continue  # it has the points of the notebook's own answers
            namespace = self._namespace(answers or {})
            points[function] = 0
            # What trains takes seconds: it comes last, and not when points are lost already.
            for grade_id, source, worth in sorted(self.tests[function], key=_trains):
                if answers and _trains((grade_id, source, worth)):
                    if function not in answers:
                        points[function] += worth  # the same with any neighbour
                        continue
                    if any(failed.partition("-")[0] == function for failed in messages):
                        continue
                try:
                    _execute(source, grade_id, namespace)
                except Exception as error:
                    messages[grade_id] = f"{type(error).__name__}: {error}"
                else:
                    points[function] += worth
        return Outcome(points, messages)

    def _can_see(self, function: str, answers: dict[str, str]) -> bool:
        """Whether the tests of a function, or the answers that they can call, name such an answer."""
        bound = {name for source in answers.values() for name in _bound(source)}
        left, seen = [source for _, source, _ in self.tests[function]], {function}
        left.append(self.answers.get(function, ""))
        while left and function not in answers:
            mentioned = _mentioned(compile(left.pop(), function, "exec"))
            if bound & {"*", *mentioned}:
                return True
            left += [self.answers[name] for name in mentioned & self.answers.keys() - seen]
            seen |= mentioned
        return function in answers

    def loses(self, function: str, answer: str) -> bool:
        """Whether an answer fails any test of its function."""
        namespace = self._namespace({function: answer})
        for grade_id, source, _ in sorted(self.tests[function], key=_trains):
            try:
                _execute(source, grade_id, namespace)
            except CheckFailed:
                return True
        return False

    def explained(self, function: str, answer: Callable[..., Any]) -> list[str]:
        """Messages of the tests that a function fails; it is given itself, not as source."""
        namespace = self._namespace({}) | {function: answer}
        messages = []
        for grade_id, source, _ in self.tests[function]:
            try:
                _execute(source, grade_id, namespace)
            except CheckFailed as failed:
                messages.append(str(failed))
        return messages

    def _namespace(self, answers: dict[str, str]) -> dict[str, Any]:
        """Make a fresh namespace in which setup and answer cells have run."""
        namespace: dict[str, Any] = {"__name__": "__main__"}
        for index, source in enumerate(self.setup):
            _execute(source, f"{self.name}-setup-{index}", namespace)
        for name, source in (self.answers | answers).items():
            with contextlib.suppress(Exception):  # then its tests fail
                _execute(source, f"{self.name}-{name}", namespace)
        return namespace


def _trains(test: tuple[str, str, float]) -> bool:
    """Whether a test trains a model."""
    return test[0].endswith("-training")


def _bound(source: str) -> set[str]:
    """Names that an answer cell defines; "*" if it does more than define functions and import."""
    names = set()
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return {"*"}
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
        else:
            names.add("*")
    return names


def _mentioned(code: CodeType) -> set[str]:
    """Names of globals and attributes in some code and the functions inside it."""
    inner = [_mentioned(c) for c in code.co_consts if isinstance(c, CodeType)]
    return set(code.co_names).union(*inner)


def _execute(source: str, name: str, namespace: dict[str, Any]) -> None:
    file = f"<{name}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    stderr = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(stderr):
        exec(compile(source, file, "exec"), namespace)
    if stderr.getvalue():
        # Under nbgrader, a cell with output there has no points.
        raise RuntimeError(f"on stderr: {stderr.getvalue()}")


def solution(name: str) -> Exercise:
    """Read the instructor's notebook of an assignment."""
    return Exercise.read(ROOT / "solutions" / name / f"{name}.ipynb")


def names() -> list[str]:
    """List the assignments."""
    return sorted(path.stem for path in ROOT.glob("solutions/*/*.ipynb"))


def bank(kind: str) -> list[Path]:
    """List the answers of a bank, "wrong" or "right"; files are named FUNCTION__slug.py."""
    return sorted(BANKS.glob(f"*/{kind}/*.py"))
