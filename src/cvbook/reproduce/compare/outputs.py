"""Compare the outputs of one cell, and the widgets of a notebook, with the stored ones."""

import base64
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from cvbook.reproduce import lint, normalize
from cvbook.reproduce.compare import images, text
from cvbook.reproduce.lint import Tolerance

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_EMBEDDED = re.compile(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=\s]+)")


@dataclass
class Comparison:
    """What was compared, and how it came out."""

    differences: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    largest: float = 0.0  # relative difference of numbers that was tolerated
    rms: float = 0.0  # of a picture that was tolerated


class Comparer:
    """Compares outputs within a cell's tolerance.

    Parameters
    ----------
    tolerance : Tolerance
        The cell's.
    files : Path
        Start of the names of the pictures that a failure writes.
    """

    def __init__(self, tolerance: Tolerance, files: Path):
        self.tolerance, self.files = tolerance, files
        self.result = Comparison()

    def outputs(
        self, expected: Sequence[NotebookNode], actual: Sequence[NotebookNode]
    ) -> Comparison:
        """Compare all outputs of a cell.

        Parameters
        ----------
        expected, actual : sequence of NotebookNode
            The stored outputs and the new ones, both in stored form.

        Returns
        -------
        Comparison
            Every difference, in words.
        """
        left = normalize.joined_streams(list(expected))
        right = normalize.joined_streams(list(actual))
        if [_kind(output) for output in left] != [_kind(output) for output in right]:
            self._different_kinds(left, right)
            return self.result
        for old, new in zip(left, right, strict=True):
            self._output(old, new)
        return self.result

    def _different_kinds(self, left: list[NotebookNode], right: list[NotebookNode]) -> None:
        missing = Counter(map(_kind, left)) - Counter(map(_kind, right))
        surplus = Counter(map(_kind, right)) - Counter(map(_kind, left))
        for kind in missing.elements():
            self._note(f"missing output: {kind} is stored, but the code no longer gives it")
        for kind in surplus.elements():
            self._note(f"surplus output: the code gives {kind}, which is not stored")
        if not missing and not surplus:
            order = ", ".join(map(_kind, left)), ", ".join(map(_kind, right))
            self._note(f"outputs in another order: stored {order[0]}; now {order[1]}")

    def _note(self, difference: str) -> None:
        self.result.differences.append(difference)

    def _output(self, old: NotebookNode, new: NotebookNode) -> None:
        if old.output_type == "stream":
            self._text(old.text, new.text, old.name)
        elif old.output_type == "error":
            self._text(_error(old), _error(new), "error")
        else:
            for mime in old.data:
                self.value(old.data[mime], new.data[mime], mime)
            self.value(old.get("metadata", {}), new.get("metadata", {}), "metadata")

    def value(self, old: Any, new: Any, mime: str) -> None:
        """Compare one representation of an output."""
        if mime in images.MIMES:
            self._picture(old, new, mime)
        elif mime == normalize.WIDGET_VIEW:
            self.result.kinds["widget"] += 1
            if old["model_id"] != new["model_id"]:
                self._note("another widget is shown (was it stored by `cvbook run`?)")
        elif mime == "text/html":
            self._html(old, new)
        elif isinstance(old, str) and isinstance(new, str):
            self._text(old, new, mime)
        elif old != new or mime != "metadata":
            self._text(_json(old), _json(new), mime)

    def _text(self, old: str, new: str, name: str) -> None:
        kind = "html" if name == "text/html" else "stream" if name.startswith("std") else "text"
        self.result.kinds[kind] += 1
        found = text.compare(old, new, self.tolerance.rtol)
        self.result.largest = max(self.result.largest, found.largest)
        if found.difference:
            self._note(f"{name}: {found.difference}")

    def _html(self, old: str, new: str) -> None:
        """Compare the pictures inside as pictures, the rest as text."""
        left, right = _EMBEDDED.findall(old), _EMBEDDED.findall(new)
        self._text(_EMBEDDED.sub(r"\1", old), _EMBEDDED.sub(r"\1", new), "text/html")
        for (mime, one), (_, other) in zip(left, right, strict=False):
            self._picture(one, other, mime)

    def _picture(self, old: str, new: str, mime: str) -> None:
        self.result.kinds["picture"] += 1
        if old == new:
            return
        left, right = images.decode(old, mime), images.decode(new, mime)
        found = images.compare(left, right, self.tolerance.rms, self.tolerance.shift)
        if found.difference is None:
            self.result.rms = max(self.result.rms, found.rms)
            return
        stem = self.files.with_name(f"{self.files.name}-{self.result.kinds['picture']}")
        files = images.write_files(left, right, stem)
        self._note("\n    ".join([f"{mime}: {found.difference}", *map(str, files)]))


def widgets(
    expected: NotebookNode, actual: NotebookNode, tolerances: dict[str, Tolerance]
) -> list[str]:
    """Compare all widget models of two executed notebooks: class and synced state.

    Parameters
    ----------
    expected, actual : NotebookNode
        The stored notebook and the new one, both in stored form, in which models are numbered in
        the order of their creation.
    tolerances : dict
        Each cell's, by its id; a model has that of the cell that shows it.

    Returns
    -------
    list of str
        Every difference, with the cell that shows the widget.
    """
    old, new = lint.widget_models(expected), lint.widget_models(actual)
    shown = lint.shown_widgets(expected)
    differences = []
    if len(old) != len(new):
        differences.append(
            f"{len(old)} widget models are stored, the code makes {len(new)}: "
            "run `cvbook run` on the notebook"
        )
    for name in old:
        cell = shown.get(name)
        where = f"cell `{cell}`: " if cell else ""
        if name not in new:
            differences.append(f"{where}widget {old[name]['model_name']} is not made by the code")
            continue
        rtol = tolerances.get(cell or "", Tolerance()).rtol
        for difference in _model_differences(old[name], new[name], rtol):
            differences.append(f"{where}widget {old[name]['model_name']}: {difference}")
    return differences


def _model_differences(old: Any, new: Any, rtol: float) -> list[str]:
    names = ("model_module", "model_module_version", "model_name")
    if any(old.get(name) != new.get(name) for name in names):
        one, other = (".".join(str(m.get(n)) for n in names) for m in (old, new))
        return [f"class {one} is stored, now it is {other}"]
    differences = []
    for key in sorted({*old["state"], *new["state"]}):
        if key not in old["state"] or key not in new["state"]:
            has = "stored" if key in old["state"] else "new"
            differences.append(f"only the {has} state has `{key}`")
            continue
        found = text.compare(_json(old["state"][key]), _json(new["state"][key]), rtol)
        if found.difference:
            differences.append(f"state `{key}`: {found.difference}")
    if _buffers(old) != _buffers(new):
        differences.append("binary data of its state differ")
    return differences


def _buffers(model: Any) -> dict[str, bytes]:
    return {
        _json(buffer["path"]): base64.b64decode(buffer["data"])
        for buffer in model.get("buffers", [])
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _kind(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return str(output.name)
    if output.output_type == "error":
        return f"error {output.ename}"
    return f"{output.output_type} ({', '.join(sorted(output.data))})"


def _error(output: NotebookNode) -> str:
    frames = _ANSI.sub("", "\n".join(output.traceback))
    return f"{output.ename}: {output.evalue}\n{frames}"
