"""Submissions of a download of an LMS, or of nbgrader's exchange, in nbgrader's folders."""

import contextlib
import datetime
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps.api import NbGraderAPI

from cvbook._files import staged_folder
from cvbook.errors import CvbookError
from cvbook.grading.lms.archives import File, read_files
from cvbook.grading.lms.downloads import PARSERS, Upload, parse_canvas
from cvbook.grading.lms.roster import Entry, Roster, letters, normalize
from cvbook.grading.matching import NOT_AT_ALL, match_files, name_rank
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.normalization import NotebookSpec
from cvbook.grading.notebook_files import UnreadableError, parse_content, read_notebook

NEW, UPDATED, UNCHANGED = "new", "updated", "unchanged"
TIMESTAMP = "timestamp.txt"
#: Longest name of a file or folder, in bytes of UTF-8.
MAX_NAME = 255


@dataclass
class Collected:
    """What was found of one student.

    Attributes
    ----------
    student : str
    status : str
        `NEW`, `UPDATED` or `UNCHANGED`.
    files : list of str
        Names in the folder of the submission.
    late : bool
        Whether the LMS says so, or it reached the exchange after the due date.
    notes : list of str
        Files that got another name or cannot be read.
    """

    student: str
    status: str
    files: list[str]
    late: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What went where, and what did not.

    Attributes
    ----------
    collected : list of Collected
        By student.
    left : list of tuple of str
        Path in the download and the reason.
    missing : list of Entry
        Students of the roster of whom nothing was found.
    """

    collected: list[Collected] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class _Attempt:
    """A file of a student, with its place in the download."""

    source: str
    upload: Upload
    file: File


def collect_download(
    course: Course, assignment: str, download: Path, kind: str, roster: Roster | None = None
) -> Outcome:
    """Sort the files of a download into `submitted/STUDENT/ASSIGNMENT/`.

    Of several attempts at a notebook the newest counts. What cannot be told to be whose, or of
    which assignment, stays out and is named.

    Parameters
    ----------
    course : Course
    assignment : str
    download : Path
        A folder or ZIP file.
    kind : str
        `canvas`, `moodle` or `files`.
    roster : Roster, optional
        The LMS's list of students: gives nbgrader their names, and tells who is missing.

    Returns
    -------
    Outcome

    Raises
    ------
    CvbookError
        If there is no such assignment or download.
    """
    outcome = Outcome()
    attempts: dict[str, list[_Attempt]] = {}
    files = read_files(download)
    specs = course.enter(assignment)
    for file in files:
        try:
            upload, student = _sort(file, kind, roster)
        except _LeftError as error:
            outcome.left.append((file.path, str(error)))
            continue
        attempts.setdefault(student, []).append(_Attempt(file.path, upload, file))
    with course.gradebook() as gradebook:
        if roster:
            _enter_students(gradebook, roster)
        due = _due_date(gradebook, assignment)
    for student, own in sorted(attempts.items()):
        collected = _place(course, assignment, student, own, specs, due, outcome.left)
        if collected:
            outcome.collected.append(collected)
    found = {normalize(collected.student) for collected in outcome.collected}
    if roster:
        outcome.missing = [e for e in roster.entries if normalize(e.student) not in found]
    return outcome


def collect_exchange(course: Course, assignment: str) -> Outcome:
    """Collect from nbgrader's exchange; a newer submission replaces what was collected before.

    Parameters
    ----------
    course : Course
    assignment : str

    Returns
    -------
    Outcome

    Raises
    ------
    CvbookError
        If nbgrader cannot collect.
    """

    def stamps() -> dict[str, str]:
        return {
            student: _read(course.folder("submitted", student, assignment) / TIMESTAMP)
            for student in course.students(assignment)
        }

    before = stamps()
    api = NbGraderAPI(coursedir=course.directory, config=course.config)
    result = api.collect(assignment, update=True)
    if not result["success"]:
        reason = (result.get("log") or result.get("error") or "").strip().splitlines()
        raise CvbookError(f"nbgrader collects nothing – {assignment} – {' '.join(reason[-1:])}")
    with course.gradebook() as gradebook:
        due = _due_date(gradebook, assignment)
    outcome = Outcome()
    for student, stamp in stamps().items():
        status = NEW if student not in before else UPDATED
        status = UNCHANGED if before.get(student) == stamp else status
        folder = course.folder("submitted", student, assignment)
        handed_in = course.directory.get_existing_timestamp(str(folder))
        late = due is not None and handed_in is not None and handed_in > due
        one = Collected(student, status, sorted(_content(folder)), late, _unreadable(folder))
        outcome.collected.append(one)
    return outcome


def _unreadable(folder: Path) -> list[str]:
    """Name the notebooks that cannot be graded, with the reason."""
    found = []
    for path in sorted(folder.glob("*.ipynb")):
        try:
            read_notebook(path)
        except UnreadableError as error:
            found.append(f"{path.name} cannot be read: {error}")
    return found


class _LeftError(Exception):
    """A file stays out; the message is the reason."""


def _sort(file: File, kind: str, roster: Roster | None) -> tuple[Upload, str]:
    """Find whose a file is."""
    if file.problem:
        raise _LeftError(file.problem)
    upload = _upload(file, kind)
    if upload is None:
        where = "in no student's folder" if kind == "files" else f"no name that {kind} gives"
        raise _LeftError(where)
    # nbgrader's own lies beside the student's files, which a download of an LMS has not.
    own = kind == "files" and upload.path == TIMESTAMP and not file.archives
    if PurePosixPath(upload.path).name == TIMESTAMP and not own:
        raise _LeftError("the student's own, no time of submission")
    student = _student(upload, roster)
    if not student or student.startswith(".") or re.search(r"[/\\\0]", student):
        raise _LeftError(f"{student!r} cannot be the name of a folder")
    return upload, student


def _upload(file: File, kind: str) -> Upload | None:
    """Read the name of a file, or in Canvas of the ZIP file that the student uploaded."""
    for archive in file.archives if kind == "canvas" else ():
        if upload := parse_canvas(archive):
            inside = file.path[len(archive) - len(".zip") :]
            return replace(upload, path=upload.path[: -len(".zip")] + inside)
    return PARSERS[kind](file.path)


def _student(upload: Upload, roster: Roster | None) -> str:
    plain = unicodedata.normalize("NFC", upload.name)
    if roster is None:
        return upload.lms_id or plain
    if upload.lms_id and (entry := roster.by_lms_id().get(upload.lms_id)):
        return entry.student
    if not upload.lms_id and (entry := roster.by_student().get(normalize(plain))):
        return entry.student
    # A number that the roster does not have is somebody else, whatever the name.
    named = [] if upload.lms_id and roster.by_lms_id() else roster.by_name().get(letters(plain), [])
    if len(named) > 1:
        raise _LeftError(f"{len(named)} students of {roster.path.name} are called {plain}")
    if not named:
        who = " ".join(filter(None, [upload.name, upload.lms_id]))
        raise _LeftError(f"{who} is not in {roster.path.name}")
    return named[0].student


def _place(
    course: Course,
    assignment: str,
    student: str,
    attempts: Sequence[_Attempt],
    specs: Sequence[NotebookSpec],
    due: datetime.datetime | None,
    left: list[tuple[str, str]],
) -> Collected | None:
    """Write the newest attempt of each file; None if there is no notebook of the assignment."""
    notes: list[str] = []
    chosen = _choose(attempts, specs, left)
    if not any(target.endswith(".ipynb") for target in chosen):
        left.extend((attempt.source, "without a notebook") for attempt in chosen.values())
        return None
    content = {target: attempt.file.content for target, attempt in chosen.items()}
    late = any(attempt.upload.late for attempt in chosen.values())
    for target, attempt in chosen.items():
        name = PurePosixPath(attempt.upload.path).name
        if target.endswith(".ipynb") and name != target:
            notes.append(f"{name} is {target}")
    if late and due is not None:
        # The LMS does not say by how much.
        stamp = (due + datetime.timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S UTC")
        content[TIMESTAMP] = stamp.encode()
    folder = course.folder("submitted", student, assignment)
    status = _write(folder, content)
    return Collected(student, status, sorted(chosen), late, [*notes, *_unreadable(folder)])


def _choose(
    attempts: Sequence[_Attempt], specs: Sequence[NotebookSpec], left: list[tuple[str, str]]
) -> dict[str, _Attempt]:
    """Name the files in the folder of the submission; of each name the newest counts."""
    notebooks: dict[str, _Attempt] = {}
    others, homes = [], []
    for attempt in sorted(attempts, key=lambda each: (each.upload.order, each.file.modified)):
        try:
            path = _path(attempt)
            if path.suffix.lower() != ".ipynb":
                others.append(attempt)
                continue
            target = f"{_notebook(attempt, specs)}.ipynb"
        except _LeftError as error:
            left.append((attempt.source, str(error)))
            continue
        homes.append(path.parent)
        _replace_older(notebooks, target, attempt, left)
    main = {_path(attempt).parent for attempt in notebooks.values()}
    within = {home for home in homes if any(_is_below(home, one) for one in main)} - main
    places = sorted({*homes} - within, key=lambda home: len(home.parts), reverse=True)
    chosen = dict(notebooks)
    for attempt in others:
        _replace_older(chosen, _beside(_path(attempt), places), attempt, left)
    folders = {str(parent) for target in chosen for parent in PurePosixPath(target).parents}
    for target in folders & chosen.keys():
        left.append((chosen.pop(target).source, "a folder has the same name"))
    return chosen


def _replace_older(
    chosen: dict[str, _Attempt], target: str, attempt: _Attempt, left: list[tuple[str, str]]
) -> None:
    """Choose an attempt, which is no older than those before; of equal ones the plainest name."""
    before = chosen.get(target)
    if before is not None:
        same = before.upload.order == attempt.upload.order
        same = same and before.file.modified == attempt.file.modified
        if same and _plainness(before) > _plainness(attempt):
            left.append((attempt.source, f"beside {before.source}"))
            return
        left.append((before.source, f"older than {attempt.source}"))
    chosen[target] = attempt


def _plainness(attempt: _Attempt) -> tuple[int, int]:
    path = _path(attempt)
    return -len(path.parts), -len(path.name)


def _is_below(home: PurePosixPath, other: PurePosixPath) -> bool:
    return other != PurePosixPath() and home != other and home.is_relative_to(other)


def _beside(path: PurePosixPath, places: Sequence[PurePosixPath]) -> str:
    """Path relative to the folder of the notebook that it is with."""
    home = next((place for place in places if path.is_relative_to(place)), PurePosixPath())
    return path.relative_to(home).as_posix()


def _path(attempt: _Attempt) -> PurePosixPath:
    path = PurePosixPath(unicodedata.normalize("NFC", attempt.upload.path))
    if ".." in path.parts or path.is_absolute():
        raise _LeftError("leads out of the folder")
    if max(len(part.encode()) for part in path.parts) > MAX_NAME:
        raise _LeftError(f"a name of more than {MAX_NAME} bytes")
    return path


def _notebook(attempt: _Attempt, specs: Sequence[NotebookSpec]) -> str:
    """Find which notebook of the assignment a file is: by its name, else by its cells."""
    name = _path(attempt).name
    ranks = {spec.name: name_rank(name, spec.name) for spec in specs}
    best = max(ranks, key=ranks.__getitem__, default="")
    if best and ranks[best] > NOT_AT_ALL:
        return best
    try:
        notebook = parse_content(attempt.file.content)
    except UnreadableError as error:
        raise _LeftError(
            f"no notebook of this assignment by its name; unreadable: {error}"
        ) from None
    matches = match_files({name: notebook}, {name: 0}, specs)
    if len(matches) != 1 or any(match.also for match in matches.values()):
        raise _LeftError("no notebook of this assignment, neither by its name nor by its cells")
    return next(iter(matches))


def _write(folder: Path, content: dict[str, bytes]) -> str:
    existing = _content(folder)
    if existing == content:
        return UNCHANGED
    replaced = folder.with_name(f".{folder.name}-replaced")
    shutil.rmtree(replaced, ignore_errors=True)
    if folder.is_dir():
        folder.rename(replaced)
    try:
        with staged_folder(folder) as staged:
            for name, data in content.items():
                (staged / name).parent.mkdir(parents=True, exist_ok=True)
                (staged / name).write_bytes(data)
    except BaseException:
        if replaced.is_dir() and not folder.is_dir():
            replaced.rename(folder)
        raise
    shutil.rmtree(replaced, ignore_errors=True)
    return UPDATED if existing else NEW


def _content(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in _files(folder)
    }  # fmt: skip


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _read(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def _due_date(gradebook: Gradebook, assignment: str) -> datetime.datetime | None:
    with contextlib.suppress(MissingEntry):
        due = gradebook.find_assignment(assignment).duedate
        return due if isinstance(due, datetime.datetime) else None
    return None


def _enter_students(gradebook: Gradebook, roster: Roster) -> None:
    """Enter names, so that reports and exports have them, and those who handed in nothing."""
    for entry in roster.entries:
        last, comma, first = entry.name.partition(",")
        gradebook.update_or_create_student(
            entry.student,
            first_name=first.strip() if comma else entry.name,
            last_name=last.strip() if comma else "",
            email=entry.email or None,
            lms_user_id=entry.lms_id or None,
        )


def count(collected: Iterable[Collected]) -> dict[str, int]:
    """Count submissions by status.

    Parameters
    ----------
    collected : iterable of Collected

    Returns
    -------
    dict of str to int
    """
    counts = dict.fromkeys((NEW, UPDATED, UNCHANGED), 0)
    for each in collected:
        counts[each.status] += 1
    return counts
