"""Names that a cell needs from before it: those it reads before it binds them itself.

`cvbook.measure.dataflow` says which names a cell binds and reads anywhere; a chapter binds short
names such as `x` again and again, so here the order of statements counts too.
"""

import ast
import copy
from collections.abc import Iterable

from cvbook.measure.dataflow import names


def free_names(tree: ast.Module) -> frozenset[str]:
    """Find the global names that a cell reads before it binds them, as it runs.

    Parameters
    ----------
    tree : ast.Module
        The cell.

    Returns
    -------
    frozenset of str
    """
    free: set[str] = set()
    _read(tree.body, set(), free)
    return frozenset(free)


def deferred_names(tree: ast.AST) -> frozenset[str]:
    """Find the global names that functions of a cell read when they are called.

    Parameters
    ----------
    tree : ast.AST
        The cell.

    Returns
    -------
    frozenset of str
    """
    if isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef):
        return names(ast.unparse(tree)).used  # with those of functions inside, which see its own
    return frozenset().union(*map(deferred_names, ast.iter_child_nodes(tree)))


def _read(statements: Iterable[ast.stmt], bound: set[str], free: set[str]) -> set[str]:
    """Add to `free` what the statements read unbound; return what is bound after them."""
    for statement in statements:
        if isinstance(statement, ast.For):
            _read([ast.Expr(statement.iter)], bound, free)
            inner = _read(statement.body, bound | _stored(statement.target), free)
            _read(statement.orelse, inner, free)
        elif isinstance(statement, ast.With):
            for item in statement.items:
                _read([ast.Expr(item.context_expr)], bound, free)
                bound = bound | (_stored(item.optional_vars) if item.optional_vars else set())
            bound = _read(statement.body, bound, free)
        elif isinstance(statement, ast.If):
            _read([ast.Expr(statement.test)], bound, free)
            branches = [_read(part, bound, free) for part in (statement.body, statement.orelse)]
            bound = branches[0] & branches[1]
        else:
            found = names(ast.unparse(_without_body(statement)))
            changed = _stored(statement.target) if isinstance(statement, ast.AugAssign) else set()
            free |= (found.used | changed) - bound
            bound = bound | _binds(statement, found.bound)
    return bound


def _without_body(statement: ast.stmt) -> ast.stmt:
    """What a definition reads as it is made: its decorators and default values."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        statement = copy.copy(statement)
        statement.body = [ast.Pass()]
    return statement


def _binds(statement: ast.stmt, bound: frozenset[str]) -> frozenset[str]:
    """What a statement binds for certain."""
    return frozenset() if isinstance(statement, ast.While | ast.Try) else bound


def _stored(target: ast.expr) -> set[str]:
    return {
        node.id
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
