"""Write tables of what the exercises' tests catch, as HTML and Markdown, and print them.

One is by assignment: points by kind of task, wrong answers caught, right ones accepted, processor
seconds of a submission that is solved. The other is by function.

make exercise-report        (writes _build/exercise-report.html and .md)
"""

import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import jinja2
from tqdm import tqdm

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/exercises"))

import mutants  # noqa: E402
import submissions  # noqa: E402

FOLDER = ROOT / "_build"
#: Kinds of the tasks that no chapter prints.
KINDS = {
    "average_precision": "build",
    "augment_pair": "build",
    "bilinear_kernel": "build",
    "repair_upsampling": "repair",
    "design_pyramid": "design",
    "repair_deep_model": "repair",
    "predict_shapes": "predict",
    "recalibrate": "build",
    "diagnose": "read",
    "roofline_seconds": "build",
    "shrink": "design",
    "repair_xception_block": "repair",
    "ablation": "ablate",
    "log_uniform": "build",
    "edges": "read",
    "build_and_train": "design",
}
ALL_KINDS = ("printed", "build", "repair", "read", "predict", "design", "ablate", "essay")
HEADINGS = ["Function", "Points", "Wrong caught", "Right accepted", "Mutants killed", "Excused"]


@dataclass(frozen=True)
class Row:
    """The counts of one function."""

    assignment: str
    function: str
    points: float
    wrong: tuple[int, int]
    right: tuple[int, int]
    mutants: tuple[int, int]
    excused: int

    def cells(self) -> list[str]:
        """Text of the columns of `HEADINGS`."""
        shares = [f"{caught}/{count}" for caught, count in (self.wrong, self.right, self.mutants)]
        return [self.function, f"{self.points:g}", *shares, str(self.excused)]


@dataclass(frozen=True)
class Assignment:
    """What a solved submission of an assignment gives and costs."""

    name: str
    points: dict[str, float]
    seconds: float


def of_assignment(name: str) -> Assignment:
    """Count points by kind, and time one solved submission."""
    task = submissions.solution(name)
    points = {"essay": task.written_points}
    for function in task.tests:
        kind = KINDS.get(function, "printed")
        points[kind] = points.get(kind, 0) + task.full(function)
    start = time.process_time()
    task.points()
    return Assignment(name, points, time.process_time() - start)


def summary(assignments: list[Assignment], rows: list[Row]) -> str:
    """Format the table by assignment as Markdown."""
    headings = ["Assignment", *ALL_KINDS, "Wrong caught", "Right accepted", "Seconds"]
    lines = ["| " + " | ".join(headings) + " |", "|---" * len(headings) + "|"]
    for one in assignments:
        own = [row for row in rows if row.assignment == one.name]
        shares = [
            f"{sum(getattr(row, key)[0] for row in own)}/{sum(getattr(row, key)[1] for row in own)}"
            for key in ("wrong", "right")
        ]
        points = [f"{one.points[kind]:g}" if kind in one.points else "" for kind in ALL_KINDS]
        lines.append(f"| {' | '.join([one.name, *points, *shares, f'{one.seconds:.1f}'])} |")
    return "\n".join(lines) + "\n"


def measure(name: str) -> list[Row]:
    """Run the banks and the mutants of one assignment."""
    task = submissions.solution(name)
    made = mutants.of_assignment(name)
    counts = Counter(mutant.function for mutant in made)
    alive = mutants.survivors(name, made)
    rows = []
    for function in tqdm(task.tests, desc=name, leave=False, disable=None):
        caught = {}
        for kind in ("wrong", "right"):
            paths = (submissions.BANKS / name / kind).glob(f"{function}__*.py")
            lost = [task.loses(function, path.read_text()) for path in paths]
            caught[kind] = (sum(one == (kind == "wrong") for one in lost), len(lost))
        own = [mutant for mutant in alive if mutant.function == function]
        excused = sum(mutants.listed(mutant) is not None for mutant in own)
        killed = counts[function] - len(own)
        total = killed + len(own) - excused
        rows.append(
            Row(
                name,
                function,
                task.full(function),
                caught["wrong"],
                caught["right"],
                (killed, total),
                excused,
            )
        )
    return rows


def markdown(rows: list[Row]) -> str:
    """Format the table as Markdown."""
    lines = ["| Assignment | " + " | ".join(HEADINGS) + " |", "|---" * 7 + "|"]
    lines += [f"| {row.assignment} | " + " | ".join(row.cells()) + " |" for row in rows]
    sums = [
        f"{sum(getattr(r, key)[0] for r in rows)}/{sum(getattr(r, key)[1] for r in rows)}"
        for key in ("wrong", "right", "mutants")
    ]
    excused = sum(row.excused for row in rows)
    lines.append(f"| all | {len(rows)} functions | | {' | '.join(sums)} | {excused} |")
    return "\n".join(lines) + "\n"


#: A bar behind each cell shows its share.
PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Tests of the exercises</title>
<style>
body { font: 16px sans-serif; margin: 2em }
table { border-collapse: collapse }
th, td { padding: .2em .8em; text-align: left; border-bottom: 1px solid #ccc }
td { background: linear-gradient(90deg, #bfe3d5 var(--share), transparent var(--share)) }
</style>
<h1>Tests of the exercises</h1>
<table>
<tr>{% for heading in ["Assignment"] + headings %}<th>{{ heading }}</th>{% endfor %}</tr>
{% for row in rows %}
<tr><th>{{ row.assignment }}</th>
{%- for cell in row.cells() %}
{%- set part, slash, whole = cell.partition("/") %}
<td style="--share: {{ (100 * part|int / [whole|int, 1]|max)|round|int if slash else 0 }}%">
{{- cell }}</td>
{%- endfor %}</tr>
{% endfor %}
</table>
</html>
"""


def page(rows: list[Row]) -> str:
    """Format the table as HTML."""
    template = jinja2.Environment(autoescape=True, trim_blocks=True).from_string(PAGE)
    return template.render(headings=HEADINGS, rows=rows) + "\n"


def main() -> int:
    """Measure everything and write both files."""
    rows, assignments = [], []
    for name in tqdm(submissions.names(), unit="assignment", disable=None):
        assignments.append(of_assignment(name))
        rows += measure(name)
    FOLDER.mkdir(exist_ok=True)
    text = f"{summary(assignments, rows)}\n{markdown(rows)}"
    (FOLDER / "exercise-report.md").write_text(text)
    (FOLDER / "exercise-report.html").write_text(page(rows))
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
