"""A whole round of a student in JupyterLab: fetch, fail a test, correct it, validate, submit."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbgrader_course
import pytest
import submissions

from cvbook.commands import release

NAME = "09_improving"
WRONG = (
    "def grid_search_space(space):\n    return [dict(zip(space, v)) for v in zip(*space.values())]"
)
RIGHT = WRONG.replace("zip(*", "itertools.product(*")


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory):
    """Run nbgrader in a course whose assignment lies in a local exchange; has the environment."""
    folder = tmp_path_factory.mktemp("round")
    course = nbgrader_course.make_course(folder / "course")
    (folder / "home").mkdir()
    (folder / "exchange").mkdir()
    (folder / "exchange").chmod(0o777)
    (folder / "private").mkdir()
    settings = (Path(__file__).parents[2] / "exercises" / "nbgrader_config.py").read_text("utf-8")
    (folder / "private" / "nbgrader_config.py").write_text(
        f"{settings}\nc.Exchange.root = {str(folder / 'exchange')!r}\n"
        "c.CourseDirectory.course_id = 'cvbook'\n"
    )
    environment = os.environ | {
        "LANGUAGE": "ko",
        "JUPYTER_CONFIG_DIR": str(folder / "private"),
        "JUPYTER_DATA_DIR": str(folder / "private" / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "private" / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "private" / "workspaces"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }

    def run(*command):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *command], cwd=course, env=environment, check=True
        )
        return course

    run.environment, run.home = environment, folder / "home"
    release.release(course, NAME)
    run("release_assignment", NAME)
    return run


@pytest.fixture(scope="module")
def lab(nbgrader, start_jupyterlab):
    """Address of a JupyterLab in a student's empty folder."""
    return start_jupyterlab(nbgrader.home, environment=nbgrader.environment)


@pytest.mark.slow
def test_round_of_a_student(lab, nbgrader, chromium):
    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(240_000)
    page.goto(lab)
    page.locator(".lm-MenuBar-itemLabel", has_text="파일").wait_for()  # in Korean
    page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").click()
    page.locator(".lm-Menu-itemLabel", has_text="Assignment List").click()
    page.get_by_role("button", name="Fetch").click()
    page.locator(".assignment-notebooks-link").click()
    page.get_by_role("link", name=NAME, exact=True).last.click()
    page.get_by_text("Python 3 (cvbook) | 대기").wait_for()  # the kernel is idle

    def cell(text):
        return page.locator(
            ".jp-Notebook .jp-CodeCell",
            has=page.locator(".cm-content", has_text=re.compile("^" + re.escape(text))),
        )

    def run(text, source=""):
        cell(text).locator(".cm-content").click()
        if source:
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(source)
        page.keyboard.press("Control+Enter")

    test = "# 보이는 검사: 이름이 하나나 둘일 때"
    run("import itertools")
    run("def grid_search_space", WRONG)
    run(test)
    cell(test).get_by_text("힌트: 값을 나란히 짝짓지 말고 모든 조합을 만들어야 합니다.").wait_for()
    run("def grid_search_space", RIGHT)
    run(test)
    cell(test).get_by_text("통과: grid_search_space (입력 3가지)").wait_for()

    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    # Validate saves too; before the first save has ended, JupyterLab would ask which one counts.
    page.locator(".jp-mod-dirty").wait_for(state="detached")
    page.locator(".jp-NotebookPanel-toolbar").get_by_text("Validate").click()
    results = page.locator(".jp-Dialog", has_text="Validation Results")
    said = results.inner_text()
    points = re.search(r"과제 5개 가운데 1개 통과, (\d+)점 가운데 (\d+)점", said)
    assert points, said
    assert int(points[2]) < int(points[1])
    assert re.search(r"1\. 그리드 탐색의 후보 .* 7 / 7 +통과", said)
    assert len(re.findall(r"2\. 랜덤 탐색의 후보 .*: 0 / ", said)) == 3  # above what each failed test says
    assert "random_search_space: 아직 풀지 않음" in said
    assert "ensemble: 아직 풀지 않음" in said
    assert "grid_search_space: " not in said.replace("random_search_space: ", "")
    results.get_by_role("button", name="확인").click()

    page.locator(".lm-TabBar-tabLabel", has_text="Assignments").click()
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("There are no submitted assignments.").wait_for(state="hidden")
    page.close()

    course = nbgrader("collect", NAME)
    (handed_in,) = (course / "submitted").glob(f"*/{NAME}/{NAME}.ipynb")
    answers = submissions.Exercise.read(handed_in).answers
    assert answers["grid_search_space"] == RIGHT
