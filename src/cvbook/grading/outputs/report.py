"""What instructors look at after grading: one HTML page that works offline, and its numbers."""

import base64
import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat
import numpy as np

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import export, similarity
from cvbook.grading.records import BROKEN, FLAGGED, GRADED, INCOMPLETE, Record, Records

STATUSES = {FLAGGED: "의심", INCOMPLETE: "중단", BROKEN: "채점 못 함"}
#: Characters of a failure's message that are shown.
LENGTH = 200
#: How many rows the tables of failures and slow submissions show.
ROWS = 15


@dataclass(frozen=True)
class Task:
    """How a test cell went for the class.

    Attributes
    ----------
    name : str
    max_score : float
    mean : float
        Mean share of the points: the difficulty index, 1 is easy.
    discrimination : float
        Correlation of the cell's score with the sum of the others; NaN where either is constant.
    """

    name: str
    max_score: float
    mean: float
    discrimination: float


def tasks(records: list[Record]) -> list[Task]:
    """Compute difficulty and discrimination of each automatically graded cell.

    Parameters
    ----------
    records : list of Record

    Returns
    -------
    list of Task
        In the order of the notebook.
    """
    names = list(dict.fromkeys(name for record in records for name in record.cells))
    table = np.array(
        [[_points(record, name) for name in names] for record in records], dtype=float
    ).reshape(len(records), len(names))
    found = []
    for column, name in enumerate(names):
        cell = next(record.cells[name] for record in records if name in record.cells)
        if cell["score"] is None or not cell["max_score"]:
            continue  # graded by hand
        own, rest = table[:, column], table.sum(axis=1) - table[:, column]
        constant = len(own) < 2 or np.ptp(own) == 0 or np.ptp(rest) == 0
        together = float("nan") if constant else float(np.corrcoef(own, rest)[0, 1])
        found.append(Task(name, cell["max_score"], own.mean() / cell["max_score"], together))
    return found


def _points(record: Record, name: str) -> float:
    return float(record.cells.get(name, {}).get("score") or 0.0)


def failures(records: list[Record]) -> list[tuple[str, str, int]]:
    """Count what students were told, by test cell; the most frequent first."""
    counts = Counter(
        (name, cell["message"].strip().splitlines()[0][:LENGTH])
        for record in records
        for name, cell in record.cells.items()
        if cell["message"].strip()
    )
    return [(name, message, count) for (name, message), count in counts.most_common(ROWS)]


def missing(course: Course, assignment: str) -> list[str]:
    """List the students of the gradebook who handed nothing in."""
    present = set(course.students(assignment))
    with course.gradebook() as gradebook:
        return sorted(student.id for student in gradebook.students if student.id not in present)


def copies(course: Course, assignment: str, records: list[Record]) -> list[tuple[str, str, float]]:
    """Find near-identical pairs, given the released notebooks as what everybody has."""
    release = course.directory.format_path(course.directory.release_directory, ".", assignment)
    source = course.directory.format_path(course.directory.source_directory, ".", assignment)
    given = sorted(Path(release).glob("*.ipynb")) or sorted(Path(source).glob("*.ipynb"))
    baseline = "\n".join(
        cell.source
        for path in given
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
    )
    answers = {}
    for record in records:
        folder = course.folder("autograded", record.student, assignment)
        notebooks = [nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))]
        answers[record.student] = "\n".join(map(similarity.answer_code, notebooks))
    return similarity.pairs(answers, baseline)


def write(course: Course, assignment: str, path: Path, formgrader: str) -> list[Path]:
    """Write the page and, beside it, its numbers.

    Parameters
    ----------
    course : Course
    assignment : str
    path : Path
        Of the page.
    formgrader : str
        Where the links lead: the URL of nbgrader's formgrader.

    Returns
    -------
    list of Path

    Raises
    ------
    CvbookError
        If nothing was graded.
    """
    records = list(Records(course.root, assignment))
    if not records:
        raise CvbookError(
            f"nothing graded – {assignment} in {course.root} – run `cvbook grade {assignment}`"
        )
    scores = {row.student: row.score for row in export.rows(course, assignment)}
    for record in records:  # since then, a human may have graded
        now = scores.get(record.student)
        record.score = record.score if now is None else now
    found = tasks(records)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        _page(
            assignment, records, found, missing(course, assignment),
            copies(course, assignment, records), formgrader.rstrip("/"),
        ),
        "utf-8",
    )  # fmt: skip
    numbers = path.with_suffix(".csv")
    with numbers.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["cell", "max_score", "difficulty", "discrimination"])
        for task in found:
            writer.writerow(
                [task.name, task.max_score, f"{task.mean:.3f}", f"{task.discrimination:.3f}"]
            )
    return [path, numbers]


