"""Make the students' notebooks in exercises/ from the instructors' in solutions/.

Run it in the course folder. nbgrader removes solutions and hidden tests; the same source gives the
same bytes.

  cvbook release                         every assignment
  cvbook release 07_separable_conv       one assignment
  cvbook release --bundle students.zip   every assignment, and a zip for students
"""

import argparse
import base64
import functools
import io
import os
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from PIL import Image
from tqdm import tqdm

from cvbook.commands._course import add_course_argument
from cvbook.errors import CvbookError

#: Other files of a bundle: path in it, and path in this repository.
BUNDLED_FILES = {
    "START.txt": "exercises/START.md",  # opens on every system, by a double click
    "README.md": "exercises/START.md",
    "exercises/README.md": "exercises/README.md",
    "environment.yml": "environment-student.yml",
    "nbgrader_config.py": "exercises/nbgrader_config.py",
    "pyproject.toml": "pyproject.toml",
    "hatch_build.py": "hatch_build.py",
    "uv.lock": "uv.lock",
    "LICENSE": "LICENSE",
    "LICENSE-TEXT": "LICENSE-TEXT",
    "src/cvbook/site/vendor/OFL.txt": "src/cvbook/site/vendor/OFL.txt",
    "book/student_guide.md": "book/student_guide.md",
    "book/glossary.md": "book/glossary.md",
}
#: Folders of a bundle, and which of their files.
BUNDLED_FOLDERS = {"src/cvbook": "**/*", "book": "[0-9]*.ipynb", "book/results": "*.json"}
#: Folders that a bundle leaves out, wherever they are: what builds the website is for authors.
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints", "frontend", "site"}


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
    """Write exercises/NAME from solutions/NAME, without changing the gradebook.

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
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells

    from cvbook.grading.nbgrader import configuration
    from cvbook.grading.nbgrader.assignments import Generate, quiet_log, reason

    if name not in assignments(course):
        raise CvbookError(
            f"no such assignment – solutions/{name} – choose one of the folders there"
        )
    config = configuration.load(course.resolve())
    config.CourseDirectory.root = str(course.resolve())
    config.CourseDirectory.assignment_id = name
    config.GenerateAssignment.no_database = True
    config.GenerateAssignment.force = True
    steps = Generate.class_traits()["preprocessors"].default()
    config.GenerateAssignment.preprocessors = [step for step in steps if step is not SaveCells]
    converter = Generate(coursedir=CourseDirectory(config=config), config=config, parent=None)
    messages: list[str] = []
    try:
        with quiet_log(converter, messages), configuration.importable(course.resolve()):
            converter.start()
    except (Exception, SystemExit) as error:
        said = reason(error, messages)
        raise CvbookError(f"nbgrader refuses it – solutions/{name} – {said}") from error
    return course / "exercises" / name / f"{name}.ipynb"


def bundle(course: Path, names: Iterable[str], target: Path) -> None:
    """Write the zip that students get: START, chapters, exercises, environment, package.

    Parameters
    ----------
    course : Path
    names : iterable of str
        Assignments that were released.
    target : Path
        The zip. Files in it have the time of now, or of `SOURCE_DATE_EPOCH`.

    Raises
    ------
    CvbookError
        If a file to be bundled is missing.
    """
    members = dict(BUNDLED_FILES)
    folders = {**BUNDLED_FOLDERS, **{f"exercises/{name}": "**/*" for name in names}}
    for folder, pattern in folders.items():
        found = [path for path in (course / folder).glob(pattern) if path.is_file()]
        if not found:
            raise CvbookError(f"nothing in {folder} – {course} – run `cvbook release` first")
        for path in found:
            inside = path.relative_to(course).as_posix()
            if not LEFT_OUT & set(path.relative_to(course).parts):
                members[inside] = inside
    for member in members.values():
        if not (course / member).is_file():
            raise CvbookError(f"missing file – {course / member} – run `cvbook release` first")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    written = time.gmtime(int(epoch)) if epoch else time.localtime()
    contents = {inside: (course / member).read_bytes() for inside, member in members.items()}
    for inside in contents:
        if inside.startswith("book/") and inside.endswith(".ipynb"):
            contents[inside] = with_light_figures(contents[inside])
    contents["requirements.txt"] = requirements(course).encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for inside, content in sorted(contents.items()):
            info = zipfile.ZipInfo(f"cvbook/{inside}", written[:6])
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)


@functools.lru_cache(maxsize=32)  # the same chapters go into every bundle
def with_light_figures(content: bytes) -> bytes:
    """Reduce the PNG figures of a notebook to 128 colours, a third of their size.

    Parameters
    ----------
    content : bytes
        Notebook.

    Returns
    -------
    bytes
    """
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if figure := output.get("data", {}).get("image/png"):
                image = Image.open(io.BytesIO(base64.b64decode(figure))).convert("RGB")
                file = io.BytesIO()
                image.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
                output.data["image/png"] = base64.b64encode(file.getvalue()).decode()
    text: str = nbformat.writes(notebook)
    return text.encode("utf-8")


def requirements(course: Path) -> str:
    """Read the pinned packages of students, for pip, with their markers of systems and Pythons.

    Parameters
    ----------
    course : Path

    Returns
    -------
    str
        Content of a requirements file.
    """
    lines = (course / "environment-student.yml").read_text("utf-8").splitlines()
    pins = [line.strip().removeprefix("- ") for line in lines if "==" in line]
    return "\n".join(pins) + "\n"
