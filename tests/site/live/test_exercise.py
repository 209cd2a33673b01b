"""An assignment solved in the browser, and graded as it was downloaded."""

import json
import shutil
import subprocess
import sys

import nbformat
import nbgrader_course
import pytest
import submissions
from live_helpers import ROOT, notebook
from playwright.sync_api import expect

from cvbook.kernels.pool import Pool

NAME = "07_separable_conv"
WRITTEN = "점별 합성곱이 채널을 섞는다."

pytestmark = pytest.mark.slow
expect.set_options(timeout=20_000)


@pytest.fixture
def page(context, live_address):
    """The assignment, as on a first visit."""
    page = context.new_page()
    page.goto(f"{live_address}exercises/{NAME}.html")
    page.evaluate("localStorage.clear()")
    page.reload()
    yield page
    page.close()


def task(page, name):
    return page.get_by_role("group", name=f"{name} 시험과 검사", exact=True)


def output(page, name):
    return page.locator(".exercise-try").filter(has=task(page, name)).locator(".live-output")


def write(page, name, source):
    page.get_by_role("textbox", name=f"{name}의 답", exact=True).fill(source)


def check(page, name):
    task(page, name).get_by_role("button", name="검사").click()
    expect(task(page, name)).to_contain_text("개 통과")


def download(page):
    with page.expect_download() as started:
        page.get_by_role("button", name="노트북 내려받기").click()
    return started.value


@pytest.fixture(scope="module")
def answers():
    """The answers of the solution by function."""
    return submissions.solution(NAME).answers


@pytest.fixture(scope="module")
def handed_in(context, live_address, answers, tmp_path_factory):
    """The notebook that a student downloads who solved every task on the page."""
    page = context.new_page()
    page.goto(f"{live_address}exercises/{NAME}.html")
    for name, source in answers.items():
        write(page, name, source)
        if name != "shrink":  # a Keras model
            check(page, name)
    page.get_by_role("textbox", name="서술형의 답").fill(WRITTEN)
    expect(page.locator("#exercise-points")).to_contain_text("지금까지 34점")
    path = tmp_path_factory.mktemp("handed_in") / f"{NAME}.ipynb"
    download(page).save_as(path)
    page.close()
    return path


def test_a_wrong_answer_gets_the_hint_of_its_misconception_and_its_points(page):
    source = "def conv2d_params(k, c, f, use_bias=False):\n    return k * k * c * f"
    write(page, "conv2d_params", source)
    task(page, "conv2d_params").get_by_role("button", name="시험").click()
    expect(output(page, "conv2d_params")).to_have_text("1728\n")
    check(page, "conv2d_params")
    expect(task(page, "conv2d_params")).to_contain_text("검사 2개 가운데 1개 통과, 3점")
    expect(output(page, "conv2d_params")).to_contain_text("편향을 빠뜨렸습니다")
    expect(page.locator("#exercise-points")).to_contain_text("지금까지 3점")
    write(page, "conv2d_params", f"{source} + 1")  # points belong to the answer that was tested
    expect(page.locator("#exercise-points")).to_contain_text("지금까지 0점")


def test_an_unsolved_task_and_a_broken_one_say_so(page):
    check(page, "conv2d_macs")
    expect(output(page, "conv2d_macs")).to_contain_text("아직 풀지 않음")
    write(page, "conv2d_macs", "def conv2d_macs(:\n    return")
    check(page, "conv2d_macs")
    expect(output(page, "conv2d_macs")).to_contain_text("SyntaxError")


def test_code_of_no_task_uses_the_answers_and_an_answer_can_be_restored(page, answers):
    for name in ("conv2d_params", "conv2d_macs", "roofline_seconds"):
        write(page, name, answers[name])
    free = page.get_by_role("group", name="자유롭게 쓰는 코드")
    place = page.locator(".exercise-try").filter(has=free, has_text="peak_flops=2e11").first
    place.get_by_role("button", name="실행").click()
    expect(place.locator("pre")).to_contain_text("377.5")
    task(page, "conv2d_macs").get_by_role("button", name="되돌리기").click()
    editor = page.get_by_role("textbox", name="conv2d_macs의 답", exact=True)
    expect(editor).to_contain_text("여기에 코드를 쓰세요")


def test_answers_stay_in_the_browser_and_come_back_from_a_file(page, tmp_path):
    source = "def conv2d_macs(h, w, k, c, f):\n    return h * w * k * k * c * f"
    write(page, "conv2d_macs", source)
    page.reload()
    editor = page.get_by_role("textbox", name="conv2d_macs의 답", exact=True)
    expect(editor).to_have_text(source.replace("\n", ""), use_inner_text=False)
    download(page).save_as(tmp_path / "mine.ipynb")
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(editor).to_contain_text("NotImplementedError")
    chooser = page.locator("input[type=file]")
    other = ROOT / "exercises/06_batchnorm/06_batchnorm.ipynb"
    chooser.set_input_files(other)
    expect(page.locator("#exercise-bar")).to_contain_text("이 과제의 노트북이 아닙니다")
    chooser.set_input_files(tmp_path / "mine.ipynb")
    expect(editor).to_contain_text("return h * w * k * k * c * f")


def test_only_the_answers_differ_from_the_released_notebook(handed_in, answers):
    released, mine = notebook("exercises", NAME), json.loads(handed_in.read_text())
    nbformat.validate(mine)
    for before, after in zip(released["cells"], mine["cells"], strict=True):
        text = "".join(after["source"])
        if before["id"] in answers:
            assert text == answers[before["id"]]
        elif before["id"] == "written-answer":
            assert text == WRITTEN
        else:
            assert text == before["source"]
        assert {**after, "source": ""} == {**before, "source": ""}
    assert {**mine, "cells": []} == {**released, "cells": []}


def test_nbgrader_gives_it_full_points(handed_in, answers, tmp_path):
    course = nbgrader_course.make_course(tmp_path)
    with Pool() as pool:
        submitted = {"reader": nbformat.read(handed_in, as_version=4)}
        points = nbgrader_course.grade(course, NAME, submitted, pool.environment)
    solution = submissions.solution(NAME)
    assert points["reader"] == {name: solution.full(name) for name in answers}


def test_cvbook_grade_gives_it_full_points(handed_in, require_sandbox, tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "solutions" / NAME, tmp_path / "solutions" / NAME)
    folder = tmp_path / "submitted/reader" / NAME
    folder.mkdir(parents=True)
    shutil.copy(handed_in, folder)
    command = [sys.executable, "-m", "cvbook.cli", "grade", NAME, "--course", str(tmp_path)]
    done = subprocess.run(
        [*command, "--workers", "1", "--json", str(tmp_path / "out.json")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    [record] = json.loads((tmp_path / "out.json").read_text())
    assert (record["score"], record["flags"]) == (84, [])


def test_a_task_with_keras_is_written_here_and_checked_elsewhere(context, live_address, tmp_path):
    page = context.new_page()
    page.goto(f"{live_address}exercises/08_mini_xception.html")
    expect(page.get_by_text("JupyterLab에서 검사하세요")).to_have_count(2)
    expect(page.get_by_role("button", name="검사")).to_have_count(1)
    write(page, "xception_block", "def xception_block(x, size):\n    return x")
    download(page).save_as(tmp_path / "mine.ipynb")
    cells = nbformat.read(tmp_path / "mine.ipynb", as_version=4).cells
    assert [cell.source for cell in cells if cell.id == "xception_block"] == [
        "def xception_block(x, size):\n    return x"
    ]
    page.close()
