"""What commands say to students: in their language, in any console, into any pipe."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cvbook import _translation

ROOT = Path(__file__).parents[1]
CVBOOK = Path(sys.executable).with_name("cvbook")
CATALOG = ROOT / "src/cvbook/locale/ko/LC_MESSAGES/cvbook.po"
FIELD = re.compile(r"\{\w+\}")


def asked():
    """Every message that the sources give to `_`."""
    for path in (ROOT / "src/cvbook").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                yield ast.literal_eval(node.args[0])


@pytest.fixture(scope="module")
def korean(require_package):
    pofile = require_package("babel.messages.pofile", "author")
    return {m.id: m.string for m in pofile.read_po(CATALOG.open("rb")) if m.id}


def test_every_message_has_its_korean_with_the_same_fields(korean):
    assert set(asked()) == set(korean)
    for english, translated in korean.items():
        assert sorted(FIELD.findall(translated)) == sorted(FIELD.findall(english))
        assert translated not in ("", english)


def test_the_compiled_catalog_is_that_of_the_source(korean, require_package):
    mofile = require_package("babel.messages.mofile", "author")
    compiled = mofile.read_mo(CATALOG.with_suffix(".mo").open("rb"))
    assert {m.id: m.string for m in compiled if m.id} == korean, "run `make translations`"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "통과"),
        ({"LANG": "en_US.UTF-8"}, "passed"),
        ({"LANG": "de_DE.UTF-8"}, "passed"),
        ({"LANG": "ko_KR.UTF-8", "LANGUAGE": "en:ko"}, "passed"),
        # A server's locale says nothing: the course's JupyterLab is Korean.
        ({"LANG": "C.UTF-8"}, "통과"),
        ({}, "통과"),
    ],
)
def test_the_locale_decides_and_else_the_course(monkeypatch, environment, said):
    for name in _translation.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert _translation.translate("passed") == said


def test_korean_letters_take_two_columns():
    assert len(_translation.padded("채점", 10).encode("cp949")) == 10


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_a_console_that_lacks_letters_gets_stand_ins(encoding):
    done = subprocess.run(
        [CVBOOK, "check", "없는 곳"],
        env={**os.environ, "LANGUAGE": "ko", "PYTHONIOENCODING": encoding},
        capture_output=True,
    )
    assert done.returncode == 1
    said = done.stderr.decode(encoding)
    assert "Traceback" not in said
    assert " - " in said
    assert ("그런 노트북이 없습니다" in said) == (encoding == "cp949")


@pytest.mark.slow
def test_a_pipe_that_nobody_reads_ends_the_command_without_a_traceback():
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([CVBOOK, "data", "show"], stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")
