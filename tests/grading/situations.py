"""A course for situations from public bug reports: any assignment, any files."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def cell(name, source, points=None, kind="code", **marks):
    """A cell of an assignment; with points, a locked test unless it is a solution."""
    own = {"schema_version": 3, "grade_id": name, "cell_type": kind, "grade": points is not None}
    own |= {"locked": points is not None, "solution": False, "task": False}
    own |= {"points": points} if points is not None else {}
    make = new_code_cell if kind == "code" else new_markdown_cell
    return make(source, id=name, metadata={"nbgrader": own | marks})


def answer(name, source="raise NotImplementedError"):
    stub = f"### BEGIN SOLUTION\n{source}\n### END SOLUTION"
    return cell(name, stub, solution=True)


def notebook(cells, kernel=KERNEL):
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def assignment(root: Path, name: str, notebooks, files=(), config="") -> Path:
    """Write a course folder with one assignment: notebooks by name, and files beside them."""
    folder = root / "source" / name
    folder.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(
        f'c = get_config()\nc.CourseDirectory.course_id = "situations"\n{config}'
    )
    for stem, book in notebooks.items():
        nbformat.write(book, folder / f"{stem}.ipynb")
    for path, content in dict(files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    return root


def handed_in(book, **answers):
    """The notebook of a student with these answers."""
    book = nbformat.from_dict(json.loads(json.dumps(book)))
    for one in book.cells:
        if one.id in answers:
            one.source = answers[one.id]
    return book


def submit(root: Path, student: str, name: str, files) -> Path:
    """Write a submission: path to notebook, text or bytes."""
    folder = root / "submitted" / student / name
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            (folder / path).write_bytes(content)
        else:
            text = content if isinstance(content, str) else nbformat.writes(content)
            (folder / path).write_text(text)
    return folder


def run(root: Path, command: str, *more: str, **options) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "cvbook.cli", command, *more, "--course", str(root)]
    return subprocess.run(line, capture_output=True, text=True, timeout=300, **options)


def grade(root: Path, name: str, *more: str, **options):
    """Grade, and return the process and the records by student."""
    out = root / "out.json"
    out.unlink(missing_ok=True)
    more = ("--workers", "2", "--timeout", "30", "--json", str(out), *more)
    done = run(root, "grade", name, *more, **options)
    records = json.loads(out.read_text()) if out.is_file() else []
    return done, {record["student"]: record for record in records}
