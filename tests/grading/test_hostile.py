"""Every bad submission of hostile/ has the outcome that its first lines state."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import course
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]
CASES = sorted(Path(__file__).parent.glob("hostile/*/*.py"))
GOOD = ["good1", "good2", "good3"]


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    return course.make(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def graded(require_sandbox, root):
    for student in GOOD:
        course.hand_in(root, student)
    for case in CASES:
        course.hand_in_hostile(root, case.stem, case)
    command = [sys.executable, "-m", "cvbook.cli", "grade", "basics", "--course", str(root)]
    command += ["--workers", "2", "--timeout", "5", "--json", str(root / "out.json")]
    command += ["--memory", "1G", "--disk", "64M", "--processes", "64"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr
    return {one["student"]: one for one in json.loads((root / "out.json").read_text())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_outcome_as_stated(case, graded):
    stated, record = course.header(case), graded[case.stem]
    said = "; ".join(record["flags"] + record["notes"])
    # Two where a race decides, or what a corrupted interpreter does next.
    assert stated["status"] == "any" or record["status"] in stated["status"].split(" or "), said
    least, _, most = stated["score"].partition("–")  # a range where a race decides
    assert float(least) <= record["score"] <= float(most or least), said
    assert stated.get("says", "") in said


def test_the_rest_of_the_batch_is_untouched(graded):
    others = graded.keys() - {case.stem for case in CASES}
    assert others > set(GOOD)  # and the students with odd names
    assert {(graded[name]["score"], graded[name]["status"]) for name in others} == {
        (10.0, "graded")
    }


class _Page(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self, text):
        super().__init__()
        self.handlers, self.links = [], []
        self.tags = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.handlers += [name for name, _ in attributes if name.startswith("on")]
        self.links += [str(value) for name, value in attributes if name in ("href", "src")]


@pytest.mark.parametrize(
    "student",
    [
        "attachment_empty",
        "attachment_lost",
        "attachment_with_a_script",
        "links_that_run",
        "picture_with_a_script",
        "script_in_output",
        "script_in_the_answer",
        "[a-z]*",
    ],
)
def test_feedback_runs_nothing_of_the_students(student, graded, root):
    command = [sys.executable, "-m", "cvbook.cli", "feedback", "basics", "--course", str(root)]
    subprocess.run([*command, "--student", student], check=True, capture_output=True)
    folder = root / "feedback" / student / "basics"
    assert [path.name for path in folder.iterdir() if path.suffix != ".txt"] == ["basics.html"]
    page = _Page((folder / "basics.html").read_text())
    assert not page.tags & {"script", "link"}
    assert not page.handlers
    assert not page.tags & {"base", "embed", "form", "iframe", "object", "svg"}
    harmless = re.compile(r"data:image/|#|$")  # pictures, and parts of this page
    assert not [link for link in page.links if not harmless.match(link)]


@pytest.mark.parametrize(
    "defence",
    [
        "안의 것이 바뀜",
        "커널의 훅이 바뀜",
        "이(가) 바뀜",
        "내장 함수 abs을(를) 가림",
        "검사 셀이 끝까지 실행되지 않음",
        "검사 셀에 없는 결과가 나타남",
        "커널이 검사에 답하지 않음",
        "검사 셀의 변수",
        "커널이 죽음 (메모리 한도)",
        "시간 초과",
        "시간 제한 뒤에도 멈추지 않음",
        "출력이 너무 많아 자름",
        "읽을 수 없는 출력을 뺌",
        "읽을 수 없는 코드",
        "너무 길어 읽지 않은 코드",
        "모듈을 가리는 파일을 뺌",
        "링크나 특수 파일을 뺌",
        "너무 커서 뺌",
        "너무 깊은 JSON",
        "깨진 JSON",
        "복사된 셀",
        "고쳐진 잠긴 셀",
        "지워진 잠긴 셀",
        "표시가 지워진 셀",
        "파일 이름이 다름",
        "노트북이 없음",
    ],
)
def test_every_defence_is_met_by_a_case(defence, graded):
    said = [text for one in graded.values() for text in one["flags"] + one["notes"]]
    assert any(defence in text for text in said)
