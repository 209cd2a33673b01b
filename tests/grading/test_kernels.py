"""Kernels of other environments and languages, and those that are not installed."""

import json
import os
import sys
import venv
from pathlib import Path

import pytest
import situations
from situations import answer, cell

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]

OTHER = {"name": "other-python", "display_name": "Other", "language": "python"}
ECHO = {"name": "echo", "display_name": "Echo", "language": "echo"}


@pytest.fixture(scope="module")
def kernels(tmp_path_factory):
    """A folder of kernelspecs: another Python environment, and another language."""
    folder = tmp_path_factory.mktemp("kernels")
    venv.create(folder / "environment", with_pip=False)
    packages = next((folder / "environment" / "lib").glob("python3*/site-packages"))
    for path in map(Path, sys.path):
        if path.name == "site-packages":
            (packages / "shared.pth").write_text(f"{path}\n")
            visible = path
    (packages / "only_there.py").write_text("answer = 42\n")
    (packages / "echo_kernel.py").write_text(Path(__file__).with_name("echo_kernel.py").read_text())
    python = folder / "environment" / "bin" / "python"
    for name, module in {"other-python": "ipykernel_launcher", "echo": "echo_kernel"}.items():
        spec = folder / "jupyter" / "kernels" / name / "kernel.json"
        spec.parent.mkdir(parents=True)
        argv = [str(python), "-m", module, "-f", "{connection_file}"]
        language = "python" if name == "other-python" else "echo"
        spec.write_text(json.dumps({"argv": argv, "display_name": name, "language": language}))
    assert visible
    return {"JUPYTER_PATH": str(folder / "jupyter")}


@pytest.fixture(scope="module")
def graded(kernels, tmp_path_factory):
    """One assignment with a notebook of each, by students who answer rightly and wrongly."""
    books = {
        "there": situations.notebook(
            [
                cell("setup", "from only_there import answer as expected", locked=True),
                answer("there", "import os\nvalue = 42"),
                cell("there-test", "assert value == expected", 2),
                cell("there-shown", "2 * (value == expected)", 2),
                cell("there-away", "import sys\nassert sys.prefix.endswith('environment')", 1),
                cell("there-file", "assert open('data.txt').read() == 'x'", 1),
            ],
            OTHER,
        ),
        "echo": situations.notebook(
            [
                answer("echo", "say hello"),
                cell("echo-test", "need data.txt\nsay tested", 2),
                cell("echo-warns", "warn Attaching package: 'stats'", 1),
                cell("echo-half", "show [1] 2", 4),
                cell("echo-false", "show [1] FALSE", 4),
                cell("echo-display", "display [1] 2", 4),
                cell("echo-fails", "fail on purpose", 1),
            ],
            ECHO,
        ),
    }  # fmt: skip
    root = situations.assignment(
        tmp_path_factory.mktemp("course"), "two", books, {"data.txt": "x"},
        config='c.ClearSolutions.code_stub = {"python": "", "echo": ""}\n',
    )  # fmt: skip
    cheat = "import builtins\nvalue = 41\nbuiltins.open = lambda *a: value"
    escape = (
        "import os, socket\nvalue = 42\n"
        "assert not os.path.exists('/root') or not os.listdir('/root')\n"
        "for place in ('/run/kernel/k-9', '/etc/new'):\n"
        "    try:\n        open(place, 'w')\n    except OSError:\n        pass\n"
        "    else:\n        value = 0\n"
        "try:\n    socket.create_connection(('127.0.0.1', 1))\nexcept OSError:\n    pass"
    )
    for student, text in {
        "right": "value = 42", "wrong": "value = 41", "cheat": cheat, "escape": escape
    }.items():  # fmt: skip
        mine = situations.handed_in(books["there"], there=text)
        files = {"there.ipynb": mine, "echo.ipynb": books["echo"]}
        situations.submit(root, student, "two", files)
    done, records = situations.grade(root, "two", env=os.environ | kernels)
    assert records, done.stderr
    return records


def test_another_environment_runs_in_its_own_python_with_all_checks(graded):
    points = {
        student: [
            record["cells"]["there"][f"there-{name}"]["score"] for name in ("test", "shown", "away")
        ]
        for student, record in graded.items()
    }
    assert points["right"] == points["escape"] == [2, 2, 1]
    assert points["wrong"] == [0, 0, 1]
    assert points["cheat"] == [0, 0, 0]
    assert graded["cheat"]["status"] == "flagged"
    assert graded["right"]["cells"]["there"]["there-file"]["score"] == 1, graded["right"]


def test_another_language_is_graded_by_its_values_and_said_to_be_without_checks(graded):
    cells = graded["right"]["cells"]["echo"]
    names = ("test", "warns", "half", "false", "display", "fails")
    assert [cells[f"echo-{name}"]["score"] for name in names] == [2, 1, 2, 0, 4, 0]
    unclear = "\n".join(graded["right"]["unclear"])
    assert [name for name in names if f"echo-{name}: " in unclear] == ["warns", "false", "display"]
    assert "echo: 무결성 검사는 파이썬 커널에서만 함 (echo)" in graded["right"]["notes"]


def test_a_kernel_with_variables_of_its_own_has_them(tmp_path):
    """Also where its program is this Python, a fork of which would not have them."""
    spec = tmp_path / "jupyter" / "kernels" / "with-variables" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    shown = {"argv": argv, "display_name": "x", "language": "python"}
    named = {"name": "with-variables", "display_name": "x", "language": "python"}
    test = cell("t", "import os\nassert os.environ.get('UNIT') == 'mm' and value", 1)
    book = situations.notebook([answer("a"), test], named)
    root = situations.assignment(tmp_path / "course", "a", {"a": book})
    situations.submit(root, "kim", "a", {"a.ipynb": situations.handed_in(book, a="value = 1")})
    scores = []
    for variables in ({}, {"UNIT": "mm"}):
        spec.write_text(json.dumps(shown | {"env": variables}))
        done, records = situations.grade(
            root, "a", env=os.environ | {"JUPYTER_PATH": str(tmp_path / "jupyter")}
        )
        scores.append(records["kim"]["cells"]["a"]["t"]["score"])
    assert scores == [0, 1], done.stderr


def test_a_notebook_in_another_language_that_names_no_kernel_is_refused(tmp_path):
    book = situations.notebook([answer("a"), cell("t", "stopifnot(a)", 1)])
    book.metadata = {"language_info": {"name": "R"}}
    root = situations.assignment(tmp_path, "r", {"r": book})
    situations.submit(root, "kim", "r", {"r.ipynb": book})
    done, records = situations.grade(root, "r")
    assert done.returncode == 1
    assert "no kernel named – r.ipynb, which is in R" in done.stderr
    assert not records


def test_a_kernel_that_is_not_installed_is_refused_by_name(tmp_path):
    book = situations.notebook(
        [answer("a"), cell("t", "assert a", 1)],
        {"name": "ir", "display_name": "R", "language": "R"},
    )
    root = situations.assignment(tmp_path, "r", {"r": book})
    situations.submit(root, "kim", "r", {"r.ipynb": book})
    done, records = situations.grade(root, "r")
    assert done.returncode == 1
    assert done.stderr.startswith("cvbook grade: no such kernel – ir, which r.ipynb names")
    assert "Traceback" not in done.stderr
    assert not records
