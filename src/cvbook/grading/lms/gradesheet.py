"""The file of an LMS filled with grades, so that the LMS imports it again.

Canvas (`lib/gradebook_importer.rb`) finds students by the column ID and an assignment by the number
in its column's title, "TITLE (NUMBER)". Moodle (`assignfeedback_offline`) finds students by the
number at the end of "Participant NUMBER", and needs the columns of the worksheet as they were.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cvbook.errors import CvbookError
from cvbook.grading.lms.roster import BOM, CANVAS, WORKSHEET, Roster, normalize

#: Titles of the columns that the grades go to and that hold their maximum, in a Moodle worksheet.
GRADE_COLUMNS = ("Grade", "성적", "점수")
MAXIMUM_COLUMNS = ("Maximum Grade", "Maximum grade", "최고 성적", "최대 성적", "최고 점수")
CANVAS_TITLE = re.compile(r"^(?P<title>.*?)(?: \((?P<id>\d+)\))?$")


@dataclass(frozen=True)
class Sheet:
    """The grades of an assignment.

    Attributes
    ----------
    assignment : str
        Its name, which Canvas's column has unless `column` is given.
    scores : mapping of str to float
        By student, as named in nbgrader.
    maximum : float
        Points of the assignment.
    column : str or None
        Title of the column to fill, with or without Canvas's number.
    """

    assignment: str
    scores: Mapping[str, float]
    maximum: float
    column: str | None = None


@dataclass
class Filled:
    """A filled column.

    Attributes
    ----------
    sheet : Sheet
    column : str
        Title of the column with the grades.
    written : int
        Number of grades.
    without_grade : list of str
        Students of the file of whom there is no grade.
    not_in_file : list of str
        Students with a grade who are not in the file.
    """

    sheet: Sheet
    column: str
    written: int = 0
    without_grade: list[str] = field(default_factory=list)
    not_in_file: list[str] = field(default_factory=list)


def fill(roster: Roster, sheets: Sequence[Sheet], scale: bool = False) -> tuple[str, list[Filled]]:
    """Write grades into the file of an LMS.

    Parameters
    ----------
    roster : Roster
    sheets : sequence of Sheet
        One of each assignment; a Moodle worksheet takes one.
    scale : bool
        Convert the grades where the LMS gives another number of points.

    Returns
    -------
    str
        Content of the file.
    list of Filled
        One of each sheet.

    Raises
    ------
    CvbookError
        If there is no such column, or the LMS gives another number of points.
    """
    places = [_column(roster, sheet.assignment, sheet.column) for sheet in sheets]
    rows = [list(row) for row in roster.rows]
    filled = [
        _fill(roster, rows, place, sheet, _factor(roster, place, sheet.maximum, scale))
        for place, sheet in zip(places, sheets, strict=True)
    ]
    return _text(roster, rows, places), filled


def _fill(roster: Roster, rows: list[list[str]], place: int, sheet: Sheet, factor: float) -> Filled:
    filled = Filled(sheet, roster.header[place])
    left = dict(sheet.scores)
    alike: dict[str, list[str]] = {}
    for name in sheet.scores:
        alike.setdefault(normalize(name), []).append(name)
    for entry in roster.entries:
        student = _graded(entry.student, sheet.scores, alike)
        if student is None:
            filled.without_grade.append(" ".join(filter(None, [entry.student, entry.name])))
            continue
        rows[entry.row][place] = f"{left.pop(student) * factor:.10g}"
        filled.written += 1
    filled.not_in_file = sorted(left)
    return filled


def _graded(
    student: str, scores: Mapping[str, float], alike: Mapping[str, list[str]]
) -> str | None:
    """Name under which a student of the file has a grade: the same, else the one that looks so."""
    if student in scores:
        return student
    found = alike.get(normalize(student), [])
    return found[0] if len(found) == 1 else None


def has_column(roster: Roster, assignment: str) -> bool:
    """Whether a file has a column with the name of an assignment.

    Parameters
    ----------
    roster : Roster
    assignment : str

    Returns
    -------
    bool
    """
    return bool(_matches(roster, assignment))


def _matches(roster: Roster, title: str) -> list[int]:
    target = normalize(title)
    return [
        index
        for index, own in enumerate(roster.header)
        if target in (normalize(own), normalize(_title(own)))
    ]


def _column(roster: Roster, assignment: str, wanted: str | None) -> int:
    if wanted is None and roster.kind == WORKSHEET:
        found = roster.column(GRADE_COLUMNS)
        if found is not None:
            return found
    matches = _matches(roster, wanted or assignment)
    if len(matches) == 1:
        return matches[0]
    problem = f"{len(matches)} columns {wanted or assignment}" if matches else "no such column"
    raise CvbookError(
        f"{problem}: {wanted or assignment} – {roster.path} – name one with --column: "
        f"{', '.join(roster.header)}"
    )


def _title(title: str) -> str:
    match = CANVAS_TITLE.match(title)
    return match["title"] if match else title


def _factor(roster: Roster, place: int, maximum: float, scale: bool) -> float:
    given = _maximum(roster, place)
    if given is None or given == maximum:
        return 1.0
    if not scale:
        raise CvbookError(
            f"{given:g} points there, {maximum:g} here – {roster.path}, column "
            f"{roster.header[place]} – change the points in the LMS, or convert with --scale"
        )
    return given / maximum if maximum else 0.0


def _maximum(roster: Roster, place: int) -> float | None:
    """Points that the LMS gives for the assignment; None where it does not say."""
    if roster.kind == CANVAS:
        cells = [row[place] for row in roster.rows if "points possible" in row[0].lower()]
    else:
        column = roster.column(MAXIMUM_COLUMNS) if roster.kind == WORKSHEET else None
        cells = [] if column is None else [roster.rows[e.row][column] for e in roster.entries[:1]]
    for cell in cells:
        try:
            return float(cell.strip().replace(",", "."))
        except ValueError:
            continue
    return None


def _text(roster: Roster, rows: Sequence[Sequence[str]], places: Sequence[int]) -> str:
    kept = list(range(len(roster.header)))
    if roster.kind == CANVAS:
        # Other assignments' columns would be imported too, and overwrite what changed since.
        section = roster.column(["Section"])
        last = min(places) - 1 if section is None else section
        kept = [*range(last + 1), *sorted(places)]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in (roster.header, *rows):
        writer.writerow([row[index] for index in kept])
    return (BOM if roster.bom else "") + buffer.getvalue()
