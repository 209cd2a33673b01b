"""The instructor's report on an assignment: one HTML page that works offline, and its numbers."""

import csv
import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

import jinja2

from cvbook.errors import CvbookError
from cvbook.grading import tasks as tasks_of
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import alike, analysis, pages, ranking, results
from cvbook.grading.outputs.alike import Group
from cvbook.grading.outputs.analysis import TaskStatistics
from cvbook.grading.outputs.links import Formgrader
from cvbook.grading.outputs.results import Result
from cvbook.grading.records import (
    BROKEN,
    FLAGGED,
    GRADED,
    INCOMPLETE,
    UNCLEAR,
    GradeRecord,
    GradeRecords,
)
from cvbook.grading.tasks import Task

STATUSES = {
    GRADED: "채점함",
    UNCLEAR: "판단 필요",
    FLAGGED: "의심",
    INCOMPLETE: "중단",
    BROKEN: "채점 못 함",
}
#: How many slow submissions, and groups of alike answers, are shown.
ROWS = 15


@dataclass
class ClassResults:
    """What a report is about.

    Attributes
    ----------
    assignment : str
    tasks : list of Task
    records : list of GradeRecord
    results : dict of str to Result
        By student; only those with a record.
    missing : list of str
        Students who handed nothing in.
    alike : list of Group
    """

    assignment: str
    tasks: list[Task]
    records: list[GradeRecord]
    results: dict[str, Result]
    missing: list[str] = field(default_factory=list)
    alike: list[Group] = field(default_factory=list)


def read(course: Course, assignment: str) -> ClassResults:
    """Read the results of a class.

    Parameters
    ----------
    course : Course
    assignment : str

    Returns
    -------
    ClassResults

    Raises
    ------
    CvbookError
        If nothing was graded.
    """
    records = list(GradeRecords(course.root, assignment))
    if not records:
        raise CvbookError(
            f"nothing graded – {assignment} in {course.root} – run `cvbook grade {assignment}`"
        )
    present = set(course.students(assignment))
    with course.gradebook() as gradebook:
        found = results.of_assignment(gradebook, assignment)
        missing = sorted(one.id for one in gradebook.students if one.id not in present)
    for record in records:
        found.setdefault(record.student, Result(record.student, record.score, record.max_score))
    students = [record.student for record in records]
    tasks = tasks_of.of_assignment(course, assignment)
    return ClassResults(
        assignment,
        tasks,
        records,
        {student: found[student] for student in students},
        missing,
        alike.find(course, assignment, students, tasks),
    )


def write(
    course: Course, assignment: str, path: Path, formgrader: str, anonymous: bool = False
) -> list[Path]:
    """Write the page and, beside it, its numbers.

    Parameters
    ----------
    course : Course
    assignment : str
    path : Path
        Of the page.
    formgrader : str
        Where the links lead: the address of nbgrader's Formgrader.
    anonymous : bool
        Also write the rankings without names, to show to the class.

    Returns
    -------
    list of Path

    Raises
    ------
    CvbookError
        If nothing was graded, or there is nothing to rank.
    """
    found = read(course, assignment)
    statistics = analysis.task_statistics(found.tasks, list(found.results.values()))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(found, statistics, Formgrader(formgrader)), "utf-8")
    numbers = path.with_suffix(".csv")
    with numbers.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["task", "title", "max_score", "difficulty", "discrimination", "to_grade"])
        for one in statistics:
            values = (f"{one.mean:.3f}", f"{one.discrimination:.3f}", len(one.waiting))
            name = tasks_of.label(found.tasks, one.task.notebook, one.task.name)
            writer.writerow([name, one.task.title, one.task.points, *values])
    written = [path, numbers]
    if anonymous:
        ranked = ranking.of_class(found.tasks, found.records)
        if not ranked:
            raise CvbookError(
                f"nothing to rank – {assignment} – no test of it gives points by a score; leave "
                "out --anonymous"
            )
        written.append(path.with_name(f"{path.stem}-ranking.csv"))
        ranking.write_anonymous(ranked, written[-1])
    return written


def render(
    found: ClassResults, statistics: Sequence[TaskStatistics], formgrader: Formgrader
) -> str:
    """Fill the template `report.html`.

    Parameters
    ----------
    found : ClassResults
        With at least one record.
    statistics : sequence of TaskStatistics
    formgrader : Formgrader

    Returns
    -------
    str
        The page.
    """
    scores = {student: result.score for student, result in found.results.items()}
    maximum = max(result.max_score for result in found.results.values())

    def link(student: str, task: Task | None = None) -> str:
        # Where a student's work is graded; the student's own page if there is nothing to grade.
        result = found.results[student]
        unread = any(r.student == student and r.status == BROKEN for r in found.records)
        name = task.notebook if task else next(iter(result.ids), "")
        if unread or name not in result.ids:
            return formgrader.student(student, found.assignment)
        return formgrader.submission(result.ids[name], task.cells[0].name if task else "")

    return _template().render(
        found=found,
        assignment=found.assignment,
        link=link,
        formgrader=formgrader,
        scores=sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])),
        mean=mean(scores.values()),
        median=median(scores.values()),
        max_score=maximum,
        bars=analysis.distribution(scores, maximum),
        statistics=statistics,
        by_hand=[one for one in statistics if one.task.by_hand],
        failures=analysis.failures(found.tasks, found.records),
        rankings=ranking.of_class(found.tasks, found.records),
        for_review=[record for record in found.records if record.status != GRADED],
        late=[result for result in found.results.values() if result.seconds_late > 0],
        statuses=STATUSES,
        slowest=sorted(found.records, key=lambda record: -record.seconds)[:ROWS],
        rows=ROWS,
    )


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(points=tasks_of.shown, duration=pages.duration)
    return environment.get_template("report.html")
