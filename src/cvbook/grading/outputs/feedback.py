"""Feedback pages: a summary by task, then the graded notebook, with the students' HTML sanitized.

Two layers: nbconvert's `SanitizeHTML` cleans outputs and Markdown, and a content security policy
lets the browser run and load nothing.
"""

import contextlib
import functools
import glob
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.api import MissingEntry
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from cvbook.errors import CvbookError
from cvbook.grading import tasks as tasks_of
from cvbook.grading.nbgrader import assignments
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import comments, pages, results
from cvbook.grading.outputs.hidden import HideTests
from cvbook.grading.outputs.results import Result
from cvbook.grading.outputs.sanitize import ATTRIBUTES, TAGS, CleanOutputs
from cvbook.grading.records import BROKEN, INCOMPLETE, GradeRecord, GradeRecords
from cvbook.grading.tasks import Task

#: Files of a submission that nbgrader's exchange finds its feedback by.
EXCHANGE_FILES = ("timestamp.txt", "submission_secret.txt")
#: What notes say to instructors only.
_OF_NBGRADER = re.compile(r" \(nbgrader라면[^)]*\)")
_TEMPLATES = Path(__file__).with_name("templates")


class Feedback(GenerateFeedback):
    """nbgrader's feedback with cleaned cells, as pages that need no other host.

    Parameters
    ----------
    course : Course
    assignment : str
    result : Result
    tasks : sequence of Task
    notes : sequence of str
        Lines below the summary.
    hidden_tests : bool
        Whether to show the code of hidden tests.
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        result: Result,
        tasks: Sequence[Task],
        notes: Sequence[str] = (),
        hidden_tests: bool = False,
    ):
        config = Config(course.config)
        config.CourseDirectory.assignment_id = assignment
        config.CourseDirectory.student_id = result.student
        config.CleanOutputs.update(enabled=True, tags=TAGS, attributes=ATTRIBUTES, strip=True)
        config.HideTests.enabled = not hidden_tests
        config.HTMLExporter.update(
            template_name="feedback_page",
            extra_template_basedirs=[str(_TEMPLATES)],
            exclude_input_prompt=True,
            exclude_output_prompt=True,
        )
        super().__init__(coursedir=CourseDirectory(config=config), config=config)
        self.result, self.tasks, self.notes = result, tasks, notes
        self.force = True
        self.exporter_class = pages.PageExporter
        self.preprocessors = [HideTests, CleanOutputs, CSSHTMLHeaderPreprocessor]

    def init_notebooks(self) -> None:
        """Find this student's notebooks; nbgrader would read the name as a glob pattern."""
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: sorted(glob.glob(f"{glob.escape(folder)}/*.ipynb"))}
        self.notebooks: list[str] = []

    def init_single_notebook_resources(self, notebook_filename: str) -> Any:
        """Add the summary of a notebook to what its page is made from.

        Parameters
        ----------
        notebook_filename : str

        Returns
        -------
        dict
        """
        resources = super().init_single_notebook_resources(notebook_filename)
        name = Path(notebook_filename).stem
        resources["cvbook"] = summary(name, self.result, self.tasks, self.notes)
        return resources

    def write_single_notebook(self, output: str, resources: Any) -> None:
        """Write a page that runs nothing.

        Parameters
        ----------
        output : str
            HTML.
        resources : dict
            Of nbconvert.
        """
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        super().write_single_notebook(pages.inert(output, Path(folder)), resources)


def summary(
    notebook: str, result: Result, tasks: Sequence[Task], notes: Sequence[str] = ()
) -> dict[str, Any]:
    """Make the summary at the head of a page.

    Parameters
    ----------
    notebook : str
    result : Result
    tasks : sequence of Task
        Of the assignment; only those of the notebook are listed.
    notes : sequence of str

    Returns
    -------
    dict
        What the template reads.
    """
    own = [(task, result.of_task(task)) for task in tasks if task.notebook == notebook]
    penalty = result.penalties.get(notebook, 0.0)
    return {
        "notebook": notebook,
        "tasks": own,
        "score": max(0.0, sum(score or 0.0 for _, score in own) - penalty),
        "max_score": sum(task.points for task, _ in own),
        "waiting": any(score is None for _, score in own),
        "penalty": penalty,
        "seconds_late": result.seconds_late,
        "points": _in(notebook, result.points | dict.fromkeys(result.to_grade)),
        "comments": {
            name: comments.as_html(text) for name, text in _in(notebook, result.comments).items()
        },
        "notes": list(notes),
    }


