"""Normalization of submitted notebooks: students decide code, text and order, and nothing else.

Which cells are graded, how many points they give and which are locked is taken from the gradebook.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook


@dataclass(frozen=True)
class CellSpec:
    """A cell of the assignment, as the gradebook has it.

    Attributes
    ----------
    name : str
        nbgrader's `grade_id`.
    cell_type : str
    source, released : str
        As the instructor wrote it; as students got it, without hidden tests.
    locked, grade, solution, task : bool
        nbgrader's marks.
    points : float
    checksum : str or None
        nbgrader's, of the released cell.
    """

    name: str
    cell_type: str
    source: str
    released: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float
    checksum: str | None

    def metadata(self) -> dict[str, Any]:
        """Return the cell's `nbgrader` metadata."""
        marks: dict[str, Any] = {
            "schema_version": 3,
            "grade_id": self.name,
            "cell_type": self.cell_type,
            "grade": self.grade,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "checksum": self.checksum,
        }
        if self.grade or self.task:
            marks["points"] = self.points
        return marks


@dataclass(frozen=True)
class NotebookSpec:
    """A notebook of the assignment: name, cells in order by name, kernelspec, language.

    The language is that of its `language_info`; empty if it has none.
    """

    name: str
    cells: dict[str, CellSpec]
    kernelspec: dict[str, str] | None
    language: str = ""

    @property
    def kernel(self) -> str:
        """Name of its kernel; empty if it names none."""
        return str((self.kernelspec or {}).get("name", ""))

    @property
    def is_python(self) -> bool:
        """Whether its cells are Python, as far as it says."""
        return str((self.kernelspec or {}).get("language", "python")).lower() == "python"


def where_in(specs: Sequence[NotebookSpec], notebook: str) -> str:
    """Start of what is said of a notebook's cells, whose names another notebook may have too.

    Parameters
    ----------
    specs : sequence of NotebookSpec
        All of the assignment.
    notebook : str

    Returns
    -------
    str
        Empty for the only notebook of an assignment.
    """
    return f"{notebook}: " if len(specs) > 1 else ""


def normalize_notebook(
    notebook: NotebookNode, spec: NotebookSpec, notes: list[str], where: str = ""
) -> NotebookNode:
    """Rebuild a notebook from its cells' text and order, all else from the gradebook.

    Parameters
    ----------
    notebook : NotebookNode
        As handed in.
    spec : NotebookSpec
    notes : list of str
        Changes are appended, in Korean.
    where : str
        What each of these starts with.

    Returns
    -------
    NotebookNode
    """
    given = [cell for cell in notebook.cells if isinstance(cell, dict)]
    names = recognise_cells(given, spec)
    last = {name: index for index, name in names.items()}
    cells: list[NotebookNode] = []
    duplicated, edited, unmarked = [], [], []
    for index, cell in enumerate(given):
        cell_spec = spec.cells[names[index]] if index in names else None
        if cell_spec and cell_spec.name != _grade_id(cell):
            unmarked.append(cell_spec.name)
        if cell_spec and last[cell_spec.name] != index:  # as nbgrader does, the last one counts
            duplicated.append(cell_spec.name)
            cell_spec = None
        built = rebuild_cell(cell, cell_spec)
        if cell_spec and cell_spec.locked:
            if not same_text(built.source, cell_spec.released, cell_spec.source):
                edited.append(cell_spec.name)
            built.source = cell_spec.source
        cells.append(built)
    if duplicated:
        notes.append(f"{where}복사된 셀 (마지막 것만 채점): {', '.join(dict.fromkeys(duplicated))}")
    if unmarked:
        notes.append(f"{where}표시가 지워진 셀 (글과 자리로 알아봄): {', '.join(unmarked)}")
    if edited:
        notes.append(f"{where}고쳐진 잠긴 셀 (원래대로 되돌림): {', '.join(edited)}")
    _restore_lost(cells, spec, notes, where)
    metadata = {"kernelspec": spec.kernelspec} if spec.kernelspec else {}
    rebuilt: NotebookNode = new_notebook(cells=cells, metadata=metadata)
    return rebuilt


