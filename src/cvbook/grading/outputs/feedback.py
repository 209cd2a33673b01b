"""Feedback pages: nbgrader's, with the students' HTML sanitized.

Two layers: nbconvert's `SanitizeHTML` cleans outputs and Markdown, and a content security policy
lets the browser run and load nothing.
"""

import functools
import glob
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from traitlets.config import Config

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import pages
from cvbook.grading.records import BROKEN, GradeRecord, GradeRecords

#: Tags of formatted tables and text; none that loads or runs anything or covers the page.
TAGS = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "del",
    "div",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
]
ATTRIBUTES = {
    "a": ["href", "title"],
    "img": ["src", "alt", "title", "width", "height"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
_ATTACHED = re.compile(r"attachment:([^)\s\"'>]*)", re.IGNORECASE)


class CleanOutputs(SanitizeHTML):
    """Sanitizes outputs and Markdown; drops metadata and attachments that templates use raw."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Sanitize one cell.

        Parameters
        ----------
        cell : NotebookNode
            Changed in place.
        resources : dict
        cell_index : int

        Returns
        -------
        tuple of NotebookNode and dict
        """
        if cell.cell_type == "markdown":  # nbconvert fails on a missing attachment
            attached = {name for name, data in cell.get("attachments", {}).items() if data}
            cell.source = _ATTACHED.sub(
                lambda match: match[0] if unquote(match[1]) in attached else "#", cell.source
            )
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = NotebookNode()
            data = output.get("data", {})
            for kind in list(data):
                if kind in ("image/png", "image/jpeg") and not re.fullmatch(
                    r"[A-Za-z0-9+/=\s]*", str(data[kind])
                ):
                    del data[kind]
        parent: Any = super()
        cleaned: tuple[Any, Any] = parent.preprocess_cell(cell, resources, cell_index)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            latex = data.pop("text/latex", "")
            if latex and "text/html" not in data:
                data["text/html"] = pages.formula(latex.strip().strip("$"), block=True)
        return cleaned


class Feedback(GenerateFeedback):
    """nbgrader's feedback with cleaned cells, as pages that need no other host.

    Parameters
    ----------
    course : Course
    assignment, student : str
    """

    def __init__(self, course: Course, assignment: str, student: str):
        config = Config(course.config)
        config.CourseDirectory.assignment_id = assignment
        config.CourseDirectory.student_id = student
        config.CleanOutputs.update(enabled=True, tags=TAGS, attributes=ATTRIBUTES, strip=True)
        super().__init__(coursedir=CourseDirectory(config=config), config=config)
        self.force = True
        self.exporter_class = pages.PageExporter
        self.preprocessors = [GetGrades, CleanOutputs, CSSHTMLHeaderPreprocessor]
        self.log.setLevel("CRITICAL")

    def init_notebooks(self) -> None:
        """Find this student's notebooks; nbgrader would read the name as a glob pattern."""
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: sorted(glob.glob(f"{glob.escape(folder)}/*.ipynb"))}
        self.notebooks: list[str] = []

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


def write(course: Course, assignment: str, student: str) -> Path:
    """Write the feedback of one student, in place of any earlier one.

    Parameters
    ----------
    course : Course
    assignment, student : str

    Returns
    -------
    Path
        The folder with the pages. Work that could not be graded has a page that says why.

    Raises
    ------
    CvbookError
        If the submission has not been graded, or no page can be made of it.
    """
    graded = course.folder("autograded", student, assignment)
    folder = course.folder("feedback", student, assignment)
    if not any(graded.glob("*.ipynb")):
        record = GradeRecords(course.root, assignment).read(student)
        if record is None or record.status != BROKEN:
            raise CvbookError(f"not graded – {graded} – run `cvbook grade {assignment}` first")
        _write_unreadable(course, assignment, record, folder)
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    converter = Feedback(course, assignment, student)
    try:
        converter.start()
    except (SystemExit, NbGraderException) as error:
        raise CvbookError(f"nbgrader cannot write it – {graded} – {error}") from error
    for notebook in folder.rglob("*.ipynb"):  # copied with the hidden tests for a name like `[a]*`
        notebook.unlink()
    return folder


def _write_unreadable(course: Course, assignment: str, record: GradeRecord, folder: Path) -> None:
    """Write pages that say why work could not be graded, and what to do."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with course.gradebook() as gradebook:
        names = [notebook.name for notebook in gradebook.find_assignment(assignment).notebooks]
    for name in names:
        page = _template().render(name=name, record=record, policy=pages.POLICY)
        (folder / f"{name}.html").write_text(page, "utf-8")


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("unreadable.html")