def _in(notebook: str, values: dict[tuple[str, str], Any]) -> dict[str, Any]:
    """What belongs to the cells of one notebook, by cell."""
    return {name: value for (where, name), value in values.items() if where == notebook}


class Writer:
    """Writes the feedback of an assignment's students.

    Parameters
    ----------
    course : Course
    assignment : str
    hidden_tests : bool
        Whether to show the code of hidden tests.
    """

    def __init__(self, course: Course, assignment: str, hidden_tests: bool = False):
        self.course = course
        self.assignment = assignment
        self.hidden_tests = hidden_tests
        self.tasks = tasks_of.of_assignment(course, assignment)
        self.records = GradeRecords(course.root, assignment)

    def write(self, student: str) -> Path:
        """Write the feedback of one student, in place of any earlier one.

        Parameters
        ----------
        student : str

        Returns
        -------
        Path
            The folder with the pages. Work that could not be graded has a page that says why.

        Raises
        ------
        CvbookError
            If the submission has not been graded, or no page can be made of it.
        """
        course = self.course
        graded = course.folder("autograded", student, self.assignment)
        folder = course.folder("feedback", student, self.assignment)
        record = self.records.read(student)
        if not any(graded.glob("*.ipynb")):
            if record is None or record.status != BROKEN:
                raise CvbookError(
                    f"not graded – {graded} – run `cvbook grade {self.assignment}` first"
                )
            shutil.rmtree(folder, ignore_errors=True)
            self._write_unreadable(record, folder)
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        notes = [_OF_NBGRADER.sub("", note) for note in record.notes] if record else []
        messages: list[str] = []
        try:
            with course.gradebook() as gradebook:
                result = results.of_submission(gradebook.find_submission(self.assignment, student))
            converter = Feedback(
                course, self.assignment, result, self.tasks, notes, self.hidden_tests
            )
            with assignments.quiet_log(converter, messages):
                converter.start()
        except (SystemExit, NbGraderException, MissingEntry) as error:
            said = assignments.reason(error, messages)
            raise CvbookError(f"nbgrader cannot write it – {graded} – {said}") from error
        for notebook in folder.rglob("*.ipynb"):  # copied, with hidden tests, for a name like `[a]`
            notebook.unlink()
        if record is not None and record.status == INCOMPLETE:
            self._write_unreadable(record, folder)
        return folder

    def _write_unreadable(self, record: GradeRecord, folder: Path) -> None:
        """Write pages on notebooks that could not be graded: why, and what to do."""
        folder.mkdir(parents=True, exist_ok=True)
        submitted = self.course.folder("submitted", record.student, self.assignment)
        for name in EXCHANGE_FILES:
            if (submitted / name).is_file() and not (folder / name).exists():
                shutil.copy(submitted / name, folder / name)
        there = sorted(path.name for path in submitted.glob("*") if path.name not in EXCHANGE_FILES)
        result = Result(record.student, record.score, record.max_score)
        with self.course.gradebook() as gradebook, contextlib.suppress(MissingEntry):
            submission = gradebook.find_submission(self.assignment, record.student)
            result = results.of_submission(submission)  # marks given by hand stay
        for name in dict.fromkeys(task.notebook for task in self.tasks):
            if not (folder / f"{name}.html").exists():
                own = summary(name, result, self.tasks)
                page = _template().render(
                    name=name,
                    score=own["score"],
                    max_score=own["max_score"],
                    notes=record.notes,
                    policy=pages.POLICY,
                    assignment=self.assignment,
                    there=there,
                )
                (folder / f"{name}.html").write_text(page, "utf-8")


def write(course: Course, assignment: str, student: str) -> Path:
    """Write the feedback of one student.

    Parameters
    ----------
    course : Course
    assignment, student : str

    Returns
    -------
    Path
        The folder with the pages.
    """
    return Writer(course, assignment).write(student)


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["points"] = tasks_of.shown
    return environment.get_template("unreadable.html")
