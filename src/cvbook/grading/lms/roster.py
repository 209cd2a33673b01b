"""Students of a course, as a learning management system (LMS) lists them in a CSV file.

Three files are recognised by their columns:

- Canvas: *Grades, Export*, which *Grades, Import* reads again
- Moodle: the *grading worksheet* of an assignment, which *Upload grading worksheet* reads again
- others with a column for a login name, number or e-mail address, such as Moodle's list of
  participants
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cvbook.errors import CvbookError

CANVAS, WORKSHEET, PARTICIPANTS = "canvas", "moodle worksheet", "participants"
BOM = "\ufeff"
#: Columns with what may be a student's name in nbgrader, best first; English and Korean.
ID_COLUMNS = (
    "SIS Login ID", "SIS User ID", "Username", "사용자 아이디", "사용자 이름", "ID number", "학번",
    "Email address", "이메일 주소", "ID", "Identifier", "식별자",
)  # fmt: skip
NAME_COLUMNS = ("Student", "Full name", "성명", "이름", "Name")
EMAIL_COLUMNS = ("Email address", "이메일 주소", "이메일", "Email")
#: In Moodle's worksheet: "Participant 123", in the language of whoever downloads it.
PARTICIPANT = re.compile(r"^[^\d,]*\b(\d+)$")


@dataclass(frozen=True)
class Entry:
    """A student of a roster.

    Attributes
    ----------
    student : str
        Name in nbgrader: of the folder in `submitted/`.
    lms_id : str
        Number in the LMS, which its downloads have in the names of files; may be empty.
    name : str
        Full name; may be empty.
    email : str
        May be empty.
    row : int
        Index in the file's rows.
    """

    student: str
    lms_id: str
    name: str
    email: str
    row: int


@dataclass
class Roster:
    """The file of an LMS.

    Attributes
    ----------
    path : Path
    kind : str
        `CANVAS`, `WORKSHEET` or `PARTICIPANTS`.
    header : list of str
    rows : list of list of str
        All lines but the header, as wide as it.
    entries : list of Entry
        In the order of the rows; lines that are no student, such as Canvas's points, are left out.
    bom : bool
        Whether the file starts with a byte order mark.
    """

    path: Path
    kind: str
    header: list[str]
    rows: list[list[str]]
    entries: list[Entry] = field(default_factory=list)
    bom: bool = False

    def column(self, names: Sequence[str]) -> int | None:
        """Find the first of several columns.

        Parameters
        ----------
        names : sequence of str
            Best first; upper and lower case are the same.

        Returns
        -------
        int or None
            Its index.
        """
        own = [normalize(title) for title in self.header]
        return next((own.index(normalize(name)) for name in names if normalize(name) in own), None)

    def by_lms_id(self) -> dict[str, Entry]:
        """Map numbers in the LMS to students."""
        return {entry.lms_id: entry for entry in self.entries if entry.lms_id}

    def by_student(self) -> dict[str, Entry]:
        """Map names in nbgrader to students."""
        return {normalize(entry.student): entry for entry in self.entries}

    def by_name(self) -> dict[str, list[Entry]]:
        """Map full names, reduced to letters and digits, to all students of that name."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for name in {letters(entry.name), letters(_turned(entry.name))}:
                if name:
                    found.setdefault(name, []).append(entry)
        return found


def read_roster(path: Path, id_column: str | None = None) -> Roster:
    """Read a file of an LMS.

    Parameters
    ----------
    path : Path
    id_column : str, optional
        The column with the students' names in nbgrader; default: the first of `ID_COLUMNS` that
        has a different value for every student.

    Returns
    -------
    Roster

    Raises
    ------
    CvbookError
        If it cannot be read, or no column tells the students apart.
    """
    text = _text(path)
    lines = [line for line in csv.reader(io.StringIO(text.removeprefix(BOM))) if any(line)]
    if len(lines) < 2:
        raise CvbookError(f"no students – {path} – export it from Canvas or Moodle again")
    header, *rows = lines
    rows = [row + [""] * (len(header) - len(row)) for row in rows]
    roster = Roster(path, _kind(header), header, rows, bom=text.startswith(BOM))
    students = [index for index, row in enumerate(rows) if _is_student(roster, row)]
    column = _id_column(roster, students, id_column)
    names, emails = roster.column(NAME_COLUMNS), roster.column(EMAIL_COLUMNS)
    for index in students:
        row = rows[index]
        roster.entries.append(
            Entry(
                student=_cell(row, column),
                lms_id=_lms_id(roster, row),
                name=_cell(row, names),
                email=_cell(row, emails),
                row=index,
            )
        )
    return roster


def normalize(text: str) -> str:
    """Make what is written the same compare the same: Unicode form, case, spaces.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def letters(name: str) -> str:
    """Reduce a name to letters and digits, as Canvas does in the names of files.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
    """
    return re.sub(r"[\W_]", "", normalize(name))


def _turned(name: str) -> str:
    """Write "Last, First" as "First Last"."""
    last, comma, first = name.partition(",")
    return f"{first} {last}" if comma else name


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CvbookError(f"cannot read it – {path} – {error.strerror}") from error
    for encoding in ("utf-8", "cp949"):  # Excel in Korean saves the latter
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CvbookError(f"neither UTF-8 nor CP949 – {path} – export it again, as CSV in UTF-8")


def _kind(header: Sequence[str]) -> str:
    titles = [normalize(title) for title in header]
    if len(titles) > 2 and "student" in titles[0] and titles[1] == "id":
        return CANVAS
    if titles[0] in {"identifier", "식별자"}:
        return WORKSHEET
    return PARTICIPANTS


def _is_student(roster: Roster, row: Sequence[str]) -> bool:
    # Canvas has lines for points possible and for manual posting; they have no number.
    return roster.kind != CANVAS or row[1].strip().isdigit()


def _lms_id(roster: Roster, row: Sequence[str]) -> str:
    if roster.kind == CANVAS:
        return row[1].strip()
    match = PARTICIPANT.match(row[0].strip()) if roster.kind == WORKSHEET else None
    return match[1] if match else ""


def _id_column(roster: Roster, students: Sequence[int], wanted: str | None) -> int:
    available = ", ".join(roster.header)
    if wanted is not None:
        column = roster.column([wanted])
        if column is None:
            raise CvbookError(f"no column {wanted} – {roster.path} – it has: {available}")
        twice = _repeated(roster.rows[index][column] for index in students)
        if twice:
            raise CvbookError(
                f"column {wanted} names two students {', '.join(map(repr, twice))} – {roster.path} "
                "– name another with --id-column"
            )
        return column
    for name in ID_COLUMNS:
        column = roster.column([name])
        if column is not None and not _repeated(roster.rows[i][column] for i in students):
            return column
    raise CvbookError(
        f"no column tells the students apart – {roster.path} – name it with --id-column; "
        f"it has: {available}"
    )


def _repeated(values: Iterable[str]) -> list[str]:
    """List the values that are empty or there twice."""
    counts = Counter(normalize(value) for value in values)
    return sorted(value for value, count in counts.items() if count > 1 or not value)


def _cell(row: Sequence[str], column: int | None) -> str:
    return "" if column is None else unicodedata.normalize("NFC", row[column].strip())
