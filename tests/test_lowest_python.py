"""Python 3.11.2, which Debian 12 has: the lowest of the supported ones that is in wide use."""

import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: Imports every module but those of the page's Python, and unpacks an archive.
IMPORTS = """
import importlib, io, pkgutil, sys, tarfile
from pathlib import Path
import cvbook
assert not hasattr(tarfile, "data_filter"), sys.version
for module in pkgutil.walk_packages(cvbook.__path__, "cvbook."):
    if not module.name.endswith("__main__") and ".site.live.python" not in module.name:
        importlib.import_module(module.name)
from cvbook.datasets import fetch
with tarfile.open("a.tar", "w") as archive:
    entry = tarfile.TarInfo("images/a.txt")
    entry.size = 3
    archive.addfile(entry, io.BytesIO(b"abc"))
fetch.unpack_tar(Path("a.tar"), Path("out"))
assert Path("out/images/a.txt").read_bytes() == b"abc"
"""


@pytest.fixture(scope="module")
def old_python(require, unavailable):
    """An environment of that Python with the packages of this one, whose modules it can load."""
    if sys.version_info[:2] != (3, 11):
        unavailable("the packages of this Python are not for 3.11")
    found = require("/usr/bin/python3.11", hint="apt-get install python3.11 on Debian 12")
    code = "import tarfile; print(hasattr(tarfile, 'data_filter'))"
    newer = subprocess.run([found, "-c", code], capture_output=True, text=True, check=True)
    if newer.stdout.strip() == "True":
        unavailable("this machine's python3.11 is a later one than 3.11.3")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # the sandbox's user must reach it, unlike pytest's folders
        subprocess.run([found, "-m", "venv", "--without-pip", folder], check=True)
        packages = next(folder.glob("lib/python3.11/site-packages"))
        here = [sysconfig.get_path("purelib"), str(ROOT / "src")]
        (packages / "here.pth").write_text("\n".join(here))
        yield folder / "bin" / "python"


@pytest.mark.slow
@pytest.mark.drawn(turn=1)
def test_every_module_loads_and_archives_are_unpacked(old_python, tmp_path):
    done = subprocess.run(
        [old_python, "-c", IMPORTS], cwd=tmp_path, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.slow
@pytest.mark.drawn(turn=1)
def test_a_right_submission_gets_its_points(old_python, require_sandbox, tmp_path):
    sys.path.insert(0, str(ROOT / "tests" / "grading"))
    import course

    root = course.make_class(tmp_path, 1)
    here = str(Path(sys.executable).parent)  # has alembic, which nbgrader starts
    done = subprocess.run(
        [old_python, *course.command(root)[1:]],
        env=os.environ | {"PATH": f"{here}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert sum(filter(None, course.scores(course.sqlite(root)).values())) == 10
