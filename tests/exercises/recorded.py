"""Results of wrong answers for the inputs of visible tests, to be told apart without their code.

A misconception about a task of the second edition is nearly its answer, so its code is not shipped:
`cvbook.checks.bank.tasks_results` has its results alone. Written by::

    python tests/exercises/recorded.py
"""

from pathlib import Path

import numpy as np
import submissions

from cvbook.checks.bank import tasks_results
from cvbook.checks.cases import Case, variants

FUNCTION = "average_precision"
FILE = Path(tasks_results.__file__)
START = "# fmt: off\n"


def visible_inputs():
    """Arguments of every call in a visible test, and of the calls made from it, by their key."""
    task = submissions.solution("01_tasks")
    namespace = task._namespace({})
    right, cases = namespace[FUNCTION], []

    def remember(*args, **kwargs):
        cases.append(Case(args, kwargs))
        return right(*args, **kwargs)

    for grade_id, source, _ in task.tests[FUNCTION]:
        if not grade_id.endswith("-hidden"):
            submissions._execute(source, grade_id, namespace | {FUNCTION: remember})
    every = [one for case in cases for one in (case, *variants(case))]
    return {tasks_results.key(*case.args, **case.kwargs): case for case in every}


def results():
    """Of each misconception: its wrong answer's results, None without boxes or truth."""
    found, task = {}, submissions.solution("01_tasks")
    inputs = visible_inputs()
    for path in sorted((submissions.BANKS / "01_tasks" / "wrong").glob(f"{FUNCTION}__*.py")):
        source = path.read_text()
        if not source.startswith("# hint: "):
            continue
        wrong = task._namespace({FUNCTION: source})[FUNCTION]
        found[path.stem.partition("__")[2]] = [
            round(float(wrong(*case.args, **case.kwargs)), 6)
            if np.size(case.args[0]) and np.size(case.args[2])
            else None
            for case in inputs.values()
        ]
    return list(inputs), found


def text(keys, found):
    """Python source of the recorded results."""
    columns = {"INPUTS: tuple[str, ...]": keys}
    lines = []
    for name, values in columns.items():
        lines += [f"{name} = (", *wrapped(map(repr, values), 4), ")"]
    lines += ["RESULTS: dict[str, tuple[float | None, ...]] = {"]
    for name, values in found.items():
        shown = ("None" if value is None else f"{value:g}" for value in values)
        lines += [f'    "{name}": (', *wrapped(shown, 8), "    ),"]
    return "\n".join([*lines, "}"]).replace("'", '"') + "\n"


def wrapped(words, indent):
    """Lines of at most 100 characters."""
    line = ""
    for word in words:
        if len(line) + len(word) + indent + 2 > 100:
            yield " " * indent + line.rstrip()
            line = ""
        line += f"{word}, "
    yield " " * indent + line.rstrip()


if __name__ == "__main__":
    head = FILE.read_text().partition(START)[0]
    FILE.write_text(head + START + text(*results()))
