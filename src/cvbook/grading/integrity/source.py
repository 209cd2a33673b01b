"""Static analysis of cells: imports, names bound and read, and the token at the end of a test."""

import ast
import functools
import re
from collections.abc import Iterable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.inputtransformer2 import TransformerManager

#: Longest cell that is parsed, in characters.
MAX_SOURCE = 100_000


def readable(source: str) -> bool:
    """Whether a cell is short enough to parse: IPython parses it again for each magic.

    Parameters
    ----------
    source : str

    Returns
    -------
    bool
    """
    magics = len(re.findall(r"^\s*[%!?]|[?]\s*$", source, re.MULTILINE))
    return len(source) * (1 + magics / 20) <= MAX_SOURCE


@functools.lru_cache(1000)
def parsed(source: str) -> ast.Module:
    """Parse a cell with or without magics.

    Parameters
    ----------
    source : str

    Returns
    -------
    ast.Module
        Empty if the cell cannot be parsed.
    """
    if not readable(source):
        return ast.Module(body=[], type_ignores=[])
    for read in (str, _without_magics):
        try:
            return _tree(read(source))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return ast.Module(body=[], type_ignores=[])


def _tree(source: str) -> ast.Module:
    """Parse with another attempt where the interpreter fails.

    Before 3.11.8 and 3.12.2, CPython confuses the depth of a tree with that of another one which
    the garbage collector or another thread builds meanwhile (CPython's issue 106905).
    """
    try:
        return ast.parse(source)
    except SystemError:
        return ast.parse(source)


def _without_magics(source: str) -> str:
    transformer: Any = TransformerManager()
    return str(transformer.transform_cell(source))


def imports(sources: Iterable[str]) -> list[str]:
    """List the modules that cells import.

    Parameters
    ----------
    sources : iterable of str

    Returns
    -------
    list of str
        In order of appearance. Of `from a import b`, both `a` and `a.b`, which may be none.
    """
    found: dict[str, None] = {}
    for source in sources:
        for node in ast.walk(parsed(source)):
            if isinstance(node, ast.Import):
                found.update(dict.fromkeys(alias.name for alias in node.names))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module] = None
                found.update(dict.fromkeys(f"{node.module}.{alias.name}" for alias in node.names))
    return list(found)


def import_statements(sources: Iterable[str], made: Iterable[str] = ()) -> list[str]:
    """List the import statements that cells execute whatever else happens.

    Parameters
    ----------
    sources : iterable of str
    made : iterable of str
        Modules that the notebook itself makes: their imports are left out.

    Returns
    -------
    list of str
        Those at the top level of a cell, in order; without those of files beside the notebook.
    """
    found: dict[str, None] = {}
    for source in sources:
        for node in parsed(source).body:
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            else:
                continue
            if not {name.partition(".")[0] for name in names} & {*made, "__future__"}:
                found[ast.unparse(node)] = None
    return list(found)


def written_modules(sources: Iterable[str]) -> set[str]:
    """List the modules that cells may write as files.

    Parameters
    ----------
    sources : iterable of str

    Returns
    -------
    set of str
        Stems of all names in them that end in `.py`.
    """
    return {name for source in sources for name in re.findall(r"(\w+)\.py\b", source)}


@functools.lru_cache(1000)
def bound_names(source: str) -> frozenset[str]:
    """Names that the top level of a cell binds by import, `def`, `class` or assignment.

    Parameters
    ----------
    source : str

    Returns
    -------
    frozenset of str
    """
    found: set[str] = set()
    for node in parsed(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        else:
            found |= {
                name.id
                for name in ast.walk(node)
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
            }
    return frozenset(found)


@functools.lru_cache(1000)
def used_names(source: str) -> frozenset[str]:
    """Names that a cell reads anywhere.

    Parameters
    ----------
    source : str

    Returns
    -------
    frozenset of str
    """
    return frozenset(_read_names(parsed(source)))


def names_used_by(name: str, source: str) -> set[str]:
    """Names that the function or class of this name reads.

    Parameters
    ----------
    name : str
    source : str
        Of the cell that defines it.

    Returns
    -------
    set of str
        Empty for an import.
    """
    return {
        used
        for definition in parsed(source).body
        if isinstance(definition, ast.FunctionDef | ast.ClassDef) and definition.name == name
        for used in _read_names(definition)
    }


def _read_names(tree: ast.AST) -> set[str]:
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def shows_value(source: str) -> bool:
    """Whether the last statement of a cell is an expression, whose value is shown.

    Parameters
    ----------
    source : str

    Returns
    -------
    bool
    """
    body = parsed(source).body
    if not body or not isinstance(body[-1], ast.Expr):
        return False
    # IPython's own rule: a comment may follow the semicolon, and end in one.
    text = _python(source).replace("\r\n", "\n").replace("\r", "\n")
    return not DisplayHook.semicolon_at_end_of_expression(text)


def ends_in_print(source: str) -> bool:
    """Whether the last statement of a cell is a call of `print` or `display`.

    Parameters
    ----------
    source : str

    Returns
    -------
    bool
    """
    match parsed(source).body:
        case [*_, ast.Expr(ast.Call(ast.Name("print" | "display")))]:
            return True
    return False


def with_token(source: str, name: str, token: str) -> str:
    """Append `name = token` to a cell; the value that it shows stays.

    Parameters
    ----------
    source : str
    name : str
        A variable that nothing else uses; so is `name + "v"`.
    token : str

    Returns
    -------
    str
    """
    tree = parsed(source)
    proof = f"{name} = {token!r}"
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        text, last = _python(source), tree.body[-1]
        # Lines as Python counts them: `str.splitlines` splits at form feeds and U+2028 too.
        lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)", text)
        start = len("".join(lines[: last.lineno - 1]).encode()) + last.col_offset
        before = text.encode()[:start].decode()
        value = ast.get_source_segment(text, last) or ""
        shown = f"\n{name}v" if shows_value(source) else ""
        return f"{before}{name}v = ({value})\n{proof}{shown}"
    return f"{source}\n{proof}"


def without_token(text: str, name: str) -> str:
    """Remove from a traceback what `with_token` added to the source.

    Parameters
    ----------
    text : str
    name : str
        As given to `with_token`.

    Returns
    -------
    str
    """
    lines = []
    for line in text.split("\n"):
        start, opened, rest = line.partition(f"{name}v = (")
        if opened and rest.endswith(")") and rest.count("(") < rest.count(")"):
            rest = rest[:-1]
        lines.append((start + rest).replace(f"{name}v", "").replace(name, ""))
    return "\n".join(lines)


def has_magics(source: str) -> bool:
    """Whether a cell is no plain Python, but IPython's.

    Parameters
    ----------
    source : str

    Returns
    -------
    bool
    """
    try:
        _tree(source)
    except (SyntaxError, ValueError):
        return True
    return False


def _python(source: str) -> str:
    """The text whose tree `parsed` returns."""
    return _without_magics(source) if has_magics(source) else source
