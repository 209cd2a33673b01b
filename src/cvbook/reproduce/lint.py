"""What may not stand in a stored notebook, whatever a new execution gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from cvbook.reproduce import normalize
from cvbook.reproduce.compare import images

LARGEST_OUTPUT = 500_000  # bytes
LARGEST_RTOL = 0.25
LARGEST_RMS = 40.0
LARGEST_SHIFT = 40  # pixels

#: In place of a cell, where no cell shows a widget itself.
UNSHOWN = "(none shows it)"

_SWITCH = re.compile(r"^\s*#\s*((?:NBVAL|PYTEST_VALIDATE)_\w+)\s*$", re.MULTILINE)
_SWITCH_TAG = re.compile(r"(?:nbval|pytest-validate)-.*|skip-execution")

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
class Tolerance:
    """How far a cell's outputs may lie from the stored ones, as its metadata `cvbook` says."""

    rtol: float = 1e-6
    rms: float = images.RMS
    shift: int = 0
    stderr: bool = False

    @classmethod
    def of(cell_class, cell: NotebookNode) -> "Tolerance":
        """Read a cell's metadata; invalid values count as the default and are named by `find`."""
        given = cell.metadata.get("cvbook", {})
        faults = dict(_tolerance_faults(given))
        return cell_class(
            **{
                k: given[k]
                for k in cell_class.__dataclass_fields__
                if k in given and k not in faults
            }
        )


def _tolerance_faults(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    limits = {"rtol": LARGEST_RTOL, "rms": LARGEST_RMS, "shift": LARGEST_SHIFT}
    for key, value in given.items():
        if key == "stderr":
            if not isinstance(value, bool):
                yield key, "`stderr` must be true or false"
        elif key not in limits:
            yield key, f"unknown key `{key}`: there are rtol, rms, shift and stderr"
        elif isinstance(value, bool) or not isinstance(value, int | float):
            yield key, f"`{key}` must be a number"
        elif key == "shift" and not isinstance(value, int):
            yield key, "`shift` must be a whole number of pixels"
        elif not 0 <= value <= limits[key]:
            yield key, f"`{key}` is {value:g}: it must lie between 0 and {limits[key]:g}"


@dataclass(frozen=True)
class Fault:
    """A hole, the cell that has it, and what to do."""

    cell: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"cell `{self.cell}`: {self.what} – {self.remedy}"


def find(notebook: NotebookNode) -> list[Fault]:
    """Find the holes of a stored notebook.

    Parameters
    ----------
    notebook : NotebookNode
        As stored.

    Returns
    -------
    list of Fault
        In the order of the cells; those of widgets last, under the cell that shows the widget.
    """
    faults = []
    for number, cell in enumerate(code_cells(notebook), start=1):
        faults += [Fault(cell.id, *fault) for fault in _cell_faults(cell, number)]
    return faults + list(_widget_faults(notebook))


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells that are executed."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _cell_faults(cell: NotebookNode, number: int) -> Iterator[tuple[str, str]]:
    rerun = "run `cvbook run` on the notebook"
    if not cell.source.strip():
        yield "no code", "delete the cell"
        return
    if cell.execution_count is None:
        yield "not executed (no execution count)", rerun
    elif cell.execution_count != number:
        yield f"execution count {cell.execution_count} in place {number}: out of order", rerun
    tags = [tag for tag in cell.metadata.get("tags", []) if _SWITCH_TAG.fullmatch(tag)]
    for switch in [*_SWITCH.findall(cell.source), *tags]:
        yield f"the switch {switch}", "remove it and declare a tolerance in the cell's metadata"
    for _, message in _tolerance_faults(cell.metadata.get("cvbook", {})):
        yield message, "mend the cell's metadata `cvbook`"
    declared = "raises-exception" in cell.metadata.get("tags", [])
    for output in cell.outputs:
        if output.output_type == "error" and not declared:
            yield (
                f"stored error {output.ename}",
                "mend the code, or declare it with the tag `raises-exception`",
            )
        if output.get("name") == "stderr" and not Tolerance.of(cell).stderr:
            text = output.text.strip().partition("\n")[0][:80]
            yield (
                f"stderr: {text!r}",
                'mend its cause, or declare it: {"cvbook": {"stderr": true}}',
            )
        if output.output_type == "execute_result" and (
            output.execution_count != cell.execution_count
        ):
            yield f"its result has execution count {output.execution_count}", rerun
        size = normalize.size_of(output)
        if size > LARGEST_OUTPUT:
            yield (
                f"an output of {size // 1000} kB, more than {LARGEST_OUTPUT // 1000}",
                "draw less, at a lower resolution",
            )
        for text in _texts(output):
            yield from _volatile(text)


def _texts(output: NotebookNode) -> Iterator[str]:
    if output.output_type == "stream":
        yield output.text
    elif output.output_type == "error":
        yield output.evalue  # the traceback shows code, in which anything may stand
    else:
        for mime, value in output.data.items():
            if isinstance(value, str) and mime.startswith("text/"):
                # Pictures inside HTML are base64, in which any letters may follow each other.
                yield re.sub(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]+", "", value)


def _volatile(text: str) -> Iterator[tuple[str, str]]:
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    for what, pattern in _VOLATILE.items():
        match = pattern.search(text)
        if match:
            yield f"{what} in an output: {match[0]!r}", _REMEDY[what]


def _widget_faults(notebook: NotebookNode) -> Iterator[Fault]:
    models = widget_models(notebook)
    shown = shown_widgets(notebook)
    for name, cell in shown.items():
        if name not in models:
            yield Fault(cell, "a widget without stored state", "run `cvbook run` on the notebook")
    for name, model in models.items():
        cell = shown.get(name, UNSHOWN)
        for key, value in model["state"].items():
            if isinstance(value, str) and key not in {"_esm", "_css"}:
                for what, remedy in _volatile(value):
                    yield Fault(cell, f"{what} (widget {model['model_name']}.{key})", remedy)
        size = normalize.size_of(model)
        if size > LARGEST_OUTPUT:
            yield Fault(cell, f"a widget state of {size // 1000} kB", "hold less in the widget")


def widget_models(notebook: NotebookNode) -> dict[str, Any]:
    """The widget models stored in a notebook, by id."""
    return notebook.metadata.get("widgets", {}).get(normalize.WIDGET_STATE, {}).get("state", {})


def shown_widgets(notebook: NotebookNode) -> dict[str, str]:
    """For each widget model that a cell shows, that cell's id."""
    return {
        output.data[normalize.WIDGET_VIEW]["model_id"]: cell.id
        for cell in code_cells(notebook)
        for output in cell.outputs
        if normalize.WIDGET_VIEW in output.get("data", {})
    }
