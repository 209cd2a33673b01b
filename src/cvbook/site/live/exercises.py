"""One page for each assignment, from the released notebook: texts, editors, tests, points.

Answers and hidden tests are not in that notebook, so they cannot be on the site.
"""

import ast
import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from sphinx.application import Sphinx

from cvbook import arithmetic, reference
from cvbook._mathml import mathml
from cvbook.measure.dataflow import names
from cvbook.site.live import cells
from cvbook.site.live.flow import deferred_names, free_names
from cvbook.site.live.page_data import data_script

MATHS_OPENING = '<div class="math" tabindex="0" role="group" aria-label="수식">'
Cell = Mapping[str, Any]
#: Modules, as parameters of a test cell, that a browser lacks.
NEED_KERAS = {"keras", "layers"}


def live_tasks(notebook: Mapping[str, Any]) -> set[str]:
    """Find the tasks of an assignment whose tests run without Keras.

    Parameters
    ----------
    notebook : dict
        A released notebook.

    Returns
    -------
    set of str
        Names of the functions to write.
    """
    sources: dict[str, list[str]] = {}
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and (marks.get("solution") or marks.get("grade")):
            sources.setdefault(marks["grade_id"].partition("-")[0], []).append(cell["source"])
    available = _available(notebook)
    return {
        name
        for name, parts in sources.items()
        if _is_comparable(name, parts) and _runs(parts, available | {name})
    }


def _is_comparable(name: str, sources: list[str]) -> bool:
    """Whether results can be compared with something where Keras is not installed.

    That is a function of ours with the task's name, or what the test cases state themselves.
    """
    return hasattr(reference, name) or hasattr(arithmetic, name) or _state_outcomes(sources)


def _state_outcomes(sources: list[str]) -> bool:
    """Whether every `checks.call(…)` goes on with its expected outcome, as in `….gives(…)`."""
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and _is_case(node)]
    refined = [
        node.value
        for node in nodes
        if isinstance(node, ast.Attribute) and node.attr in ("gives", "fits", "raises")
    ]
    return bool(calls) and all(call in refined for call in calls)


def _is_case(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "checks.call"


def _available(notebook: Mapping[str, Any]) -> set[str]:
    """Names that the setup cells bind in the browser."""
    units = (unit for cell in notebook["cells"] if _is_setup(cell) for unit in cells.units(0, cell))
    return {name for unit in units if unit.modules is not None for name in unit.bound}


def _elsewhere(notebook: Mapping[str, Any], live: set[str]) -> set[int]:
    """Find the cells of code to try that need Keras, by their indices.

    Words of comments count: some calls are there for the student to uncomment.
    """
    marks = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
    absent = {one["grade_id"] for one in marks if one.get("solution")} - live
    available = _available(notebook) | live
    found = set()
    for index, cell in enumerate(notebook["cells"]):
        if _is_setup(cell):
            for unit in cells.units(0, cell):
                if unit.modules is None or _reads(unit.source) & absent:
                    absent |= unit.bound
        elif cell["cell_type"] == "code" and not marks[index]:
            comments = " ".join(re.findall(r"#.*", cell["source"]))
            bound = names(cell["source"]).bound
            if (_reads(cell["source"]) - bound | set(re.findall(r"\w+", comments))) & absent:
                absent |= bound - available
                found.add(index)
    return found


def _reads(source: str) -> frozenset[str]:
    """Names that code or the functions in it take from elsewhere."""
    tree = ast.parse(source)
    return free_names(tree) | deferred_names(tree)


def _runs(sources: list[str], available: set[str]) -> bool:
    """Whether the answer and the tests of a task run, one after another."""
    for source in sources:
        tree, bound = ast.parse(source), names(source).bound
        read = free_names(tree) | (deferred_names(tree) - bound)
        if not read <= available or _asks_for_keras(tree) or "checks.tensor" in source:
            return False
        available = available | bound
    return True


def _asks_for_keras(tree: ast.Module) -> bool:
    """Whether an isolated test cell has a module as its parameter that a browser lacks."""
    return any(
        isinstance(node, ast.FunctionDef)
        and "checks.isolated" in map(ast.unparse, node.decorator_list)
        and {argument.arg for argument in node.args.args} & NEED_KERAS
        for node in tree.body
    )


def _is_setup(cell: Cell) -> bool:
    marks = cell["metadata"].get("nbgrader")
    return cell["cell_type"] == "code" and bool(marks) and not (marks["solution"] or marks["grade"])


def setup_source(notebook: Mapping[str, Any]) -> str:
    """Return what a browser can run of the setup cells.

    Parameters
    ----------
    notebook : dict
        A released notebook.

    Returns
    -------
    str
    """
    units = [unit for cell in notebook["cells"] if _is_setup(cell) for unit in cells.units(0, cell)]
    return "\n".join(unit.source for unit in units if unit.modules is not None)


def body(notebook: Mapping[str, Any], live: set[str]) -> str:
    """Write the page's text, with a place for each cell that the script fills.

    Parameters
    ----------
    notebook : dict
        A released notebook.
    live : set of str
        As `live_tasks` finds them.

    Returns
    -------
    str
        HTML.
    """
    elsewhere = _elsewhere(notebook, live)
    return "\n".join(
        part
        for index, cell in enumerate(notebook["cells"])
        for part in _parts(index, cell, live, elsewhere)
    )


def _parts(index: int, cell: Cell, live: set[str], elsewhere: set[int]) -> Iterator[str]:
    marks = cell["metadata"].get("nbgrader", {})
    code = f'<pre class="exercise-code"><code>{html.escape(cell["source"])}</code></pre>'
    if cell["cell_type"] == "markdown":
        if marks.get("solution"):
            text = render(cell["source"])
            yield f'<div class="exercise-written" data-cell="{index}">{text}</div>'
        else:
            yield render(cell["source"])
    elif marks.get("solution"):
        name = marks["grade_id"]
        kind = "live" if name in live else "elsewhere"
        yield f'<div class="exercise-answer" data-cell="{index}" data-kind="{kind}">{code}</div>'
    elif marks.get("grade") or marks.get("grade_id") == "setup":
        return
    elif _is_setup(cell):  # code that is given
        yield _highlighted(cell["source"])
    else:
        kind = "elsewhere" if index in elsewhere else "live"
        yield f'<div class="exercise-try" data-cell="{index}" data-kind="{kind}">{code}</div>'


def _highlighted(source: str, language: str = "python") -> str:
    """Code in the colours of the chapters."""
    code = html.escape(source)
    if language == "python":
        code = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))
    return f'<div class="highlight"><pre tabindex="0">{code}</pre></div>'


