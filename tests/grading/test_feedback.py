"""The students' feedback pages; what they sanitize is tested by the hostile submissions."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


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
