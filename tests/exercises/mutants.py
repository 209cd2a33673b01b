"""Mutate the solutions and see which mutants the graded tests let pass.

  python tests/exercises/mutants.py [NAME…]

One mutation at a time: operators, comparisons, constants, axes, bounds, negated conditions,
dropped statements, dropped calls (clip, copy, maximum …). A survivor that no test could tell from
the solution, or that the contract leaves open, is listed with the reason in `survivors.yaml`.
"""

import ast
import copy
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import submissions
import yaml

LISTED = yaml.safe_load((Path(__file__).parent / "survivors.yaml").read_text()) or {}
#: Functions that train as well as they can: a mutant that scores less is no mistake.
SCORED = {"build_and_train"}
SECONDS = 60  # a mutant that runs longer is caught

OPERATORS: dict[type, list[type]] = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Add, ast.Div],
    ast.Div: [ast.Mult, ast.FloorDiv],
    ast.FloorDiv: [ast.Div, ast.Mult],
    ast.Mod: [ast.FloorDiv],
    ast.Pow: [ast.Mult],
    ast.BitAnd: [ast.BitOr],
    ast.BitOr: [ast.BitAnd],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt, ast.GtE],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt, ast.LtE],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.USub: [ast.UAdd],
}
#: Calls that a student may forget: the call is replaced by what it is applied to.
FORGETTABLE = {"clip", "copy", "maximum", "minimum", "max", "min", "abs", "sqrt", "log", "astype"}
FORGETTABLE |= {"deepcopy", "sorted", "reversed", "where", "transpose", "sum", "mean", "add"}


@dataclass(frozen=True)
class Mutant:
    """One changed solution; `change` shows the changed line, before and after."""

    function: str
    change: str
    source: str


def mutate(function: str, source: str) -> Iterator[Mutant]:
    """Make every mutant of a solution, each once."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            del node.body[0]
    before = ast.unparse(tree)
    seen = {before}
    for index, node in enumerate(ast.walk(tree)):
        for variant in range(_variants(node)):
            mutated = copy.deepcopy(tree)
            _change(list(ast.walk(mutated))[index], variant)
            after = ast.unparse(ast.fix_missing_locations(mutated))
            if after in seen:
                continue
            seen.add(after)
            try:
                compile(after, "<mutant>", "exec")
            except SyntaxError:
                continue
            yield Mutant(function, _difference(before, after), after)


def _difference(before: str, after: str) -> str:
    old, new = before.split("\n"), after.split("\n")
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return " | ".join(map(str.strip, old)) + "  =>  " + " | ".join(map(str.strip, new))


def _operators(node: ast.AST) -> list[type]:
    if isinstance(node, ast.Compare):
        return OPERATORS.get(type(node.ops[0]), []) if len(node.ops) == 1 else []
    if isinstance(node, (ast.BinOp, ast.BoolOp, ast.UnaryOp, ast.AugAssign)):
        return OPERATORS.get(type(node.op), [])
    return []


def _variants(node: ast.AST) -> int:
    """How many ways there are to change this node."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or node.value in ("valid", "same", "relu", "sigmoid"):
            return 1
        return 2 if isinstance(node.value, (int, float)) else 0
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        return 1
    if isinstance(node, ast.FunctionDef):
        return len(node.body)
    if isinstance(node, ast.For):
        return len(node.body)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        return int(name in FORGETTABLE) + len(node.keywords)
    if isinstance(node, ast.Tuple):
        return 1 if len(node.elts) > 1 and isinstance(node.ctx, ast.Load) else 0
    return len(_operators(node))


def _change(node: ast.AST, variant: int) -> None:
    if isinstance(node, ast.Constant):
        swapped = {"valid": "same", "same": "valid", "relu": "sigmoid", "sigmoid": "relu"}
        if isinstance(node.value, bool):
            node.value = not node.value
        elif isinstance(node.value, str):
            node.value = swapped[node.value]
        elif isinstance(node.value, int):
            node.value += (1, -1)[variant]
        else:
            node.value *= (2, 0.5)[variant]  # type: ignore[operator]
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, (ast.FunctionDef, ast.For)):
        node.body[variant] = ast.Pass()
    elif isinstance(node, ast.Call):
        if variant < len(node.keywords):
            del node.keywords[variant]
        else:
            inner = node.args[0] if node.args else node.func.value  # type: ignore[attr-defined]
            if isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name):
                inner = node.func.value
            _become(node, inner)
    elif isinstance(node, ast.Tuple):
        node.elts[0], node.elts[1] = node.elts[1], node.elts[0]
    elif isinstance(node, ast.Compare):
        node.ops[0] = _operators(node)[variant]()
    else:
        node.op = _operators(node)[variant]()  # type: ignore[attr-defined]


def _become(node: ast.AST, other: ast.AST) -> None:
    node.__class__ = other.__class__  # type: ignore[assignment]
    node.__dict__ = other.__dict__


class _TooLong(Exception):
    pass


def of_assignment(name: str) -> list[Mutant]:
    """Make the mutants of all solutions of an assignment."""
    answers = submissions.solution(name).answers
    return [
        mutant
        for function, source in answers.items()
        if function not in SCORED
        for mutant in mutate(function, source)
    ]


def survivors(name: str, chosen: list[Mutant]) -> list[Mutant]:
    """Run mutants of an assignment.

    Returns
    -------
    list of Mutant
        Those that lost no point.
    """
    task = submissions.solution(name)
    alive = []

    def too_long(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGALRM, too_long)
    for mutant in chosen:
        signal.alarm(SECONDS)
        try:
            lost = task.loses(mutant.function, mutant.source)
        except _TooLong:
            lost = True
        finally:
            signal.alarm(0)
        if not lost:
            alive.append(mutant)
    return alive


def listed(mutant: Mutant) -> str | None:
    """Return the reason why a survivor may live, or None."""
    return LISTED.get(mutant.function, {}).get(mutant.change)


def main() -> int:
    """Print the survivors that no reason is given for."""
    unexplained = 0
    for name in sys.argv[1:] or submissions.names():
        made = of_assignment(name)
        alive = survivors(name, made)
        print(f"{name}: {len(made)} mutants, {len(alive)} alive")
        for mutant in alive:
            if listed(mutant) is None:
                unexplained += 1
                print(f"  {mutant.function}: {mutant.change}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