def recognise_cells(given: list[dict[str, Any]], spec: NotebookSpec) -> dict[int, str]:
    """Match submitted cells to the assignment's: by `grade_id`, else by text or position.

    Parameters
    ----------
    given : list of dict
        Cells as handed in.
    spec : NotebookSpec

    Returns
    -------
    dict of int to str
        Index to name; a name more than once if its cell was copied.
    """
    found = {i: name for i, cell in enumerate(given) if (name := _grade_id(cell)) in spec.cells}
    lost = [cell_spec for name, cell_spec in spec.cells.items() if name not in found.values()]
    for cell_spec in lost:
        if cell_spec.locked and cell_spec.released.strip():
            texts = cell_spec.released, cell_spec.source
            for i, cell in enumerate(given):
                if i not in found and same_text(source_of(cell), *texts):
                    found[i] = cell_spec.name
                    break
    order = list(spec.cells)
    for cell_spec in lost:
        if not cell_spec.locked:  # the first of its type between the matched neighbours
            place = order.index(cell_spec.name)
            at = {name: i for i, name in found.items()}
            start = max((at[name] + 1 for name in order[:place] if name in at), default=0)
            end = min((at[name] for name in order[place + 1 :] if name in at), default=len(given))
            for i in range(start, end):
                free = i not in found and _grade_id(given[i]) is None
                if free and given[i].get("cell_type") == cell_spec.cell_type:
                    found[i] = cell_spec.name
                    break
    return dict(sorted(found.items()))


def _restore_lost(
    cells: list[NotebookNode], spec: NotebookSpec, notes: list[str], where: str
) -> None:
    """Insert lost locked cells after the one they follow in the assignment."""
    names = [_grade_id(cell) for cell in cells]
    restored, lost = [], []
    place = 0
    for name, cell_spec in spec.cells.items():
        if name in names:
            place = names.index(name) + 1
        elif cell_spec.locked:
            cells.insert(place, rebuild_cell({"source": cell_spec.source}, cell_spec))
            names.insert(place, name)
            place += 1
            restored.append(name)
        else:
            lost.append(name)
    if restored:
        notes.append(f"{where}지워진 잠긴 셀 (다시 넣음): {', '.join(restored)}")
    if lost:
        notes.append(f"{where}지워진 답 셀: {', '.join(lost)}")


def same_text(text: str, *others: str) -> bool:
    """Whether a text equals one of some others, white space ignored.

    Parameters
    ----------
    text, *others : str

    Returns
    -------
    bool
    """
    return any(text.split() == other.split() for other in others)


def rebuild_cell(cell: dict[str, Any], cell_spec: CellSpec | None) -> NotebookNode:
    """Make a valid cell of a submitted one's text.

    Parameters
    ----------
    cell : dict
        As handed in.
    cell_spec : CellSpec or None
        Its type and marks; None for those of a cell without marks.

    Returns
    -------
    NotebookNode
    """
    kind = cell_spec.cell_type if cell_spec else cell.get("cell_type")
    identity = cell.get("id")
    if not (isinstance(identity, str) and re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", identity)):
        identity = secrets.token_hex(4)
    built: NotebookNode = (
        from_dict(  # not `new_code_cell`: the whole notebook is validated when it is written
            {
                "cell_type": kind if kind in ("code", "markdown") else "raw",
                "id": identity,
                "metadata": {"nbgrader": cell_spec.metadata()} if cell_spec else {},
                "source": _unicode(source_of(cell)),
            }
        )
    )
    if kind == "code":
        built |= {"execution_count": None, "outputs": []}
    attachments = cell.get("attachments")
    if kind == "markdown" and isinstance(attachments, dict):
        built.attachments = NotebookNode(
            {
                _unicode(name): {kind: _unicode(_joined(data)) for kind, data in bundle.items()}
                for name, bundle in attachments.items()
                if isinstance(bundle, dict)
            }
        )
    return built


def source_of(cell: dict[str, Any]) -> str:
    """Text of a submitted cell.

    Parameters
    ----------
    cell : dict

    Returns
    -------
    str
        Empty where it has none.
    """
    return _joined(cell.get("source", ""))


def _joined(text: Any) -> str:
    """Join a text that the file stores as a list of lines."""
    if isinstance(text, list):
        text = "".join(part for part in text if isinstance(part, str))
    return text if isinstance(text, str) else ""


def _unicode(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot encode."""
    return text.encode("utf-8", "replace").decode()


def _grade_id(cell: dict[str, Any]) -> str | None:
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else None
