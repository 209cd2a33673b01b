"""Every bad submission of hostile/ has the outcome that its first lines state."""

import json
import subprocess
import sys
from pathlib import Path

import course
import pytest

from cvbook.grading.walls import why_no_walls

pytestmark = pytest.mark.slow
CASES = sorted(Path(__file__).parent.glob("hostile/*/*.py"))
GOOD = ["good1", "good2", "good3"]
NO_WALLS = why_no_walls()


def needs_walls(case):
    return "sandbox" in course.header(case)


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    root = course.make(tmp_path_factory.mktemp("hostile"))
    for student in GOOD:
        course.hand_in(root, student)
    for case in CASES:
        if not (NO_WALLS and needs_walls(case)):
            course.hand_in_hostile(root, case.stem, case)
    command = [sys.executable, "-m", "cvbook.cli", "grade", "basics", "--course", str(root)]
    command += ["--workers", "2", "--timeout", "8", "--json", str(root / "out.json")]
    command += ["--memory", "1G", "--disk", "64M", "--processes", "64"]
    done = subprocess.run(
        [*command, *(["--no-sandbox"] if NO_WALLS else [])], capture_output=True, text=True
    )
    assert done.returncode == 3, done.stderr
    return {one["student"]: one for one in json.loads((root / "out.json").read_text())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_outcome_as_stated(case, graded):
    if NO_WALLS and needs_walls(case):
        pytest.skip(f"needs the sandbox: {NO_WALLS}")
    stated, record = course.header(case), graded[case.stem]
    said = "; ".join(record["flags"] + record["notes"])
    assert stated["status"] in ("any", record["status"]), said
    assert record["score"] == float(stated["score"]), said
    assert stated.get("says", "") in said


def test_the_rest_of_the_batch_is_untouched(graded):
    assert [graded[name]["score"] for name in GOOD] == [10.0] * len(GOOD)
    assert [graded[name]["status"] for name in GOOD] == ["graded"] * len(GOOD)


def test_there_are_enough_cases():
    assert len(CASES) >= 60
