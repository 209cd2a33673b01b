"""Live cells of a notebook: those that run on NumPy and Matplotlib alone, with what they need.

Found from imports and data flow. A cell whose statements only import and set up (the first of a
chapter) is taken apart, so that its import of Keras keeps no other cell from being live. Cell
metadata override what is found: `{"cvbook": {"live": false}}` keeps a cell still, and
`{"cvbook": {"live": true}}` names one that gets along without those of its own imports that the
browser lacks, such as one that catches the ImportError; what it needs must be live all the same.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cvbook.measure.dataflow import names
from cvbook.site.live import modules
from cvbook.site.live.flow import deferred_names, free_names

#: Names that are there without a cell.
PROVIDED = {"__name__", "display"}


@dataclass(frozen=True)
class Unit:
    """A cell, or one statement of a cell that only sets up.

    Attributes
    ----------
    index : int
        Of its cell in the notebook.
    source : str
    bound : frozenset of str
        Names that it binds, or whose objects it changes.
    free : frozenset of str
        Names that it needs from before.
    deferred : frozenset of str
        Names that its functions read when they are called.
    modules : frozenset of str or None
        What its imports need; None where the browser lacks it.
    whole : bool
        Whether it is the whole cell.
    """

    index: int
    source: str
    bound: frozenset[str]
    free: frozenset[str]
    deferred: frozenset[str]
    modules: frozenset[str] | None
    whole: bool


@dataclass(frozen=True)
class LiveCell:
    """A cell that a reader can run.

    Attributes
    ----------
    index : int
        In the notebook.
    source : str
    setup : str
        Statements of earlier cells that only set up.
    needs : tuple of int
        Indices of the earlier live cells to run before, in order.
    modules : frozenset of str
        As `modules.needs`, of all that runs.
    """

    index: int
    source: str
    setup: str
    needs: tuple[int, ...]
    modules: frozenset[str]


def live_cells(cells: Sequence[Mapping[str, Any]]) -> list[LiveCell]:
    """Find the live cells of a notebook.

    Parameters
    ----------
    cells : sequence of dict
        All cells of the notebook, as nbformat has them.

    Returns
    -------
    list of LiveCell
    """
    parts = _without_modules(
        [unit for index, cell in enumerate(cells) for unit in units(index, cell)]
    )
    parts = [_named(unit) if _setting(cells[unit.index]) is True else unit for unit in parts]
    found = []
    for position, unit in enumerate(parts):
        if unit.whole and _setting(cells[unit.index]) is not False:
            needed = _needed(parts[:position], unit, drawing=False)
            if needed and any("matplotlib" in (one.modules or ()) for one in (unit, *needed)):
                needed = _needed(parts[:position], unit, drawing=True)
            if needed is not None:
                found.append(_assemble(unit, needed))
    live = {cell.index for cell in found}
    # A cell is live only together with all that it needs.
    return [cell for cell in found if live.issuperset(cell.needs)]


def _setting(cell: Mapping[str, Any]) -> bool | None:
    setting: bool | None = cell["metadata"].get("cvbook", {}).get("live")
    return setting


def _named(unit: Unit) -> Unit:
    """Leave out what the browser lacks; a magic stays impossible, which only IPython runs."""
    if not unit.whole or unit.modules is not None:
        return unit
    try:
        tree = ast.parse(unit.source)
    except SyntaxError:
        return unit
    had = [more for more in _imported(tree) if more is not None]
    return replace(unit, modules=frozenset().union(*had))


def _without_modules(units: Sequence[Unit]) -> list[Unit]:
    """Take for unchanged what is imported: `plt.show()` changes nothing that others need."""
    imported = {name for unit in units if not unit.whole for name in unit.bound}
    return [
        replace(unit, bound=unit.bound - (imported & unit.free)) if unit.whole else unit
        for unit in units
    ]


def units(index: int, cell: Mapping[str, Any]) -> Iterator[Unit]:
    """Take a cell apart if it only sets up.

    Parameters
    ----------
    index : int
    cell : dict

    Yields
    ------
    Unit
        None for a text.
    """
    if cell["cell_type"] != "code":
        return
    try:
        tree = ast.parse(cell["source"])
    except SyntaxError:  # a magic, which IPython alone runs
        found = names(cell["source"])
        yield Unit(index, cell["source"], found.bound, found.used, found.used, None, whole=True)
        return
    if isinstance(next(iter(tree.body), None), ast.Import | ast.ImportFrom) and (
        all(map(_sets_up, tree.body))
    ):
        for statement in tree.body:
            for part in _split(statement):
                yield _unit(index, ast.unparse(part), part, whole=False)
    else:
        yield _unit(index, cell["source"], tree, whole=True)


def _unit(index: int, source: str, tree: ast.AST, whole: bool) -> Unit:
    body = tree if isinstance(tree, ast.Module) else ast.parse(source)
    free, deferred = free_names(body), deferred_names(body)
    return Unit(index, source, names(source).bound, free, deferred, _modules(tree), whole)


def _sets_up(statement: ast.stmt) -> bool:
    """Whether it is an import, or sets what is imported up.

    Such as `plots.use_style()` or `plt.rcParams["font.size"] = 13`.
    """
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return isinstance(statement.value.func, ast.Attribute)
    if isinstance(statement, ast.Assign):
        return all(isinstance(to, ast.Attribute | ast.Subscript) for to in statement.targets)
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _split(statement: ast.stmt) -> list[ast.stmt]:
    """One import for each name, since the browser may have only one of them."""
    if isinstance(statement, ast.Import):
        return [ast.Import([alias]) for alias in statement.names]
    if isinstance(statement, ast.ImportFrom):
        return [
            ast.ImportFrom(statement.module, [alias], statement.level) for alias in statement.names
        ]
    return [statement]


def _modules(tree: ast.AST) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for more in _imported(tree):
        if more is None:
            return None
        found |= more
    return found


def _imported(tree: ast.AST) -> Iterator[frozenset[str] | None]:
    for node in ast.walk(tree):
        yield from map(modules.needs, modules.imports(node))


def _needed(earlier: Sequence[Unit], unit: Unit, drawing: bool) -> list[Unit] | None:
    """The units to run before, in order, or None where the browser cannot run one of them.

    Calls that set up, such as `plots.use_style()`, bind nothing that a cell names; a cell that
    draws needs those before it.
    """
    called = unit.deferred - unit.bound
    while True:
        found = _before(earlier, unit.free, called, drawing)
        if unit.modules is None or found is None:
            return None
        # A function reads its globals when it is called: as they are then, not at its definition.
        deferred = frozenset().union(*(one.deferred for one in found)) - unit.bound
        if deferred <= called:
            return found
        called |= deferred


def _before(
    earlier: Sequence[Unit], names: frozenset[str], called: frozenset[str], drawing: bool
) -> list[Unit] | None:
    """The units that bind these names, and those that they need in turn."""
    wanted, deferred, needed = set(names), set(called), []
    imported = {name for one in earlier if not one.whole and one.modules for name in one.bound}
    for before in reversed(earlier):
        sets_up = drawing and not before.whole and bool(before.bound & before.free)
        if before.bound & (wanted | deferred) or (sets_up and before.free <= imported):
            if before.modules is None:
                return None
            needed.append(before)
            wanted = (wanted - before.bound) | before.free
            deferred = (deferred - before.bound) | before.deferred
    return needed[::-1] if wanted <= PROVIDED else None


def _assemble(unit: Unit, needed: Sequence[Unit]) -> LiveCell:
    setup = [before for before in needed if not before.whole]
    return LiveCell(
        unit.index,
        unit.source,
        "\n".join(before.source for before in setup),
        tuple(before.index for before in needed if before.whole),
        frozenset().union(*(one.modules or () for one in (unit, *needed))),
    )