def _page(
    assignment: str,
    records: list[Record],
    found: list[Task],
    absent: list[str],
    alike: list[tuple[str, str, float]],
    formgrader: str,
) -> str:
    link = escape(f"{formgrader}/gradebook/{quote(assignment)}")

    def to(student: str) -> tuple[str, str]:
        return student, f"{formgrader}/manage_students/{quote(student)}/{quote(assignment)}"

    scores = [record.score for record in records]
    slow = sorted(records, key=lambda record: -record.seconds)[:ROWS]
    human = [record for record in records if record.status != GRADED]
    parts = [
        f"<h1>{escape(assignment)}</h1>",
        f"<p>제출 {len(records)}명, 미제출 {len(absent)}명, 평균 {np.mean(scores):.1f}점, "
        f"중앙값 {np.median(scores):.1f}점, 만점 {records[0].max_score:g}점 (손으로 채점할 문제는 "
        f'채점 전이면 0점). <a href="{link}">formgrader에서 열기</a></p>',
        "<h2>점수 분포</h2>",
        _histogram(scores, records[0].max_score),
        "<h2>문항별 난이도와 변별도</h2>",
        _difficulty(found),
        _table(
            ["검사", "배점", "평균 득점률", "변별도"],
            [
                [task.name, f"{task.max_score:g}", f"{task.mean:.2f}", _ratio(task.discrimination)]
                for task in found
            ],
        ),
        "<h2>가장 흔한 실패</h2>",
        _table(["검사", "학생이 본 글", "명"], [[n, m, str(c)] for n, m, c in failures(records)]),
        "<h2>사람이 보아야 할 제출물</h2>",
        _table(["학생", "상태", "점수", "까닭"],
               [[to(r.student), STATUSES[r.status], f"{r.score:g}", r.went_wrong] for r in human]),
        "<h2>거의 같은 답</h2>",
        _table(["학생", "학생", "비슷한 정도"],
               [[to(a), to(b), f"{share:.2f}"] for a, b, share in alike]),
        "<h2>오래 걸린 제출물</h2>",
        _table(["학생", "초"], [[to(r.student), f"{r.seconds:.1f}"] for r in slow]),
        "<h2>미제출</h2>",
        f"<p>{escape(', '.join(absent)) or '없음'}</p>",
    ]  # fmt: skip
    style = (
        "body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse}td,th{border-bottom:1px solid #999;padding:.2rem .5rem;"
        "text-align:left;vertical-align:top;overflow-wrap:anywhere;min-width:2rem}"
        "td:first-child{min-width:6rem}th{word-break:keep-all}img{max-width:100%}"
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        f'<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(assignment)}</title><style>{style}</style></head><body>"
        + "\n".join(parts)
        + "</body></html>\n"
    )


def _table(header: list[str], rows: Sequence[Sequence[str | tuple[str, str]]]) -> str:
    """Make a table of texts and of links, which are pairs of text and address."""
    if not rows:
        return "<p>없음</p>"
    head = "".join(f"<th>{escape(text)}</th>" for text in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: str | tuple[str, str]) -> str:
    if isinstance(cell, str):
        return escape(cell)
    return f'<a href="{escape(cell[1])}">{escape(cell[0])}</a>'


def _ratio(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.2f}"


def _histogram(scores: list[float], maximum: float) -> str:
    figure, axes = _figure(3.0)
    axes.hist(scores, bins=np.linspace(0, max(maximum, 1.0), 21), edgecolor="white")
    axes.set_xlabel("점수")
    axes.set_ylabel("학생 수")
    return _image(figure, "점수 분포의 히스토그램")


def _difficulty(found: list[Task]) -> str:
    figure, axes = _figure(max(2.0, 0.28 * len(found) + 1))
    places = np.arange(len(found))
    axes.barh(places - 0.2, [task.mean for task in found], 0.4, label="평균 득점률")
    axes.barh(
        places + 0.2, [np.nan_to_num(task.discrimination) for task in found], 0.4, label="변별도"
    )
    axes.set_yticks(places, [task.name for task in found])
    axes.invert_yaxis()
    axes.set_xlim(-0.3, 1.05)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
    return _image(figure, "문항별 평균 득점률과 변별도")


def _figure(height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    from cvbook import plots

    plots.use_style()
    figure = Figure(figsize=(7, height), layout="constrained")
    return figure, figure.subplots()


def _image(figure: Any, text: str) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110)
    data = base64.b64encode(buffer.getvalue()).decode()
    return f'<p><img alt="{text}" src="data:image/png;base64,{data}"></p>'
