"""Feedback pages: nbgrader's, with the students' HTML sanitized.

Two layers: nbconvert's `SanitizeHTML` cleans outputs and Markdown, and a content security policy
lets the browser run nothing but the page's own scripts, known by their hash.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from traitlets.config import Config

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course

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
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_ATTACHED = re.compile(r"attachment:([^)\s\"'>]*)", re.IGNORECASE)
#: A link that is neither http(s), mailto nor a fragment of this page.
_LINK = re.compile(r"(<a\b[^>]*?\bhref=)([\"'])(?!https?:|mailto:|#)[^\"']*\2", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc=[\"'](https://[^\"']+)[\"']")


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
        return cleaned


class Feedback(GenerateFeedback):
    """nbgrader's feedback with cleaned cells and a content security policy.

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
        self.preprocessors = [GetGrades, CleanOutputs, CSSHTMLHeaderPreprocessor]
        self.log.setLevel("CRITICAL")
        self.policy = ""

    def init_notebooks(self) -> None:
        """Find this student's notebooks; nbgrader would read the name as a glob pattern."""
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: sorted(map(str, Path(folder).glob("*.ipynb")))}
        self.notebooks: list[str] = []

    def write_single_notebook(self, output: str, resources: Any) -> None:
        """Write a page with its policy.

        Parameters
        ----------
        output : str
            HTML.
        resources : dict
            Of nbconvert.
        """
        if not self.policy:
            self.policy = self._policy(resources)
        tag = f'<meta http-equiv="Content-Security-Policy" content="{self.policy}">'
        output = _LINK.sub(r"\1\2#\2", output)
        super().write_single_notebook(output.replace("<head>", f"<head>\n{tag}", 1), resources)

    def _policy(self, resources: Any) -> str:
        """Allow the scripts that a page without any cells has, and no others."""
        empty = type(self.exporter)(parent=self, config=self.config)
        page, _ = empty.from_notebook_node(new_notebook(), resources=dict(resources))
        allowed = []
        for attributes, code in _SCRIPT.findall(page):
            source = _SOURCE.search(attributes)
            digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            allowed.append(source[1].partition("?")[0] if source else f"'sha256-{digest}'")
        scripts = " ".join(dict.fromkeys(allowed)) or "'none'"
        return (
            f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
            "img-src data:; font-src data: https://cdnjs.cloudflare.com; "
            "base-uri 'none'; form-action 'none'"
        )


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

    Raises
    ------
    CvbookError
        If the submission has not been graded, or no page can be made of it.
    """
    graded = course.folder("autograded", student, assignment)
    if not any(graded.glob("*.ipynb")):
        raise CvbookError(f"not graded – {graded} – run `cvbook grade {assignment}` first")
    converter = Feedback(course, assignment, student)
    try:
        converter.start()
    except (SystemExit, NbGraderException) as error:
        raise CvbookError(f"nbgrader cannot write it – {graded} – {error}") from error
    folder = course.folder("feedback", student, assignment)
    for notebook in folder.rglob("*.ipynb"):  # copied with the hidden tests for a name like `[a]*`
        notebook.unlink()
    return folder
