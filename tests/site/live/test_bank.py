"""The banks of right and wrong answers: a browser's Python gives the verdicts of JupyterLab's.

A third of the answers each day; `make test-exhaustive` runs all.
"""

import json
import re
import subprocess
from pathlib import Path

import pytest
from live_helpers import ROOT, answers_of, runs_of
from sampling import drawn

from cvbook.site.live import bundle
from cvbook.site.live.python import cvbook_live

NUMBER = re.compile(r"-?\d+\.\d+(?:e[+-]?\d+)?")

pytestmark = pytest.mark.slow  # imports TensorFlow, and starts Pyodide


def test_every_answer_without_keras_gets_the_same_verdict_and_message(
    pyodide, require, tmp_path, monkeypatch
):
    node = require("node", hint="make env")
    monkeypatch.syspath_prepend(str(Path(cvbook_live.__file__).parent))
    archive = tmp_path / "python.zip"
    archive.write_bytes(bundle.archive(ROOT / "book/results"))
    answers = drawn([*answers_of("right", "wrong")], days=3)
    names, runs = zip(*runs_of(answers), strict=True)
    assert len({name.split("__")[0] for name in names}) >= 24
    done = subprocess.run(
        [node, Path(__file__).with_name("bank.mjs"), pyodide, archive],
        input="\n".join(map(json.dumps, runs)),
        capture_output=True,
        text=True,
        check=True,
    )
    in_browser = [tuple(json.loads(line)) for line in done.stdout.splitlines()]
    here = [_run(cells) for cells in runs]
    different = [
        f"{name}\n--- JupyterLab: {own}\n--- browser: {theirs}"
        for name, own, theirs in zip(names, here, in_browser, strict=True)
        if not _same(own, theirs)
    ]
    assert not different, "\n".join(different)
    assert {end for end, _ in here} == {"ok", "error"}


def _same(own, theirs):
    """Equal but for the last digit of a float32; and a browser's integers have 32 bits.

    Python 3.12 has other words for the largest of nothing, random numbers without a seed are never
    the same, and hashes have 32 bits there too.
    """
    (end, said), (other_end, other_said) = own, theirs
    said, other_said = map(_without_versions, (said, other_said))
    numbers, others = (list(map(float, NUMBER.findall(text))) for text in (said, other_said))
    return (
        end == other_end
        and NUMBER.sub("#", said) == NUMBER.sub("#", other_said)
        and numbers == pytest.approx(others, rel=2e-5)
    )


def _without_versions(text):
    text = text.replace("int32", "int64")
    text = text.replace("() arg is an empty sequence", "() iterable argument is empty")
    if "다시 불렀더니 다른" in text or "해시(hash)" in text:
        text = re.sub(r"^ *결과: .*$", "", text, flags=re.MULTILINE)
    return text


def _run(cells):
    said = []
    end = cvbook_live.run(cells, lambda kind, text: kind == "stderr" and said.append(text))
    return end, "".join(said)
