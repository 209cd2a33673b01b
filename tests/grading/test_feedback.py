"""The students' feedback pages; what they sanitize is tested by the hostile submissions."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import feedback
from cvbook.grading.records import GradeRecords

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360"
    "60600000000400012734270a0000000049454e44ae426082"
)
TEXT = r"""
한 줄 안의 $a_i < b^2$ 와 `$5`, 그리고

$$\frac{1}{n}\sum_i x_i$$

\begin{align} y &= 2x \\ z &= 3 \end{align}

![그림](plot%20one.png) <img src="plot one.png"> ![밖](../secret.png) ![먼](https://other.example/a.png)
[먼 곳](https://other.example) <a href="//other.example">x</a>
"""


@pytest.fixture
def page(graded, tmp_path):
    """The page of a student whose notebook has formulas, pictures and links."""
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    folder = root / "autograded" / "s000" / "basics"
    (folder / "plot one.png").write_bytes(PNG)
    (folder.parent / "secret.png").write_bytes(PNG)
    notebook = nbformat.read(folder / "basics.ipynb", as_version=4)
    shown = new_output("execute_result", {"text/latex": r"$\displaystyle \sqrt{2}$"})
    figure = new_output("display_data", {"image/png": "iVBORw0KGgo="})
    notebook.cells += [new_markdown_cell(TEXT), new_code_cell("1", outputs=[shown, figure])]
    (folder / "basics.ipynb").chmod(0o644)
    nbformat.write(notebook, folder / "basics.ipynb")
    return (feedback.write(Course(root), "basics", "s000") / "basics.html").read_text()


@pytest.mark.slow
def test_a_page_is_complete_without_any_other_host(page):
    assert page.count("<math ") == 4
    assert "<code>$5</code>" in page
    assert len(re.findall(r'<img[^>]*src="data:image/png;base64,[^"]+"', page)) == 3
    loads = re.findall(r'(?:href|src)="((?!#|data:)[^"]*)"', page)
    assert not [address for address in loads if address], loads
    assert not re.search(r"<(script|link|iframe)\b|@import|url\(['\"]?(https?:)?//", page)
    assert not re.search(r"url\((?!['\"]?data:)", page)
    assert "script-src" not in page
    assert "default-src 'none'" in page


@pytest.mark.slow
def test_work_that_cannot_be_read_has_a_page_that_says_so_and_no_earlier_one(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    one = Course(root)
    feedback.write(one, "basics", "s001")
    record = GradeRecords(root, "basics").read("s001")
    record.status, record.score, record.notes = "broken", 0.0, ["읽을 수 없는 노트북 <b>"]
    GradeRecords(root, "basics").write(record)
    shutil.rmtree(root / "autograded" / "s001")
    text = (feedback.write(one, "basics", "s001") / "basics.html").read_text()
    assert "basics: 0 / 15" in text
    assert "읽을 수 없는 노트북 &lt;b&gt;" in text


@pytest.mark.slow
def test_one_page_that_cannot_be_made_does_not_keep_the_others_back(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    (root / "autograded" / "s003" / "basics" / "basics.ipynb").write_text("{")
    done = subprocess.run(
        [sys.executable, "-m", "cvbook.cli", "feedback", "basics", "--course", str(root)],
        capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert done.returncode == 1
    assert "s003" in done.stderr
    assert "Traceback" not in done.stderr
    pages = {path.parts[-3] for path in (root / "feedback").glob("*/basics/basics.html")}
    assert pages == {f"s{number:03d}" for number in range(8)} - {"s003"}
    assert "7 of 8" in done.stdout
