"""Settings, and the code that they name, described alike in every process and on every machine."""

import dataclasses
import functools
import hashlib
import site
import sys
import sysconfig
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from traitlets.config.loader import LazyConfigValue

import cvbook


def of_setting(value: Any) -> str:
    """Describe a setting without memory addresses.

    Code of the configuration itself counts with the file that it is in; `modules` has the others.

    Parameters
    ----------
    value : object
        Also a class, a function, or an object of the configuration's own.

    Returns
    -------
    str
    """
    return _described(value, ())


def _described(value: Any, around: tuple[int, ...]) -> str:
    """Describe a setting inside objects with some ids: one of these ends the description."""
    if id(value) in around:
        return type(value).__name__
    inside = (*around, id(value))
    if isinstance(value, dict):
        items = sorted((str(key), _described(one, inside)) for key, one in value.items())
        return f"{type(value).__name__}{items}"
    if isinstance(value, list | tuple | deque | set | frozenset):
        parts = [_described(one, inside) for one in value]
        parts = sorted(parts) if isinstance(value, set | frozenset) else parts
        return f"{type(value).__name__}{parts}"
    if isinstance(value, LazyConfigValue):  # `c.….append(…)`
        return f"LazyConfigValue{_described(value.to_dict(), inside)}"
    if isinstance(value, functools.partial):
        return f"partial{_described([value.func, value.args, value.keywords], inside)}"
    kind = value if hasattr(value, "__qualname__") else type(value)
    named = f"{kind.__module__}.{kind.__qualname__}"
    imported = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    files = {path for path in _files(value) if is_course_code(path)}
    hashes = sorted(digest(path) for path in files if str(path) not in imported)
    if kind is value:
        return f"{named}{hashes}"
    shown = repr(value)
    if dataclasses.is_dataclass(value) or " at 0x" in shown:  # sets have any order, ids change
        shown = _described(_attributes(value), inside)
    return f"{named}{hashes}{shown}"


def _attributes(value: Any) -> dict[str, Any]:
    """Attributes of an object, those in slots too."""
    names = []
    for kind in type(value).__mro__:
        own = vars(kind).get("__slots__", ())
        for name in [own] if isinstance(own, str) else own:
            private = name.startswith("__") and not name.endswith("__")
            names.append(f"_{kind.__name__.lstrip('_')}{name}" if private else name)
    return {name: getattr(value, name) for name in names if hasattr(value, name)} | getattr(
        value, "__dict__", {}
    )


def modules() -> dict[str, str]:
    """Hash the imported modules that belong to no installed package, wherever they are.

    Returns
    -------
    dict of str to str
        Name to hash.
    """
    found = {}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and name != "__main__" and is_course_code(Path(file)):
            found[name] = digest(Path(file))
    return found


def digest(path: Path) -> str:
    """Hash a file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        Empty if there is no such file.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError:
        return ""


def is_installed(path: Path) -> bool:
    """Whether a file belongs to an installed distribution or to Python.

    Parameters
    ----------
    path : Path

    Returns
    -------
    bool
    """
    # Debian's folder, and those of overlays, are not among this environment's own.
    if {"site-packages", "dist-packages"} & set(path.parts):
        return True
    return any(path.is_relative_to(place) for place in _installed_places())


def is_course_code(path: Path) -> bool:
    """Whether a file is code that the configuration brings: neither installed nor this package's.

    Parameters
    ----------
    path : Path

    Returns
    -------
    bool
    """
    own = Path(cvbook.__file__).parent
    is_file = path.is_absolute() and path.is_file()
    return is_file and not path.is_relative_to(own) and not is_installed(path)


@functools.cache
def _installed_places() -> frozenset[str]:
    names = ("purelib", "platlib", "stdlib", "platstdlib")
    return frozenset([*map(sysconfig.get_path, names), site.getusersitepackages()])


def _files(value: Any) -> Iterator[Path]:
    """Files of the functions of a value: its own, those of its class, and of what that inherits."""
    parts = [value]
    for one in (value if isinstance(value, type) else type(value)).__mro__:
        parts += vars(one).values()
    for part in parts:
        function = getattr(part, "fget", None) or getattr(part, "__func__", part)
        code = getattr(function, "__code__", None)
        yield Path(getattr(code, "co_filename", ""))
