"""Cache key of an executed notebook: a digest of everything that its outputs depend on."""

import ast
import hashlib
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from cvbook import results
from cvbook.reproduce.frontend import SUFFIXES
from cvbook.reproduce.notebooks import code_cells, widget_models

#: Libraries whose versions affect outputs.
LIBRARIES = ("ipywidgets", "keras", "matplotlib", "numpy", "scikit-learn", "scipy", "tensorflow")

#: Loading of stored measurements: the file's name without its ending.
_RESULTS = re.compile(r"""results\.load\(\s*["']([\w.-]+)["']""")
_MAGIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)


def cache_key(notebook: NotebookNode, folder: Path = Path()) -> str:
    """Digest of what a notebook's outputs depend on, and of the outputs themselves.

    Parameters
    ----------
    notebook : NotebookNode
        Executed or not.
    folder : Path
        Folder of the notebook, which holds the stored measurements that it loads.

    Returns
    -------
    str
        Changes with the code, the modules of cvbook and the stored measurements it loads, the data
        set, the libraries' versions and the stored outputs. It does not depend on text cells, on
        comments, docstrings, formatting and paths of modules, nor on the JavaScript and CSS of
        widgets.
    """
    cells = code_cells(notebook)
    parts = [[cell.source, cell.execution_count, cell.outputs] for cell in cells]
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode())
    digest.update(json.dumps(_widgets_without_frontend(notebook), sort_keys=True).encode())
    for file in sorted(map(_file_digest, imported_files(cell.source for cell in cells))):
        digest.update(file)  # by content, so that a renamed module changes nothing
    for path in _loaded_results([cell.source for cell in cells], folder):
        digest.update(path.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    digest.update(_data_set().encode())
    return digest.hexdigest()


def _loaded_results(sources: Iterable[str], folder: Path) -> list[Path]:
    names = {name for source in sources for name in _RESULTS.findall(source)}
    paths = [folder / results.FOLDER / f"{name}.json" for name in sorted(names)]
    return [path for path in paths if path.is_file()]


def _widgets_without_frontend(notebook: NotebookNode) -> dict[str, Any]:
    return {
        name: {**model, "state": {k: v for k, v in model["state"].items() if k not in SUFFIXES}}
        for name, model in widget_models(notebook).items()
    }


def _file_digest(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".py":
        content = ast.dump(_without_docstrings(ast.parse(content))).encode()
    return hashlib.sha256(content).digest()


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ) and (ast.get_docstring(node, clean=False) is not None):
            del node.body[0]
    return tree


def _data_set() -> str:
    from cvbook.datasets import location

    folder, _ = location.chosen()
    return str(folder or f"drawn {location.COUNT} {location.SIZE} {location.SEED}")


def imported_files(sources: Iterable[str]) -> list[Path]:
    """Files of cvbook that code imports, directly or through other modules of cvbook.

    Parameters
    ----------
    sources : iterable of str
        Python code; lines of IPython magic are left out.

    Returns
    -------
    list of Path
        Modules.
    """
    import cvbook

    root = Path(cvbook.__file__).parent
    found: dict[Path, None] = {}
    queue = [name for source in sources for name in _imported_names(_MAGIC.sub("", source), "")]
    while queue:
        name = queue.pop()
        base = root.joinpath(*name.split(".")[1:])
        path = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
        if not path.is_file() or path in found:
            continue
        found[path] = None
        if name != "cvbook":
            package = name if base.is_dir() else name.rpartition(".")[0]
            queue += [name.rpartition(".")[0], *_imported_names(path.read_text("utf-8"), package)]
    return sorted(found)


def _imported_names(source: str, package: str) -> Iterator[str]:
    """Absolute names under cvbook that code may import: modules, or attributes of modules."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] == "cvbook")
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if node.level:
                module = importlib.util.resolve_name(module, package)
            if module.split(".")[0] == "cvbook":
                yield module
                yield from (f"{module}.{alias.name}" for alias in node.names)
