"""The walls themselves, around a bare Python, built by root and by an ordinary user."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

import cvbook
from cvbook.errors import CvbookError
from cvbook.kernels import sandbox

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


def walls_or_skip():
    try:
        sandbox.check()
    except CvbookError as error:
        pytest.skip(f"this machine allows no walls: {error}")


@pytest.fixture(scope="module")
def public():
    """A folder that every user may enter, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def library(public):
    """What the walls need of cvbook, readable by every user; it needs nothing else."""
    folder = public / "library"
    package = Path(cvbook.__file__).parent
    for name in ("errors.py", "kernels/sandbox/__init__.py"):
        (folder / "cvbook" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(package / name, folder / "cvbook" / name)
    return folder


@pytest.fixture(params=["root", pytest.param("ordinary", marks=pytest.mark.slow)])
def walled(request, library, public):
    """Run code behind the walls; it prints JSON."""
    root = os.geteuid() == 0
    if request.param == "root" and not root:
        pytest.skip("not root")
    other = request.param == "ordinary" and root
    python = "/usr/bin/python3" if other else sys.executable
    if not Path(python).exists():
        pytest.skip(f"no {python}, which an ordinary user could run")
    if not other:
        walls_or_skip()

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


def attempt(expression):
    """Code that prints what an expression gives, or the name of its exception."""
    return f"""
import ctypes, errno, json, os, socket
libc = ctypes.CDLL(None, use_errno=True)
try:
    print(json.dumps({expression}))
except Exception as error:
    print(json.dumps(type(error).__name__))
"""


def test_nothing_of_the_host_is_there_but_python(walled, public):
    (public / "gradebook.db").write_text("secret")
    code = f"""
import json, os
seen = [os.path.exists(p) for p in ({str(public / "gradebook.db")!r}, "/etc/shadow", "/home/" +
        "..{Path.cwd()}/README.md", "/proc/1/root/etc/shadow")]
print(json.dumps([seen, os.listdir("/tmp"), os.listdir("."), os.listdir("/home")]))
"""
    # Where the environment lies in /tmp itself, its place there is seen, and nothing beside it.
    place = {Path(sys.prefix).parts[2]} if Path(sys.prefix).is_relative_to("/tmp") else set()
    seen, temporary, here, homes = walled(code)
    assert (seen, here, homes) == ([False] * 4, [], ["student"])
    assert set(temporary) <= place


def test_only_its_own_processes_are_there(walled):
    code = """
import json, os
print(json.dumps([p for p in os.listdir("/proc") if p.isdigit()]))
"""
    assert walled(code) == ["1", "2"]


def test_no_rights_are_left(walled):
    code = """
import ctypes, json, os
libc = ctypes.CDLL(None, use_errno=True)
lines = dict(l.split(":", 1) for l in open("/proc/self/status"))
zero = all(int(lines[n], 16) == 0 for n in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"))
print(json.dumps([zero, lines["NoNewPrivs"].strip(), os.getuid(), os.geteuid(),
                  libc.unshare(0x10000000), libc.mount(b"x", b"/tmp", b"tmpfs", 0, None)]))
"""
    assert walled(code) == [True, "1", 1000, 1000, -1, -1]


def test_the_host_user_is_never_root(walled):
    code = "import json; print(json.dumps(open('/proc/self/uid_map').read().split()))"
    inside, outside, count = walled(code)
    assert (inside, count) == ("1000", "1")
    assert outside != "0"


def test_cannot_write_outside_its_own_folders(walled):
    code = """
import json
paths = ["/usr/x", "/x", "/etc/passwd", "/run/kernel/x", "/proc/sys/kernel/core_pattern", "/dev/x",
         "/proc/sysrq-trigger", "/proc/sys/user/max_user_namespaces", "/dev/pts/x", "/home/x"]
written = []
for path in paths:
    try:
        open(path, "w").write("0")
        written.append(path)
    except OSError:
        pass
print(json.dumps(written))
"""
    assert walled(code) == []


def test_own_folders_are_writable(walled):
    expression = "[open(p, 'w').write('x') for p in ('a', '/tmp/a', '/dev/shm/a', '../a')]"
    assert walled(attempt(expression)) == [1, 1, 1, 1]


def test_no_network(walled):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        expression = f"socket.create_connection(('127.0.0.1', {port}), 5) and 1"
        assert walled(attempt(expression)) == "ConnectionRefusedError"


def test_no_host_beyond(walled):
    assert walled(attempt("socket.create_connection(('192.0.2.1', 80), 5) and 1")) == "OSError"


def test_own_loopback_works(walled):
    code = """
import json, socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname(), 5)
print(json.dumps("connected"))
"""
    assert walled(code) == "connected"


def test_cannot_reach_processes_of_the_host(walled):
    assert walled(attempt(f"os.kill({os.getpid()}, 9)")) == "ProcessLookupError"


def test_cannot_look_into_process_1(walled):
    assert walled(attempt("open('/proc/1/mem', 'rb') and 1")) == "PermissionError"


def test_memory_is_limited(walled):
    assert walled(attempt("len(bytearray(300 << 20))"), memory=200 << 20) == "MemoryError"


def test_disk_is_limited(walled):
    code = """
import json
written = 0
try:
    for i in range(100):
        with open(("/tmp/", "/dev/shm/", "")[i % 3] + f"f{i}", "wb") as file:
            written += file.write(bytes(1 << 20))
except OSError as error:
    print(json.dumps([error.errno, written >> 20]))
"""
    number, written = walled(code, disk=20 << 20)
    assert number == 28  # ENOSPC
    assert 17 <= written <= 20


def test_processes_are_limited_and_end_with_the_kernel(walled, public):
    code = """
import json, os, time
children = 0
try:
    while children < 1000:
        if os.fork() == 0:
            os.setsid()
            time.sleep(10_000)
        children += 1
except BlockingIOError:
    pass
print(json.dumps(children), flush=True)
"""
    assert 20 <= walled(code, processes=40) <= 40
    # They carry the command line of the kernel that forked them; other tests run beside this one.
    everything = psutil.process_iter(["cmdline"])
    left = [
        process for process in everything if str(public) in " ".join(process.info["cmdline"] or [])
    ]
    assert not psutil.wait_procs(left, timeout=10)[1]


def test_open_files_are_limited(walled):
    expression = "len([open('/dev/null') for _ in range(100)])"
    assert walled(attempt(expression), open_files=50) == "OSError"


def test_refused_with_the_remedy_where_namespaces_are_forbidden(walled):
    """Behind the walls no further namespaces can be made: as on a host that forbids them."""
    code = """
import json
os.mkdir("again"); os.mkdir("sockets")
pid = os.fork()
if pid == 0:
    try:
        sandbox.enter(sandbox.Limits(), "again", "sockets", control)
    except sandbox.SandboxError as error:
        print(json.dumps(str(error)), flush=True)
    os._exit(0)
os.waitpid(pid, 0)
"""
    assert "user.max_user_namespaces" in walled(code)
