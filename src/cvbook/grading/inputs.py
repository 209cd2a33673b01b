"""What a grade depends on, piece by piece, and which piece has changed since.

Each piece has a name, "kind: name", and a hash. A record keeps those of its submission; where one
differs at the next run, the submission is graded again, and the names say why.
"""

import hashlib
import importlib.metadata
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry

from cvbook.grading.integrity.settings import find_origin
from cvbook.grading.jobs import ExecutionLimits
from cvbook.grading.nbgrader import stable
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.standings import Standing
from cvbook.grading.normalization import NotebookSpec
from cvbook.grading.records import BROKEN, GradeRecord
from cvbook.grading.submission import digest
from cvbook.kernels.kernelspecs import Command

#: Raise it when a change of the grader changes grades.
VERSION = "6"
SUBMISSION = "제출물"
GRADER = "채점기"
#: Kind, with the particle that follows it.
KINDS = {
    SUBMISSION: "이",
    "검사 셀": "이",
    "셀": "이",
    "노트북": "이",
    "파일": "이",
    "설정": "이",
    "플러그인": "이",
    "마감 시각": "이",
    "실행 한도": "가",
    "커널": "이",
    "패키지": "가",
    "모듈": "이",
    GRADER: "가",
}
#: Settings that change no grade: how students get and give back files, servers, logs.
_OTHER_SETTINGS = (
    "Application", "ClearSolutions", "CourseDirectory", "Exchange", "ExportApp", "ExportPlugin",
    "Formgrad", "GenerateAssignment", "GenerateFeedback", "JupyterApp", "Lab", "NbGrader",
    "NotebookApp", "ServerApp", "TestValues",
)  # fmt: skip
#: Distributions that take part in every grade.
_ALWAYS = ("ipykernel", "ipython", "nbclient", "nbconvert", "nbformat", "nbgrader")


def of_assignment(
    course: Course,
    assignment: str,
    specs: Sequence[NotebookSpec],
    limits: ExecutionLimits,
    modules: Iterable[str],
    answer_modules: Iterable[str],
    values: Mapping[str, str],
    kernels: Mapping[str, Command | None],
) -> dict[str, str]:
    """List what all grades of an assignment depend on.

    Parameters
    ----------
    course : Course
    assignment : str
    specs : sequence of NotebookSpec
    limits : ExecutionLimits
    modules, answer_modules : iterable of str
        That the assignment's own cells import, or that are watched; whose import is flagged.
    values : mapping of str to str
        That its test cells name.
    kernels : mapping of str to Command or None
        Of each notebook, where it is no fork of this Python.

    Returns
    -------
    dict of str to str
        Piece to hash.
    """
    pieces = {GRADER: VERSION, "실행 한도": _hash(limits), "설정: 무결성": _hash(answer_modules)}
    pieces |= {f"설정: {name}": _hash(value) for name, value in values.items()}
    for spec in specs:
        pieces[f"노트북: {spec.name}"] = _hash(list(spec.cells))
        pieces[f"커널: {spec.name}"] = _hash([spec.kernel, kernels.get(spec.name)])
        for cell in spec.cells.values():
            kind = "검사 셀" if cell.grade and cell.locked else "셀"
            name = f"{spec.name}/{cell.name}" if len(specs) > 1 else cell.name
            pieces[f"{kind}: {name}"] = _hash(cell)
    source = course.source(assignment)
    for name in sorted(course.files(assignment)):
        if not name.endswith(".ipynb"):
            pieces[f"파일: {name}"] = stable.digest(source / name)
    for name, values in course.config.items():
        if not name.startswith(_OTHER_SETTINGS):
            pieces[f"설정: {name}"] = _hash(stable.of_setting(values))
    with course.gradebook() as gradebook:
        try:
            pieces["마감 시각"] = _hash(gradebook.find_assignment(assignment).duedate)
        except MissingEntry:
            pieces["마감 시각"] = ""
    pieces |= {f"플러그인: {name}": value for name, value in stable.modules().items()}
    return pieces | _packages(modules)


def of_submission(folder: Path) -> dict[str, str]:
    """List what one student's grade depends on besides.

    Parameters
    ----------
    folder : Path
        The submission.

    Returns
    -------
    dict of str to str
    """
    return {SUBMISSION: digest(folder)}


def reason(
    record: GradeRecord | None,
    now: Mapping[str, str],
    has_notebooks: bool,
    standing: Standing | None,
    is_known: bool,
) -> str | None:
    """Say why a submission has to be graded.

    Parameters
    ----------
    record : GradeRecord or None
        Of its last grading.
    now : mapping of str to str
        Piece to hash, of the assignment and the submission.
    has_notebooks : bool
        Whether the graded notebooks are there.
    standing : Standing or None
        What the gradebook has of it.
    is_known : bool
        Whether the gradebook has the student.

    Returns
    -------
    str or None
        In Korean, empty for one that is new; None if nothing has changed.
    """
    if record is None or not record.inputs:
        return ""
    if changed := difference(record.inputs, now):
        return changed
    if record.status != BROKEN and not has_notebooks:
        return "채점한 노트북이 없음"
    if standing is None:
        there = is_known or record.saved or record.status != BROKEN
        return "성적부에 없음" if there else None
    return None if standing.digest == record.saved else "성적부의 점수가 다름"


def difference(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Say what has changed.

    Parameters
    ----------
    before, now : mapping of str to str
        Piece to hash.

    Returns
    -------
    str
        In Korean; empty if nothing has. Of a change of the grader that alone is said, since its
        versions may have other pieces.
    """
    if before.get(GRADER) != now.get(GRADER):
        return f"{GRADER}{KINDS[GRADER]} 바뀜"
    changed: dict[str, list[str]] = {}
    for piece in sorted(before.keys() | now.keys()):
        if before.get(piece) != now.get(piece):
            kind, _, name = piece.partition(": ")
            changed.setdefault(kind, []).extend(filter(None, [name]))
    parts = []
    for kind in sorted(changed, key=list(KINDS).index):
        names = changed[kind]
        more = f" 외 {len(names) - 5}" if len(names) > 5 else ""
        listed = f": {', '.join(names[:5])}{more}" if names else ""
        parts.append(f"{kind}{KINDS[kind]} 바뀜{listed}")
    return "; ".join(parts)


def _packages(modules: Iterable[str]) -> dict[str, str]:
    """Versions of what is installed, and the code of modules that have none."""
    pieces = {"패키지: Python": sys.version.split()[0]}
    tops: dict[str, None] = dict.fromkeys(_ALWAYS)
    for name in modules:
        origin = find_origin(name)
        if origin is None or name.partition(".")[0] in sys.stdlib_module_names:
            continue
        if stable.is_installed(origin):
            tops[name.partition(".")[0]] = None
        else:
            pieces[f"모듈: {name}"] = stable.digest(origin)
    distributions: Mapping[str, list[str]] | None = None
    for top in tops:
        try:
            pieces[f"패키지: {top}"] = importlib.metadata.version(top)
        except importlib.metadata.PackageNotFoundError:
            distributions = distributions or importlib.metadata.packages_distributions()
            for name in distributions.get(top, []):
                pieces[f"패키지: {name}"] = importlib.metadata.version(name)
    return pieces


def _hash(value: Any) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
