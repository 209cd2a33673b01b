"""The students' bundle: its START is followed word for word by a new user."""

import datetime
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from cvbook.commands import release

ROOT = Path(__file__).parents[2]
NAME = "01_tasks"
UV = Path(sys.executable).with_name("uv")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    path = tmp_path_factory.mktemp("bundle") / "cvbook-student.zip"
    release.bundle(ROOT, release.assignments(ROOT), path)
    return path


def test_it_is_small_of_today_and_has_what_start_names(bundle):
    assert bundle.stat().st_size < 5e6
    with zipfile.ZipFile(bundle) as archive:
        members = {info.filename.removeprefix("cvbook/"): info for info in archive.infolist()}
        start = archive.read("cvbook/START.txt").decode()
    today = datetime.datetime.now().timetuple()[:3]
    assert all(info.date_time[:3] == today for info in members.values())
    named = set(re.findall(r"`((?:book|exercises)/[\w./]+)`|-[rf] ([\w.]+)", start))
    files = {one or other for one, other in named}
    assert {"requirements.txt", "environment.yml", f"exercises/{NAME}/{NAME}.ipynb"} <= files
    assert files <= set(members)
    assert {path.name for path in (ROOT / "book").glob("[0-9]*.ipynb")} <= {
        Path(name).name for name in members if name.startswith("book/")
    }
    # Students have no Node to bundle the widgets with.
    bundles = {path.name for path in (ROOT / "src/cvbook/widgets/static").iterdir()}
    assert {f"src/cvbook/widgets/static/{name}" for name in bundles} <= set(members)
    assert not any("/frontend/" in name for name in members)
    # Windows' limit is 260 characters, C:\cvbook\ in front.
    assert max(map(len, members)) < 200


@pytest.mark.slow
def test_files_beside_a_notebook_reach_the_students(tmp_path):
    (tmp_path / "exercises").mkdir()
    for name in ("src", "book", "environment-student.yml", *release.BUNDLED_FILES.values()):
        if not (tmp_path / name).exists():
            (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "nbgrader_config.py").symlink_to(ROOT / "nbgrader_config.py")
    shutil.copytree(ROOT / "solutions" / NAME, tmp_path / "solutions" / NAME)
    beside = ["measured.csv", "figures/block.png", "helper.py"]
    for name in beside:
        path = tmp_path / "solutions" / NAME / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"1,2")
    release.release(tmp_path, NAME)
    release.bundle(tmp_path, [NAME], tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        assert {f"cvbook/exercises/{NAME}/{name}" for name in beside} <= set(archive.namelist())


def test_its_time_can_be_set(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a.zip", "b.zip"):
        release.bundle(ROOT, [NAME], tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def steps(title):
    text = (ROOT / "exercises/START.md").read_text("utf-8").split(f"## {title}\n")[1]
    return re.search(r"^```\w+\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1].splitlines()


def test_both_systems_are_installed_by_the_same_steps():
    windows = [line.replace(".venv\\Scripts\\", ".venv/bin/") for line in steps("윈도우")]
    assert [line.replace("py -3.12", "python3") for line in windows] == steps("macOS와 리눅스")


def test_pip_and_uv_install_the_same_versions(bundle):
    with zipfile.ZipFile(bundle) as archive:
        pins = archive.read("cvbook/requirements.txt").decode().splitlines()
    command = [UV, "export", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes"]
    done = subprocess.run(
        [*command, "--no-annotate", "--no-header"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert pins == done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.drawn(turn=0)
def test_a_new_user_follows_start_word_for_word_and_solves_a_task_in_the_browser(
    bundle, tmp_path, unavailable, start_jupyterlab, chromium
):
    """The downloads are those of this machine's uv, so that they need not be made again."""
    home = tmp_path / "home"
    home.mkdir()
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(home)
    folder = home / "cvbook"
    python = home / "bin" / "python3"
    python.parent.mkdir()
    python.symlink_to(Path(sys.base_prefix, "bin", f"python3.{sys.version_info[1]}"))
    cache = subprocess.run([UV, "cache", "dir"], capture_output=True, text=True).stdout.strip()
    kept = ("PIP_", "UV_", "SSL_", "HTTP", "http", "REQUESTS_", "NO_PROXY", "no_proxy")
    settings = {name: value for name, value in os.environ.items() if name.startswith(kept)}
    environment = {
        **settings,
        "HOME": str(home),
        "PATH": f"{python.parent}:{os.defpath}",
        "LANG": "ko_KR.UTF-8",
        "UV_CACHE_DIR": cache,
    }

    def follow(line):
        return subprocess.run(
            ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True
        )

    said = {}
    for line in steps("macOS와 리눅스"):
        done = follow(f"{line} --version" if line.endswith("jupyter lab") else line)
        if done.returncode and "pip install uv" in line:
            unavailable(f"no package index: go online\n{done.stderr}")
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        said[line] = done.stdout
    assert "고장" not in said[".venv/bin/cvbook doctor"]

    path = f"exercises/{NAME}/{NAME}.ipynb"
    own = {"HOME": str(home), "LANG": "ko_KR.UTF-8"}
    solve(chromium, start_jupyterlab(folder, f"tree/{path}", own, folder / ".venv/bin/python"))
    assert answer() in [cell.source for cell in nbformat.read(folder / path, 4).cells]
    (check,) = steps("첫 연습문제")
    done = follow(check)
    assert re.search(r"^ +1\. .+ 통과$", done.stdout, re.MULTILINE), done.stdout + done.stderr
    assert "아직 풀지 않음" in done.stdout


def answer():
    """The instructor's answer to the first task."""
    source = nbformat.read(ROOT / f"solutions/{NAME}/{NAME}.ipynb", as_version=4)
    return next(
        cell.source
        for cell in source.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    )


def solve(chromium, address):
    """Solve the first task of an exercise in JupyterLab, as START says, and save."""
    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(240_000)
    page.goto(address)
    page.get_by_text("Python 3 (cvbook) | 대기").wait_for()
    function = re.search(r"def (\w+)\(", answer())[1]

    def run(text, source=""):
        cell = page.locator(
            ".jp-Notebook .jp-CodeCell",
            has=page.locator(".cm-content", has_text=re.compile("^" + re.escape(text))),
        ).first
        cell.locator(".cm-content").click()
        if source:
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(source)
        page.keyboard.press("Control+Enter")
        return cell

    run("import keras")
    run(f"def {function}", answer())
    run("# 보이는 검사").get_by_text(f"통과: {function}").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    page.locator(".jp-mod-dirty").wait_for(state="detached")
    page.close()
