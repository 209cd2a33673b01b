"""The widget for grading by hand."""

import html
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from cvbook._bundles import bundled
from cvbook.errors import CvbookError
from cvbook.grading import tasks as tasks_of
from cvbook.grading.marking import answers, rubric
from cvbook.grading.marking.formulas import with_formulas
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import links

STATIC = Path(__file__).parent / "static"


class Marking(anywidget.AnyWidget):
    """Answers to one question of an assignment, student after student.

    Equal answers are shown once and marked together. A mark is in nbgrader's gradebook as soon as
    it is saved; opened again, the widget goes on with what waits.

    Parameters
    ----------
    assignment : str
    course : path, optional
        Folder of the course; the present folder by default.
    db : str, optional
        The gradebook, instead of the configured one.
    hide_names : bool

    Raises
    ------
    CvbookError
        If there is no such assignment, or nothing in it that a person grades.
    """

    _esm = bundled(STATIC / "view.js")
    _css = bundled(STATIC / "view.css")

    assignment = traitlets.Unicode().tag(sync=True)
    tasks: "traitlets.List[dict[str, Any]]" = traitlets.List().tag(sync=True)
    task = traitlets.Int(0, min=0).tag(sync=True)
    groups: "traitlets.List[dict[str, Any]]" = traitlets.List().tag(sync=True)
    current = traitlets.Int(0, min=0).tag(sync=True)
    hide_names = traitlets.Bool(False).tag(sync=True)
    #: Address of Formgrader, whose pages are linked.
    formgrader = traitlets.Unicode().tag(sync=True)
    #: What the last save did: its number, and an error or nothing.
    saved: "traitlets.Dict[str, Any]" = traitlets.Dict({"count": 0, "error": ""}).tag(sync=True)

    def __init__(
        self,
        assignment: str,
        course: str | Path = ".",
        db: str | None = None,
        hide_names: bool = False,
    ) -> None:
        super().__init__(assignment=assignment, hide_names=hide_names)
        self._course = Course(Path(course), db)
        self.formgrader = links.find(self._course.root)
        found = tasks_of.of_assignment(self._course, assignment)
        self._tasks = [task for task in found if task.by_hand]
        if not self._tasks:
            raise CvbookError(
                f"nothing to grade by hand – {assignment} – all of its {len(found)} task(s) are "
                "graded by tests"
            )
        self._open(0)
        self.observe(lambda change: self._open(change["new"]), "task")
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        waiting = sum(len(group.students) for group in self._groups if group.state != answers.DONE)
        title = self.tasks[self.task]["title"]
        return f"Marking({self.assignment!r}): {waiting} answer(s) wait in {title!r}"

    def _open(self, index: int) -> None:
        """Read the answers to a question."""
        index = min(index, len(self._tasks) - 1)
        self._groups = answers.groups(self._course, self.assignment, self._tasks[index])
        with self.hold_sync():
            self.tasks = [
                {
                    "title": task.title,
                    "points": task.points,
                    "question": with_formulas(task.question),
                    "model": _shown(task, task.source),
                    "code": task.cell_type == "code",
                    "rubric": [asdict(item) for item in rubric.read(task.source)],
                }
                for task in self._tasks
            ]
            self.current = 0
            self._show()

    def _show(self) -> None:
        task, formgrader = self._tasks[self.task], links.Formgrader(self.formgrader)
        self.groups = [
            {
                **asdict(group),
                "html": _shown(task, group.text),
                "links": [
                    formgrader.submission(name, task.cells[0].name) for name in group.notebooks
                ],
            }
            for group in self._groups
        ]

    def _receive(self, widget: Any, content: dict[str, Any], buffers: Any) -> None:
        """Answer what the page asks for: save a mark, or split a group."""
        index = int(content.get("group", -1))
        if not 0 <= index < len(self._groups):
            return
        group = self._groups[index]
        if content.get("type") == "split":
            self._groups[index : index + 1] = group.alone()
            self._show()
        elif content.get("type") == "save":
            self._save(index, content)

    def _save(self, index: int, content: dict[str, Any]) -> None:
        group, error = self._groups[index], ""
        try:
            score, comment = float(content["score"]), str(content["comment"]).strip()
            task = self._tasks[self.task]
            answers.mark(self._course, self.assignment, task, group.students, score, comment)
            self._groups[index] = replace(
                group, state=answers.DONE, score=score, comment=comment, automatic=False
            )
        except (CvbookError, TypeError, ValueError, KeyError) as failed:
            error = str(failed)
        with self.hold_sync():
            self._show()
            self.saved = {"count": self.saved["count"] + 1, "error": error}


def _shown(task: tasks_of.Task, text: str) -> str:
    """What is written in the answer's cell as HTML; a dollar in code is no formula."""
    return html.escape(text) if task.cell_type == "code" else with_formulas(text)
