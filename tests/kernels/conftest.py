"""A bare Python in the sandbox."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import cvbook

ORDINARY = 12_345

PROGRAM = """
import json, os, socket, sys
sys.path.insert(0, sys.argv[1])
from cvbook.kernels import sandbox
sys.path.pop(0)
place, code, limits = sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
os.mkdir(place + "/root"); os.mkdir(place + "/sockets", 0o700)
ours, control = socket.socketpair()
pid = os.fork()
if pid:
    control.close()
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
ours.close()
inside = sandbox.enter(sandbox.Limits(**limits), place + "/root", place + "/sockets", control)
inside.seal()
exec(code)
"""


@pytest.fixture(scope="module")
def public():
    """A folder that every user may enter, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def library(public):
    """What the sandbox needs of cvbook, readable by every user; it needs nothing else."""
    folder = public / "library"
    package = Path(cvbook.__file__).parent
    shutil.copytree(package / "kernels/sandbox", folder / "cvbook/kernels/sandbox")
    shutil.copy(package / "errors.py", folder / "cvbook")
    return folder


@pytest.fixture(params=["root", pytest.param("ordinary", marks=pytest.mark.slow)])
def sandboxed(request, require, library, public):
    """Run code in the sandbox; it prints JSON."""
    root = os.geteuid() == 0
    if request.param == "root" and not root:
        pytest.skip("not root")
    other = request.param == "ordinary" and root
    python = sys.executable  # perhaps in a folder of root's, which an ordinary user cannot enter
    if other:
        python = require("/usr/bin/python3", hint="apt-get install python3")
    if not other:
        request.getfixturevalue("require_sandbox")

    def run(code, **limits):
        place = Path(tempfile.mkdtemp(dir=public))
        if other:
            os.chown(place, ORDINARY, ORDINARY)
        done = subprocess.run(
            [python, "-c", PROGRAM, str(library), str(place), code, json.dumps(limits)],
            capture_output=True,
            text=True,
            user=ORDINARY if other else None,
            group=ORDINARY if other else None,
            extra_groups=[] if other else None,
            env={"PATH": os.environ["PATH"], "HOME": str(public)},
            cwd="/",
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert not os.listdir(place / "root"), "something was built on the host"
        return json.loads(done.stdout)

    return run
