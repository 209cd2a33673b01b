"""A course's settings of the integrity checks, made in its `nbgrader_config.py`.

    c.IntegrityGuard.watched_modules = {"mycourse": ["mycourse.checkers.*"]}
    c.IntegrityReview.answer_modules = ["mycourse.solutions"]
    c.TestValues.values = {"MYCOURSE_SEED": os.environ.get("MYCOURSE_SEED", "")}

Nothing is set by default: a course whose tests use only installed libraries needs nothing.
"""

import importlib.util
import pkgutil
from collections.abc import Iterable
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

from traitlets import Dict, List, TraitError, Unicode
from traitlets.config import Config, Configurable

from cvbook.errors import CvbookError
from cvbook.grading.integrity import source

#: Modules that belong to a library: what tests call may be implemented there.
LIBRARY_MODULES = {
    "numpy": (
        "numpy.testing",
        "numpy.testing._private.utils",
        "numpy._core._methods",
        "numpy._core.fromnumeric",
        "numpy._core.multiarray",
        "numpy._core.numeric",
        "numpy.linalg",
        "numpy.random",
    ),
    "keras": ("keras.layers", "keras.ops", "keras.random", "keras.utils"),
    "tensorflow": ("tensorflow.math", "tensorflow.nn"),
}


class IntegrityGuard(Configurable):
    """Setting: the modules that a student's code must not change."""

    watched_modules = Dict(
        key_trait=Unicode(),
        value_trait=List(Unicode()),
        help="""Modules to watch when the assignment's own cells import a package: package name to
        module names. A name that ends in `.*` means the package and all its submodules.""",
    ).tag(config=True)

    def modules(self, sources: Iterable[str]) -> tuple[str, ...]:
        """List the modules to import and to watch for an assignment.

        Parameters
        ----------
        sources : iterable of str
            The assignment's own code cells.

        Returns
        -------
        tuple of str

        Raises
        ------
        CvbookError
            If a configured module does not exist, whether this assignment imports it or not.
        """
        configured = {
            package: _existing(names, "IntegrityGuard.watched_modules")
            for package, names in sorted(self.watched_modules.items())
        }
        modules: dict[str, None] = {}
        for name in source.imports(sources):
            package = name.partition(".")[0]
            modules[name] = None
            modules.update(dict.fromkeys(LIBRARY_MODULES.get(package, ())))
            modules.update(dict.fromkeys(configured.get(package, ())))
        return tuple(modules)


class IntegrityReview(Configurable):
    """Setting: the modules that hold answers; a student's cell that imports one is flagged."""

    answer_modules = List(
        Unicode(), help="Module names; a submodule of a listed one is flagged too."
    ).tag(config=True)

    def modules(self) -> tuple[str, ...]:
        """List the modules that hold answers.

        Returns
        -------
        tuple of str
            Sorted.

        Raises
        ------
        CvbookError
            If one does not exist.
        """
        return tuple(sorted(_existing(self.answer_modules, "IntegrityReview.answer_modules")))


class TestValues(Configurable):
    """Setting: values that tests read and students must not know, such as a seed."""

    values = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="""Environment variable to value. It is set while a locked test cell runs that names
        it, and at no other time; one with an empty value is not set.""",
    ).tag(config=True)

    def named_in(self, sources: Iterable[str]) -> dict[str, str]:
        """Choose the values that an assignment's tests name.

        Parameters
        ----------
        sources : iterable of str
            The locked test cells.

        Returns
        -------
        dict of str to str
            Empty values too.
        """
        text = "\n".join(sources)
        return {name: value for name, value in sorted(self.values.items()) if name in text}


def test_values(config: Config, sources: Iterable[str]) -> dict[str, str]:
    """Read the values that an assignment's tests name.

    Parameters
    ----------
    config : Config
        Of the course.
    sources : iterable of str
        The locked test cells.

    Returns
    -------
    dict of str to str
        Empty values too.

    Raises
    ------
    CvbookError
        If a value is no string.
    """
    try:
        return TestValues(config=config).named_in(sources)
    except TraitError as error:
        raise CvbookError(f"wrong setting – nbgrader_config.py – {error}") from error


def from_config(config: Config) -> tuple[IntegrityGuard, IntegrityReview]:
    """Read both settings.

    Parameters
    ----------
    config : Config
        Of the course.

    Returns
    -------
    tuple of IntegrityGuard and IntegrityReview

    Raises
    ------
    CvbookError
        If a value has the wrong type.
    """
    try:
        return IntegrityGuard(config=config), IntegrityReview(config=config)
    except TraitError as error:
        raise CvbookError(f"wrong setting – nbgrader_config.py – {error}") from error


def _existing(names: Iterable[str], setting: str) -> list[str]:
    found: dict[str, None] = {}
    for name in names:
        matches = find_modules(name)
        if not matches:
            raise CvbookError(
                f"no such module – {name} in {setting} of nbgrader_config.py – correct the name, "
                "or install the package"
            )
        found.update(dict.fromkeys(matches))
    return list(found)


def find_modules(pattern: str) -> list[str]:
    """Find installed modules without importing them.

    Parameters
    ----------
    pattern : str
        A module's full name; with `.*` at its end, the package and all its submodules.

    Returns
    -------
    list of str
        Sorted; empty if there is no such module.
    """
    name = pattern.removesuffix(".*")
    spec = _find_spec(name)
    if spec is None:
        return []
    return sorted([name, *_submodules(name, spec)]) if name != pattern else [name]


def find_origin(name: str) -> Path | None:
    """Find the file of a module without importing it.

    Parameters
    ----------
    name : str

    Returns
    -------
    Path or None
        None if there is no such module, or it has no file.
    """
    spec = _find_spec(name)
    return Path(spec.origin) if spec is not None and spec.has_location and spec.origin else None


def _find_spec(name: str) -> ModuleSpec | None:
    """Find a module like `importlib.util.find_spec`, which would import its packages."""
    top, *parts = name.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    for part in parts:
        if spec is None or spec.submodule_search_locations is None:
            return None
        spec = PathFinder.find_spec(f"{spec.name}.{part}", spec.submodule_search_locations)
    return spec


def _submodules(name: str, spec: ModuleSpec) -> list[str]:
    found = []
    for module in pkgutil.iter_modules(spec.submodule_search_locations or [], f"{name}."):
        if module.name == f"{name}.__main__":  # a program: importing it would run it
            continue
        found.append(module.name)
        inner = module.ispkg and _find_spec(module.name)
        if inner:
            found += _submodules(module.name, inner)
    return found
