"""Data flow between the cells of a notebook: which earlier cells bind the names a cell uses."""

import ast
import builtins
import symtable
from collections.abc import Sequence
from dataclasses import dataclass

from IPython.core.inputtransformer2 import TransformerManager


@dataclass(frozen=True)
class Names:
    """Global names of one cell.

    Attributes
    ----------
    bound : frozenset of str
        Assigned, imported or defined at the top level, or changed there through a method call,
        an attribute or an item (`model.compile(…)`, `x[0] = 1`).
    used : frozenset of str
        Read anywhere, in bodies of functions too; without built-ins.
    """

    bound: frozenset[str]
    used: frozenset[str]


def names(source: str) -> Names:
    """Find the global names that a cell binds and uses.

    Parameters
    ----------
    source : str
        Python, with or without IPython's magics.

    Returns
    -------
    Names

    Raises
    ------
    SyntaxError
        If it is no Python.
    """
    code: str = TransformerManager().transform_cell(source)
    top = symtable.symtable(code, "cell", "exec")
    bound = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    bound |= {child.get_name() for child in top.get_children() if child.get_type() != "module"}
    used = {s.get_name() for s in top.get_symbols() if s.is_referenced()} | _globals_below(top)
    changed = {name for node in ast.parse(code).body for name in _changed(node)}
    return Names(frozenset(bound | changed), frozenset(used) - frozenset(dir(builtins)))


def _globals_below(table: symtable.SymbolTable) -> set[str]:
    found: set[str] = set()
    for child in table.get_children():
        found |= {s.get_name() for s in child.get_symbols() if s.is_global()}
        found |= _globals_below(child)
    return found


def _changed(node: ast.stmt) -> list[str]:
    """Names whose objects a statement at the top level changes in place."""
    targets: list[ast.expr] = []
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            return []
        if isinstance(inner, ast.Assign):
            targets += inner.targets
        elif isinstance(inner, ast.AugAssign | ast.AnnAssign):
            targets.append(inner.target)
        elif isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call):
            targets.append(inner.value.func)
    return [
        root.id
        for target in targets
        if isinstance(target, ast.Attribute | ast.Subscript)
        and isinstance(root := _root(target), ast.Name)
    ]


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def needed_cells(sources: Sequence[str], index: int) -> list[int]:
    """Find the earlier cells that have to run before a cell.

    Parameters
    ----------
    sources : sequence of str
        Code cells in order.
    index : int
        The cell that is to run.

    Returns
    -------
    list of int
        Indices below `index`, in order.
    """
    cells = [names(source) for source in sources[:index]]
    wanted = set(names(sources[index]).used)
    needed = []
    for earlier in reversed(range(index)):
        cell = cells[earlier]
        if cell.bound & wanted:
            needed.append(earlier)
            # What the cell binds anew is not wanted from before; what it changes, it also uses.
            wanted = (wanted - (cell.bound - cell.used)) | cell.used
    return needed[::-1]