def render(markdown: str) -> str:
    """Convert the text of a cell.

    Parameters
    ----------
    markdown : str

    Returns
    -------
    str
        HTML, with formulas as MathML.
    """

    def formula(latex: str, options: Mapping[str, Any]) -> str:
        return mathml(latex, bool(options["display_mode"]))

    def fence(_: object, tokens: Sequence[Token], index: int, *rest: object) -> str:
        # Not by the option `highlight`, around which comes another <pre>.
        return _highlighted(tokens[index].content, tokens[index].info.strip())

    parser = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, renderer=formula)
    parser.add_render_rule("fence", fence)
    text = str(parser.render(markdown)).replace("<table>", '<table class="table">')
    # As `maths` writes them: a wide formula scrolls on its own.
    return text.replace('<div class="math block">', MATHS_OPENING)


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """List the pages for Sphinx to write.

    Parameters
    ----------
    app : Sphinx

    Yields
    ------
    (str, dict, str)
        Name, context and template.
    """
    settings = app.config.cvbook_live
    if app.builder.name != "html" or not settings:
        return
    for path in sorted(Path(app.srcdir, "exercises").glob("*/*.ipynb")):
        stored = json.loads(path.read_text())
        notebook = joined(stored)
        live = live_tasks(notebook)
        title = re.sub(r"^#\s*", "", notebook["cells"][0]["source"].splitlines()[0])
        data = {"name": path.stem, "notebook": stored, "setup": setup_source(notebook)}
        description = html.escape(describe(title, len(live)))
        yield (
            f"exercises/{path.stem}",
            {
                "title": title,
                "metatags": f'<meta name="description" content="{description}" />',
                "exercise": body(notebook, live),
                "exercise_data": data_script("exercise-data", "../", settings, "exercise", data),
                "download": path.name,
                "chapter": f"book/{path.stem}",
            },
            "exercise.html",
        )


def describe(title: str, live: int) -> str:
    """Describe a page for search engines and previews.

    Parameters
    ----------
    title : str
    live : int
        Tasks that are checked on the page.

    Returns
    -------
    str
    """
    if not live:
        return f"{title}: 문제를 읽고 답을 써서 노트북으로 내려받는다. 검사는 JupyterLab에서 한다."
    return (
        f"{title}: 답을 쓰고 브라우저에서 바로 시험하고 검사한다. "
        f"과제 {live}개는 설치 없이 풀 수 있다."
    )


def joined(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Join the lines of each cell, which files store apart.

    Parameters
    ----------
    notebook : dict
        As read from a file.

    Returns
    -------
    dict
    """
    return {
        **notebook,
        "cells": [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]],
    }
