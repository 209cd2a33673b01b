"""Which modules the reader's browser has: those of Python, NumPy, Matplotlib, and ours on these."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
#: Not in a browser: processes, threads and sockets.
ABSENT = frozenset(
    {
        *("asyncio", "concurrent", "multiprocessing", "subprocess", "threading"),
        *("ctypes", "fcntl", "resource", "select", "signal", "termios"),
        *("socket", "ssl"),
        *("curses", "dbm", "distutils", "lzma", "sqlite3", "tkinter", "turtle"),
    }
)
#: Loaded only when a cell needs them.
DRAWING = frozenset({"PIL", "cycler", "koreanize_matplotlib", "matplotlib"})
SMALL = frozenset({"numpy"})


@cache
def needs(module: str) -> frozenset[str] | None:
    """Find what a module imports as it is imported.

    Parameters
    ----------
    module : str
        Its full name.

    Returns
    -------
    frozenset of str or None
        The modules of ours that are needed, with it, and `"matplotlib"` where it draws; None where
        the browser lacks any of it.
    """
    found: set[str] = set()
    left = [module]
    while left:
        name = left.pop()
        top = name.partition(".")[0]
        if top == "cvbook":
            if name not in found:
                if (file := find(name)) is None:
                    return None
                found.add(name)
                left += [*_parents(name), *_imported(file)]
        elif top in DRAWING:
            found.add("matplotlib")
        elif top not in SMALL and (top in ABSENT or top not in sys.stdlib_module_names):
            return None
    return frozenset(found)


def _parents(name: str) -> Iterator[str]:
    if "." in name:
        yield name.rpartition(".")[0]


def find(module: str) -> Path | None:
    """Find the file of a module of `cvbook`.

    Parameters
    ----------
    module : str
        Its full name.

    Returns
    -------
    Path or None
        None where there is none.
    """
    place = PACKAGE.joinpath(*module.split(".")[1:])
    for file in (place / "__init__.py", place.with_suffix(".py")):
        if file.is_file():
            return file
    return None


def _imported(file: Path) -> Iterator[str]:
    """Modules that a file imports at its top level, where conditions do not hold."""
    for statement in ast.parse(file.read_text()).body:
        yield from imports(statement)


def imports(statement: ast.AST) -> Iterator[str]:
    """List the modules that an import statement names.

    Parameters
    ----------
    statement : ast.AST
        Any; only imports name modules.

    Yields
    ------
    str
        `package.name` for `from package import name` where that is a module of ours.
    """
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module:
        names = [f"{statement.module}.{alias.name}" for alias in statement.names]
        inner = [name for name in names if name.startswith("cvbook.") and find(name)]
        yield from inner
        if len(inner) < len(names):
            yield statement.module
