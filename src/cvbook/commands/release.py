"""Make the students' notebooks in exercises/ from the instructors' in solutions/.

Run it in the course folder. Solutions and hidden tests are taken out by nbgrader, so what is
written is ready to be handed out; the same source gives the same bytes.

  cvbook release                         every assignment
  cvbook release 07_separable_conv       one assignment
  cvbook release --bundle students.zip   every assignment, and a zip to hand out
"""

import argparse
import zipfile
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from cvbook.commands._course import add_course_argument
from cvbook.errors import CvbookError

#: What goes into a bundle beside the notebooks: the package itself, which environment.yml installs.
BESIDES = ("exercises/README.md", "environment.yml", "pyproject.toml", "README.md")
PACKAGE = "src/cvbook"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="assignments; all by default")
    parser.add_argument("--bundle", type=Path, metavar="ZIP", help="also write a zip for students")
    add_course_argument(parser)


def run(args: argparse.Namespace) -> int:
    names = args.names or assignments(args.course)
    for name in tqdm(names, unit="assignment", disable=None):
        release(args.course, name)
    print(f"exercises/: {len(names)} assignment(s)")
    if args.bundle:
        bundle(args.course, names, args.bundle)
        print(f"{args.bundle}: for students")
    return 0


def assignments(course: Path) -> list[str]:
    """List the assignments of a course folder.

    Parameters
    ----------
    course : Path

    Returns
    -------
    list of str
        Names of the folders in solutions/ that hold a notebook of the same name.

    Raises
    ------
    CvbookError
        If there are none.
    """
    found = sorted(p.stem for p in course.glob("solutions/*/*.ipynb") if p.stem == p.parent.name)
    if not found:
        raise CvbookError(
            f"no assignment found – {(course / 'solutions').resolve()} – "
            "run this in the course folder, or name it with --course"
        )
    return found


def release(course: Path, name: str) -> Path:
    """Write exercises/NAME from solutions/NAME; nbgrader's gradebook is left alone.

    Parameters
    ----------
    course : Path
        Folder with `nbgrader_config.py` and `solutions/`.
    name : str

    Returns
    -------
    Path
        The released notebook.

    Raises
    ------
    CvbookError
        If there is no such assignment, or nbgrader refuses it.
    """
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.converters import GenerateAssignment
    from nbgrader.preprocessors import SaveCells
    from traitlets.config.loader import PyFileConfigLoader

    if name not in assignments(course):
        raise CvbookError(
            f"no such assignment – solutions/{name} – choose one of the folders there"
        )
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.resolve())).load_config()
    config.CourseDirectory.root = str(course.resolve())
    config.GenerateAssignment.no_database = True
    steps = GenerateAssignment.class_traits()["preprocessors"].default()
    config.GenerateAssignment.preprocessors = [step for step in steps if step is not SaveCells]
    result = NbGraderAPI(config=config).generate_assignment(name, force=True)
    if not result["success"]:
        reason = str(result.get("error") or result.get("log")).strip().splitlines()[-1]
        raise CvbookError(f"nbgrader refuses it – solutions/{name} – {reason}")
    return course / "exercises" / name / f"{name}.ipynb"


def bundle(course: Path, names: Iterable[str], path: Path) -> None:
    """Write the zip that students get: released notebooks, data note, environment, package.

    Parameters
    ----------
    course : Path
    names : iterable of str
        Assignments that were released.
    path : Path
        The zip; times inside are fixed, so the same files give the same bytes.

    Raises
    ------
    CvbookError
        If a file to be bundled is missing.
    """
    members = [course / "exercises" / name / f"{name}.ipynb" for name in names]
    members += [course / name for name in BESIDES]
    package = sorted(path for path in (course / PACKAGE).rglob("*") if path.is_file())
    members += [path for path in package if "__pycache__" not in path.parts]
    for member in members:
        if not member.is_file():
            raise CvbookError(f"missing file – {member} – run `cvbook release` first")
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for member in sorted(members):
            info = zipfile.ZipInfo(f"cvbook/{member.relative_to(course).as_posix()}")
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, member.read_bytes())
