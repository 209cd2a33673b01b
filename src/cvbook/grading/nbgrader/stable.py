"""Settings, and the code that they name, described alike in every process and on every machine."""

import functools
import hashlib
import site
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cvbook


def of_setting(value: Any) -> str:
    """Describe a setting without memory addresses, with the files that define its code.

    Parameters
    ----------
    value : object
        Also a class, a function, or an object of the configuration's own.

    Returns
    -------
    str
    """
    if isinstance(value, dict):
        items = sorted((str(key), of_setting(one)) for key, one in value.items())
        return f"{type(value).__name__}{items}"
    if isinstance(value, list | tuple | set | frozenset):
        parts = [of_setting(one) for one in value]
        return (
            f"{type(value).__name__}{parts if isinstance(value, list | tuple) else sorted(parts)}"
        )
    if isinstance(value, functools.partial):
        return f"partial{of_setting([value.func, value.args, value.keywords])}"
    kind = value if hasattr(value, "__qualname__") else type(value)
    named = f"{kind.__module__}.{kind.__qualname__}"
    files = sorted({digest(path) for path in _files(value) if not is_installed(path)})
    if kind is value:
        return f"{named}{files}"
    shown = repr(value)
    if shown == object.__repr__(value):  # its address
        shown = of_setting(vars(value))
    return f"{named}{files}{shown}"


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
    """Whether a file belongs to an installed distribution, to Python or to this package.

    Parameters
    ----------
    path : Path

    Returns
    -------
    bool
    """
    return any(path.is_relative_to(place) for place in _installed_places())


@functools.cache
def _installed_places() -> frozenset[str]:
    names = ("purelib", "platlib", "stdlib", "platstdlib")
    own = str(Path(cvbook.__file__).parent)
    return frozenset([*map(sysconfig.get_path, names), site.getusersitepackages(), own])


def _files(value: Any) -> Iterator[Path]:
    """Files of the functions of a value: its own, those of its class, and of what that inherits."""
    parts = [value]
    for one in (value if isinstance(value, type) else type(value)).__mro__:
        parts += vars(one).values()
    for part in parts:
        function = getattr(part, "fget", None) or getattr(part, "__func__", part)
        code = getattr(function, "__code__", None)
        path = Path(getattr(code, "co_filename", ""))
        if path.is_absolute() and path.is_file():
            yield path
