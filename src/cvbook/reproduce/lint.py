"""Lint rules for stored notebooks.

A stored notebook was executed from top to bottom. It contains no undeclared error or stderr, no
marker that disables nbval's comparison, and no output that changes from run to run or is too large.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from cvbook.reproduce import normalize
from cvbook.reproduce.notebooks import code_cells, displayed_widgets, widget_models
from cvbook.reproduce.tolerance import Tolerance, invalid_values

MAX_OUTPUT = 500_000  # bytes

#: Used instead of a cell's id for a widget that no cell displays.
NOT_DISPLAYED = "(none displays it)"

_RERUN = "run `cvbook run` on the notebook"

_NBVAL_MARKER = re.compile(r"^\s*#\s*((?:NBVAL|PYTEST_VALIDATE)_\w+)\s*$", re.MULTILINE)
_NBVAL_TAG = re.compile(r"(?:nbval|pytest-validate)-.*|skip-execution")

_VOLATILE = {
    "a machine path": re.compile(
        r"(?<![\w.:/<-])(?:/(?:home|Users|root|tmp|var|usr|opt|mnt|media|private|srv|work|workspace|"
        r"builds)/[^\s'\"<>]+|[A-Z]:\\(?:\w|\\)+)|\b(?:site|dist)-packages\b"
    ),
    "a memory address": re.compile(r"\bat 0x[0-9a-fA-F]{4,}|\b0x[0-9a-f]{9,}\b|<[^<>\n]+ at 0x"),
    "a date or time": re.compile(
        r"(?<![\d.])(?:19|20)\d\d(?P<mark>[-/.])[01]?\d(?P=mark)[0-3]?\d(?![\d.])"
        r"|(?:19|20)\d\d년\s*\d{1,2}월\s*\d{1,2}일"
        r"|(?<![\d:])[012]?\d:[0-5]\d:[0-5]\d(?![\d:])"
        r"|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+(?:[A-Z][a-z]{2}\s+\d|\d{1,2}\s+[A-Z][a-z]{2})"
    ),
    "a duration or speed": re.compile(
        r"\b(?:Wall time|CPU times)\b"
        r"|(?<![\w.])(?!(?:19|20)\d0s)\d[\d,]*(?:\.\d+)?\s?(?:ns|µs|μs|us|ms|s|secs?|seconds?|minutes?)"
        r"(?:/\w+)?(?![\w가-힣'])"
        r"|(?<![\w.])\d[\d,]*(?:\.\d+)?\s?(?:밀리초|마이크로초|나노초|초|분)"
        r"(?:가|는|를|에|만에|동안|간|쯤|씩)?(?![\w가-힣])"
        r"|\b(?:it|img|images?|samples?|examples?|steps?)/s(?:ec)?\b|[장개번]/초"
    ),
}
_REMEDY = {
    "a machine path": "print the name only",
    "a memory address": "print what the object holds, or end the line with a semicolon",
    "a date or time": "leave it out",
    "a duration or speed": "print a ratio or an order that holds on every machine",
}


@dataclass(frozen=True)
class Violation:
    """A rule that a cell breaks.

    Attributes
    ----------
    cell : str
        The cell's id, or `NOT_DISPLAYED`.
    message : str
        What is wrong.
    remedy : str
        What to do.
    """

    cell: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"cell `{self.cell}`: {self.message} – {self.remedy}"


_PASTED = "](attachment:"
#: Ids that pandas' Styler, Plotly, Bokeh and Matplotlib's animations draw at random.
_RANDOM_ID = re.compile(
    r"""\bid\s*=\s*["']?[^"'>\s]*(?:\bT_[0-9a-f]{5}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"""
    r"""|[0-9a-f]{32})""",
)


def lint_notebook(notebook: NotebookNode) -> list[Violation]:
    """Check a stored notebook against all rules, without executing it.

    Parameters
    ----------
    notebook : NotebookNode
        As stored.

    Returns
    -------
    list of Violation
        In the order of the cells; those of widgets last, under the cell that displays the widget.
    """
    found = []
    for position, cell in enumerate(code_cells(notebook), start=1):
        found += [Violation(cell.id, *rule) for rule in _check_cell(cell, position)]
    # In an assignment, the tag is for what fails until it is answered.
    chapter = not any("nbgrader" in cell.metadata for cell in notebook.cells)
    for cell in notebook.cells:
        if chapter and "raises-exception" in cell.metadata.get("tags", []) and not _raised(cell):
            remedy = "remove the tag, or correct the code so that it fails as the text says"
            message = "the tag `raises-exception`, but no error was raised"
            found.append(Violation(cell.id, message, remedy))
        if cell.cell_type == "markdown" and (cell.get("attachments") or _PASTED in cell.source):
            remedy = "save it in a file beside the notebook and show that: ![text](file.png)"
            found.append(Violation(cell.id, "a pasted picture, which the site cannot show", remedy))
    return found + list(_check_widgets(notebook))


