"""Answers of the banks as cells that a page runs."""

import ast
import functools
import json
from collections.abc import Iterator
from pathlib import Path

from cvbook.measure.dataflow import names
from cvbook.site.live import exercises
from cvbook.site.live.flow import deferred_names, free_names
from cvbook.site.live.modules import imports

ROOT = Path(__file__).parents[3]
BANKS = ROOT / "tests/exercises"
NOT_HERE = {"keras", "tf", "tensorflow", "layers", "ops", "scipy", "PIL"}


@functools.cache
def notebook(kind: str, name: str) -> dict:
    """A notebook of `exercises` or `solutions`."""
    return exercises.joined(json.loads((ROOT / kind / name / f"{name}.ipynb").read_text()))


def answers_of(*kinds: str) -> Iterator[tuple[str, str, str, str]]:
    """Assignment, function, name and text of the banks' answers without Keras and SciPy."""
    for folder in sorted(BANKS.glob("[0-9]*")):
        live = exercises.live_tasks(notebook("exercises", folder.name))
        for kind in kinds:
            for path in sorted((folder / kind).glob("*.py")):
                function = path.stem.partition("__")[0]
                if function in live and not _uses_absent(path.read_text()):
                    yield folder.name, function, path.stem, path.read_text()


def _uses_absent(source: str) -> bool:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    words = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    imported = {name.split(".")[0] for node in ast.walk(tree) for name in imports(node)}
    return bool((words | imported) & NOT_HERE)


def runs_of(answers: Iterator[tuple[str, str, str, str]]) -> Iterator[tuple[str, list[dict]]]:
    """For each answer and each test of its function, hidden ones too, the cells of one run."""
    for assignment, function, name, source in answers:
        solved = notebook("solutions", assignment)
        setup = exercises.setup_source(solved)
        tests = [
            cell["source"]
            for cell in solved["cells"]
            if cell["cell_type"] == "code"
            and cell["metadata"].get("nbgrader", {}).get("grade")
            and cell["metadata"]["nbgrader"]["grade_id"].partition("-")[0] == function
        ]
        for index in range(len(tests)):
            tree = ast.parse(tests[index])
            if {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)} & NOT_HERE:
                continue  # a hidden test that compares with Keras's own layers
            needed = free_names(tree) | deferred_names(tree)
            before = [
                _cell("검사", test, optional=True)
                for test in tests[:index]
                if names(test).bound & needed
            ]
            yield (
                f"{name}-{index}",
                [
                    _cell("준비", setup),
                    _cell(function, source, optional=True),
                    *before,
                    _cell("검사", tests[index], shown=True),
                ],
            )


def _cell(name: str, source: str, shown: bool = False, optional: bool = False) -> dict:
    return {"name": name, "source": source, "shown": shown, "optional": optional}
