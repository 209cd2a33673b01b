"""Compare our points with plain nbgrader's for honest submissions of every assignment.

A class is made for each assignment: right answers of its bank, wrong ones, tasks left out, written
answers; and what honest students do besides: comments, prints, cells of their own (one of them
raises), plots, progress bars and warnings on stderr. `cvbook grade --compare` grades all of them by
nbgrader's own command too. Each test cell with other points is a difference; one without a reason
in our table is a bug. nbgrader runs in the sandbox's kernels, with --cold in its own without ours.

  python benchmarks/honest.py                       every assignment, 100 submissions each: hours
  python benchmarks/honest.py 01_tasks --count 20
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
#: What is done with a task's answer, one after the other: right ones twice as often.
KINDS = ("right", "right", "wrong", "right", "")
#: In an answer, before its first line.
ABOVE = (
    "# 처음에는 반복문으로 풀었다가 고쳤다.\n",
    "\n\n# 참고: 3장\nprint('여기까지 실행됨')\n",
    "import warnings\n\nwarnings.warn('float64를 float32로 바꾼다')\n",
    "",
)
#: In an answer, as the first lines of its function, so that tests run them too.
INSIDE = (
    "",
    "    print('불렸다')\n",
    "",
    "    import sys\n    print('\\r 50%|#####     |', file=sys.stderr)\n",
    "",
    "    import warnings\n    warnings.warn('느린 반복')\n",
)
#: Cells of the student's own, after an answer.
OWN_CELLS = (
    new_code_cell("shape = (3, 4)\nprint(shape)"),
    new_markdown_cell("여기는 잘 모르겠다. $x^2$"),
    new_code_cell("1 / 0  # 시험해 본 것"),
    new_code_cell(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title('손실')\nplt.show()"
    ),
    new_code_cell("import logging\nlogging.warning('남겨 둔 줄')"),
    new_code_cell("answer = 42; answer"),
)
DEFINITION = re.compile(r"^def (\w+)\(.*?\)(?: ->[^\n:]*)?:\n", re.MULTILINE | re.DOTALL)
DIFFERENCE = re.compile(r"^(?P<student>s\d+)  (?P<cell>\S+): \S+, nbgrader \S+  ?(?P<why>.*)$")


def submission(name: str, number: int) -> nbformat.NotebookNode:
    """Make the notebook of a student."""
    notebook = nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4)
    bank = ROOT / "tests" / "exercises" / name
    cells = []
    for index, cell in enumerate(notebook.cells):
        cells.append(cell)
        marks = cell.metadata.get("nbgrader") or {}
        if not marks.get("solution"):
            continue
        turn = number * 7 + index
        if cell.cell_type == "markdown":
            cell.source = "손실이 줄지 않은 까닭은 …" if turn % 3 else cell.source
            continue
        function = str(marks["grade_id"]).partition("-")[0]
        kind = KINDS[turn % len(KINDS)]
        choices = sorted((bank / kind).glob(f"{function}__*.py")) if kind else []
        if choices:
            cell.source = written(choices[turn % len(choices)].read_text("utf-8"), function, turn)
        if turn % 4 == 0:
            cells.append(nbformat.from_dict(OWN_CELLS[turn // 4 % len(OWN_CELLS)]))
            cells[-1].id = f"own-{number}-{index}"
    notebook.cells = cells
    return notebook


def written(source: str, function: str, turn: int) -> str:
    """Add to an answer what is no part of it."""
    inside = INSIDE[turn % len(INSIDE)]
    found = next((one for one in DEFINITION.finditer(source) if one[1] == function), None)
    if inside and found and '"""' not in source[found.end() :][:8]:
        source = source[: found.end()] + inside + source[found.end() :]
    return ABOVE[turn % len(ABOVE)] + source


def compare(name: str, count: int, workers: int, cold: bool) -> bool:
    """Grade a class by both, print the differences, and return whether all have a reason."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "solutions" / name, root / "solutions" / name)
        shutil.copy(ROOT / "nbgrader_config.py", root)
        for number in range(count):
            place = root / "submitted" / f"s{number:03d}" / name
            place.mkdir(parents=True)
            nbformat.write(submission(name, number), place / f"{name}.ipynb")
        line = [str(BIN / "cvbook"), "grade", name, "--workers", str(workers)]
        line += ["--compare", str(count), *["--no-sandbox"] * cold]
        done = subprocess.run(line, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(line)} failed:\n{done.stderr[-2000:]}")
    found = [match for text in done.stdout.splitlines() if (match := DIFFERENCE.match(text))]
    cells = sum(
        bool((cell.metadata.get("nbgrader") or {}).get("grade"))
        for cell in submission(name, 0).cells
    )
    print(f"{name}: {count} submissions, {count * cells} graded cells, {len(found)} differ")
    reasons = Counter(re.sub(r"\b\w+-\w+\b|\d+", "…", one["why"])[:90] for one in found)
    for reason, number in reasons.most_common():
        print(f"  {number:5d}  {reason or 'NO REASON'}")
    for one in found:
        if not one["why"]:
            print(f"  no reason: {one[0]}")
    sys.stdout.flush()
    return all(one["why"] for one in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="assignments; all by default")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cold", action="store_true", help="nbgrader's own kernels, no sandbox")
    args = parser.parse_args()
    names = args.names or sorted(path.parent.name for path in ROOT.glob("exercises/*/*.ipynb"))
    explained = [compare(name, args.count, args.workers, args.cold) for name in names]
    sys.exit(0 if all(explained) else 1)


if __name__ == "__main__":
    main()