def _raised(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))


def _check_cell(cell: NotebookNode, position: int) -> Iterator[tuple[str, str]]:
    """Yield message and remedy of each violation."""
    if not cell.source.strip():
        yield "no code", "delete the cell"
        return
    if cell.execution_count is None:
        yield "not executed (no execution count)", _RERUN
    elif cell.execution_count != position:
        yield f"execution count {cell.execution_count} at position {position}: out of order", _RERUN
    tags = cell.metadata.get("tags", [])
    markers = _NBVAL_MARKER.findall(cell.source)
    for marker in markers + [tag for tag in tags if _NBVAL_TAG.fullmatch(tag)]:
        yield (
            f"the nbval marker {marker}",
            "remove it and declare a tolerance in the cell's metadata",
        )
    for _, message in invalid_values(cell.metadata.get("cvbook", {})):
        yield message, "correct the cell's metadata `cvbook`"
    for output in cell.outputs:
        yield from _check_output(cell, output)


def _check_output(cell: NotebookNode, output: NotebookNode) -> Iterator[tuple[str, str]]:
    if output.output_type == "error" and "raises-exception" not in cell.metadata.get("tags", []):
        yield (
            f"stored error {output.ename}",
            "correct the code, or declare it with the tag `raises-exception`",
        )
    if output.get("name") == "stderr" and not Tolerance.of(cell).stderr:
        first = output.text.strip().partition("\n")[0][:80]
        yield f"stderr: {first!r}", 'remove its cause, or declare it: {"cvbook": {"stderr": true}}'
    if output.output_type == "execute_result" and output.execution_count != cell.execution_count:
        yield f"its result has execution count {output.execution_count}", _RERUN
    size = normalize.json_size(output)
    if size > MAX_OUTPUT:
        yield (
            f"an output of {size // 1000} kB, more than {MAX_OUTPUT // 1000}",
            "draw less, at a lower resolution",
        )
    for text in _texts(output):
        yield from _find_volatile(text)
    if _RANDOM_ID.search(str(output.get("data", {}).get("text/html", ""))):
        yield (
            "HTML with a random id, which differs each time",
            "fix it: Styler(…, uuid='a'), plotly's to_html(div_id='a'), "
            "rcParams['svg.hashsalt'] = 'a'; or show a still figure",
        )


def _texts(output: NotebookNode) -> Iterator[str]:
    if output.output_type == "stream":
        yield output.text
    elif output.output_type == "error":
        yield output.evalue  # the traceback shows code, which may contain anything
    else:
        for mime, value in output.data.items():
            if isinstance(value, str) and mime.startswith("text/"):
                # Images inside HTML are base64, in which any letters may follow each other.
                yield re.sub(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]+", "", value)


def _find_volatile(text: str) -> Iterator[tuple[str, str]]:
    text = strip_ansi(text)
    for kind, pattern in _VOLATILE.items():
        match = pattern.search(text)
        if match:
            yield f"{kind} in an output: {match[0]!r}", _REMEDY[kind]


def _check_widgets(notebook: NotebookNode) -> Iterator[Violation]:
    models = widget_models(notebook)
    displayed = displayed_widgets(notebook)
    for name, cell in displayed.items():
        if name not in models:
            yield Violation(cell, "a widget without stored state", _RERUN)
    for name, model in models.items():
        cell = displayed.get(name, NOT_DISPLAYED)
        for key, value in model["state"].items():
            if isinstance(value, str) and key not in {"_esm", "_css"}:
                for message, remedy in _find_volatile(value):
                    where = f"widget {model['model_name']}.{key}"
                    yield Violation(cell, f"{message} ({where})", remedy)
        size = normalize.json_size(model)
        if size > MAX_OUTPUT:
            yield Violation(
                cell, f"a widget state of {size // 1000} kB", "keep less data in the widget"
            )
