"""`cvbook grade` against plain nbgrader, killed, interrupted, and on a full disk."""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import course
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]


def test_same_scores_as_plain_nbgrader(graded, tmp_path):
    root = course.make_class(tmp_path / "plain", 8)
    bin_folder = str(Path(sys.executable).parent)
    environment = os.environ | {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    for step in ("generate_assignment", "autograde"):
        subprocess.run(
            [f"{bin_folder}/nbgrader", step, "basics"],
            cwd=root, env=environment, check=True, capture_output=True, timeout=200,
        )  # fmt: skip
    expected = course.scores(course.sqlite(root))
    assert len(set(expected.values())) > 2
    assert course.scores(course.sqlite(graded)) == expected


def test_unchanged_submissions_are_skipped_and_changed_ones_graded(graded):
    before = (graded / "autograded" / "s001" / "basics" / "basics.ipynb").stat().st_mtime_ns
    changed = graded / "submitted" / "s000" / "basics" / "note.txt"
    changed.write_text("s000의 메모")
    done = course.grade(graded)
    assert done.returncode == 0
    assert "7 unchanged" in done.stdout
    after = (graded / "autograded" / "s001" / "basics" / "basics.ipynb").stat().st_mtime_ns
    assert after == before


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_and_started_again_ends_with_the_same_gradebook(graded, tmp_path, how):
    root = course.make_class(tmp_path / "killed", 8)
    records = root / ".cvbook" / "grades" / "basics"
    process = subprocess.Popen(
        course.command(root),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while process.poll() is None and len(list(records.glob("*.json"))) < 2:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.05)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    kept = {path.name: path.stat().st_mtime_ns for path in records.glob("*.json")}
    assert 2 <= len(kept) < 8, (process.returncode, said.decode())
    done = course.grade(root)
    assert done.returncode == 0, done.stderr
    assert all((records / name).stat().st_mtime_ns == time for name, time in kept.items())
    assert course.scores(course.sqlite(root)) == course.scores(course.sqlite(graded))
    assert not list((root / ".cvbook").glob("stage-*/"))


#: Ctrl-C while Python finalises an object: there, exceptions are printed and forgotten.
FORGOTTEN = """
import os, signal, sys
from cvbook.cli import main
from cvbook.grading.saving import Saver

class Forgets:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(1000))

def first(self, *arguments):
    store(self, *arguments)
    Saver.store = store
    Forgets()

store, Saver.store = Saver.store, first
sys.exit(main(sys.argv[1:]))
"""


def test_an_interrupt_that_python_forgets_ends_the_run_too(tmp_path):
    root = course.make_class(tmp_path, 8)
    line = [sys.executable, "-c", FORGOTTEN, *course.command(root)[3:]]
    done = subprocess.run(line, capture_output=True, text=True, timeout=200)
    assert "Exception ignored" in done.stderr
    assert done.returncode == 130
    assert len(list((root / ".cvbook" / "grades" / "basics").glob("*.json"))) < 8


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(graded, tmp_path, require):
    unshare = require("unshare", hint="apt-get install util-linux")
    small, untouched = tmp_path / "small", course.make_class(tmp_path / "untouched", 8)
    small.mkdir()
    for size in range(300, 344, 5):  # until the disk is full after the first and before the last
        kept = tmp_path / f"kept-{size}"
        script = f"""
            mount -t tmpfs -o size={size}k tmpfs {small}
            cp -r {untouched} {small}/class
            {shlex.join(course.command(small / "class"))}
            code=$?
            cp -r {small}/class {kept}
            exit $code"""
        done = subprocess.run(
            [unshare, "--map-root-user", "--mount", "bash", "-c", script],
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        if any((kept / ".cvbook/grades/basics").glob("*.json")):
            break
    assert done.returncode == 1, done.stderr
    assert "cannot save" in done.stderr
    assert "Traceback" not in done.stderr
    done = course.grade(kept)
    assert done.returncode == 0, done.stderr
    assert re.search(r"8 submission\(s\), [1-7] unchanged", done.stdout)
    assert course.scores(course.sqlite(kept)) == course.scores(course.sqlite(graded))


def test_wrong_use_has_its_exit_codes(tmp_path):
    root = course.make(tmp_path)
    assert course.grade(root, "--workers", "0").returncode == 2
    assert "no submissions" in course.grade(root).stderr
    assert (
        "cannot open the gradebook" in course.grade(root, "--db", "sqlite:////no/such/x.db").stderr
    )
