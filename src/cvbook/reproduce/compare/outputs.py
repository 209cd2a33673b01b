"""Compare the outputs of a cell, and the widgets of a notebook, with the stored ones."""

import base64
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from cvbook.reproduce.compare import images, text
from cvbook.reproduce.normalize import join_streams
from cvbook.reproduce.notebooks import WIDGET_VIEW, displayed_widgets, widget_models
from cvbook.reproduce.tolerance import Tolerance

_EMBEDDED_IMAGE = re.compile(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=\s]+)")


@dataclass
class Comparison:
    """Result of comparing the outputs of a cell.

    Attributes
    ----------
    differences : list of str
        A message for every difference.
    kinds : Counter
        How many outputs were compared: `stream`, `text`, `html`, `image` and `widget`.
    max_relative_error : float
        The largest relative difference of two numbers that was tolerated.
    max_rms : float
        The largest root mean square difference of two images that was tolerated, in levels of 255.
    """

    differences: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    max_relative_error: float = 0.0
    max_rms: float = 0.0


def compare_outputs(
    expected: Sequence[NotebookNode],
    actual: Sequence[NotebookNode],
    tolerance: Tolerance,
    image_stem: Path,
) -> Comparison:
    """Compare all outputs of a cell.

    Parameters
    ----------
    expected, actual : sequence of NotebookNode
        The stored outputs and the new ones, both normalized.
    tolerance : Tolerance
        The cell's.
    image_stem : Path
        Start of the names of the files to which images that differ are written.

    Returns
    -------
    Comparison
    """
    comparer = _Comparer(tolerance, image_stem)
    comparer.outputs(join_streams(expected), join_streams(actual))
    return comparer.result


class _Comparer:
    """Compares outputs and collects the result."""

    def __init__(self, tolerance: Tolerance, image_stem: Path):
        self.tolerance, self.image_stem = tolerance, image_stem
        self.result = Comparison()

    def outputs(self, expected: list[NotebookNode], actual: list[NotebookNode]) -> None:
        if [_kind(output) for output in expected] != [_kind(output) for output in actual]:
            self._different_kinds(expected, actual)
            return
        for old, new in zip(expected, actual, strict=True):
            self._output(old, new)

    def _different_kinds(self, expected: list[NotebookNode], actual: list[NotebookNode]) -> None:
        stored, new = list(map(_kind, expected)), list(map(_kind, actual))
        missing, surplus = Counter(stored) - Counter(new), Counter(new) - Counter(stored)
        for kind in missing.elements():
            self._add(f"missing output: {kind} is stored, but the code no longer gives it")
        for kind in surplus.elements():
            self._add(f"surplus output: the code gives {kind}, which is not stored")
        if not missing and not surplus:
            self._add(f"outputs in another order: stored {', '.join(stored)}; now {', '.join(new)}")

    def _add(self, difference: str) -> None:
        self.result.differences.append(difference)

    def _output(self, old: NotebookNode, new: NotebookNode) -> None:
        if old.output_type == "stream":
            self._text(old.text, new.text, old.name)
        elif old.output_type == "error":
            self._text(_error(old), _error(new), "error")
        else:
            for mime in old.data:
                self._data(old.data[mime], new.data[mime], mime)
            self._data(old.get("metadata", {}), new.get("metadata", {}), "metadata")

    def _data(self, old: Any, new: Any, mime: str) -> None:
        """Compare one entry of a MIME bundle."""
        if mime in images.MIMES:
            self._image(old, new, mime)
        elif mime == WIDGET_VIEW:
            self.result.kinds["widget"] += 1
            if old["model_id"] != new["model_id"]:
                self._add("another widget is displayed (was it stored by `cvbook run`?)")
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
        self.result.max_relative_error = max(
            self.result.max_relative_error, found.max_relative_error
        )
        if found.difference:
            self._add(f"{name}: {found.difference}")

    def _html(self, old: str, new: str) -> None:
        """Compare embedded images as images, the rest as text."""
        left, right = _EMBEDDED_IMAGE.findall(old), _EMBEDDED_IMAGE.findall(new)
        self._text(_EMBEDDED_IMAGE.sub(r"\1", old), _EMBEDDED_IMAGE.sub(r"\1", new), "text/html")
        for (mime, old_image), (_, new_image) in zip(left, right, strict=False):
            self._image(old_image, new_image, mime)

    def _image(self, old: str, new: str, mime: str) -> None:
        self.result.kinds["image"] += 1
        if old == new:
            return
        left, right = images.decode(old, mime), images.decode(new, mime)
        found = images.compare(left, right, self.tolerance.rms, self.tolerance.shift)
        if found.difference is None:
            self.result.max_rms = max(self.result.max_rms, found.rms)
            return
        stem = self.image_stem.with_name(f"{self.image_stem.name}-{self.result.kinds['image']}")
        files = images.write_files(left, right, stem)
        self._add("\n    ".join([f"{mime}: {found.difference}", *map(str, files)]))


def compare_widgets(
    expected: NotebookNode, actual: NotebookNode, tolerances: Mapping[str, Tolerance]
) -> list[str]:
    """Compare class and synced state of all widget models of two executed notebooks.

    Parameters
    ----------
    expected, actual : NotebookNode
        The stored notebook and the new one, both normalized, so that models are numbered in the
        order of their creation.
    tolerances : mapping of str to Tolerance
        By cell id; a model has the tolerance of the cell that displays it, or the default.

    Returns
    -------
    list of str
        Every difference, with the cell that displays the widget.
    """
    old, new = widget_models(expected), widget_models(actual)
    displayed = displayed_widgets(expected)
    differences = []
    if len(old) != len(new):
        differences.append(
            f"{len(old)} widget models are stored, the code makes {len(new)}: "
            "run `cvbook run` on the notebook"
        )
    for name in old:
        cell = displayed.get(name)
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
        stored, now = (".".join(str(model.get(name)) for name in names) for model in (old, new))
        return [f"class {stored} is stored, now it is {now}"]
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
    frames = strip_ansi("\n".join(output.traceback))
    return f"{output.ename}: {output.evalue}\n{frames}"
