"""Nearly identical answers, in groups, line by line against each other and the released code."""

import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import similarity
from cvbook.grading.tasks import Task

#: Students whose answers are shown beside each other; the others of a group are named.
COLUMNS = 3
#: Kinds of lines: as released, the same in another's answer, the same but for names.
GIVEN, SAME, RENAMED = "given", "same", "renamed"
_WORD = re.compile(r"[^\W\d]\w*")
_COMMENT = re.compile(r"#[^\"']*$")


@dataclass(frozen=True)
class Line:
    """A line of an answer and its kind; empty for a line of its own."""

    text: str
    kind: str


@dataclass(frozen=True)
class Group:
    """Students whose answers are alike.

    Attributes
    ----------
    students : list of str
        Those shown come first.
    similarity : float
        Of its most similar pair.
    answers : list of tuple
        Title of a task, and the lines of each shown student's answer.
    """

    students: list[str]
    similarity: float
    answers: list[tuple[str, list[list[Line]]]]

    @property
    def shown(self) -> list[str]:
        """Students whose answers are in `answers`."""
        return self.students[:COLUMNS]


def find(
    course: Course, assignment: str, students: Sequence[str], tasks: Sequence[Task]
) -> list[Group]:
    """Find groups of near-identical answers; code of the released notebooks does not count.

    Parameters
    ----------
    course : Course
    assignment : str
    students : sequence of str
    tasks : sequence of Task

    Returns
    -------
    list of Group
        The most similar first.
    """
    folder = next(
        (one for one in (course.released(assignment), course.source(assignment))
         if any(one.glob("*.ipynb"))),
        course.root,
    )  # fmt: skip
    baseline = "\n".join(_cells(folder, code=True).values())
    answers = {
        student: _cells(course.folder("autograded", student, assignment)) for student in students
    }
    joined = {student: "\n".join(cells.values()) for student, cells in answers.items()}
    pairs = similarity.pairs(joined, baseline)
    given = {line.strip() for line in baseline.splitlines()}
    return [_group(members, pairs, answers, tasks, given) for members in _components(pairs)]


def _cells(folder: Path, code: bool = False) -> dict[str, str]:
    """Sources of the answer cells of a folder's notebooks by name, or of all code cells."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.ipynb")):
        for index, cell in enumerate(nbformat.read(path, as_version=4).cells):
            own = cell.metadata.get("nbgrader") or {}
            if cell.cell_type == "code" and (code or own.get("solution")):
                found[f"{path.stem}/{index if code else own.get('grade_id')}"] = cell.source
    return found


def _components(pairs: Sequence[tuple[str, str, float]]) -> list[list[str]]:
    """Connected components; within one, the members of the most similar pairs first."""
    groups: list[list[str]] = []
    for one, other, _ in pairs:
        joined = [group for group in groups if one in group or other in group]
        members = list(dict.fromkeys([*(name for group in joined for name in group), one, other]))
        at = groups.index(joined[0]) if joined else len(groups)
        groups = [group for group in groups if group not in joined]
        groups.insert(at, members)
    return groups


def _group(
    members: list[str],
    pairs: Sequence[tuple[str, str, float]],
    answers: Mapping[str, Mapping[str, str]],
    tasks: Sequence[Task],
    given: set[str],
) -> Group:
    highest = max(share for one, _, share in pairs if one in members)
    shown = []
    for task in tasks:
        texts = [answers[student].get(f"{task.notebook}/{task.name}", "") for student in members]
        if any(texts):
            shown.append((task.title, compare(texts[:COLUMNS], given)))
    return Group(members, highest, shown)


def compare(answers: Sequence[str], given: set[str]) -> list[list[Line]]:
    """Mark the lines of answers that others have too.

    Parameters
    ----------
    answers : sequence of str
    given : set of str
        Lines of the released code, without indentation.

    Returns
    -------
    list of list of Line
    """
    texts = [{line.strip() for line in answer.splitlines()} for answer in answers]
    shapes = [{shape(line) for line in answer.splitlines()} for answer in answers]
    found = []
    for index, answer in enumerate(answers):
        others = [i for i in range(len(answers)) if i != index]
        lines = []
        for line in answer.splitlines():
            kind = ""
            if not line.strip() or line.strip() in given:
                kind = GIVEN
            elif any(line.strip() in texts[i] for i in others):
                kind = SAME
            elif shape(line) and any(shape(line) in shapes[i] for i in others):
                kind = RENAMED
            lines.append(Line(line, kind))
        found.append(lines)
    return found


def shape(line: str) -> str:
    """Replace the names in a line of code, and drop its comment.

    Parameters
    ----------
    line : str

    Returns
    -------
    str
    """
    code = _COMMENT.sub("", line).strip()
    return _WORD.sub(lambda word: word[0] if keyword.iskeyword(word[0]) else "_", code)
