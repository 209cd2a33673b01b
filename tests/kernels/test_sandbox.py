"""The sandbox itself, around a bare Python, entered by root and by an ordinary user."""

import os
import socket
import sys
from pathlib import Path

import psutil


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


def test_nothing_of_the_host_is_there_but_python(sandboxed, public):
    (public / "gradebook.db").write_text("secret")
    code = f"""
import json, os
seen = [os.path.exists(p) for p in ({str(public / "gradebook.db")!r}, "/etc/shadow", "/home/" +
        "..{Path.cwd()}/README.md", "/proc/1/root/etc/shadow")]
print(json.dumps([seen, os.listdir("/tmp"), os.listdir("."), os.listdir("/home")]))
"""
    # Where the environment lies in /tmp itself, its place there is seen, and nothing beside it.
    place = {Path(sys.prefix).parts[2]} if Path(sys.prefix).is_relative_to("/tmp") else set()
    seen, temporary, here, homes = sandboxed(code)
    assert (seen, here, homes) == ([False] * 4, [], ["student"])
    assert set(temporary) <= place


def test_only_its_own_processes_are_there(sandboxed):
    code = """
import json, os
print(json.dumps([p for p in os.listdir("/proc") if p.isdigit()]))
"""
    assert sandboxed(code) == ["1", "2"]


def test_no_rights_are_left(sandboxed):
    code = """
import ctypes, json, os
libc = ctypes.CDLL(None, use_errno=True)
lines = dict(l.split(":", 1) for l in open("/proc/self/status"))
zero = all(int(lines[n], 16) == 0 for n in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"))
print(json.dumps([zero, lines["NoNewPrivs"].strip(), os.getuid(), os.geteuid(),
                  libc.unshare(0x10000000), libc.mount(b"x", b"/tmp", b"tmpfs", 0, None)]))
"""
    assert sandboxed(code) == [True, "1", 1000, 1000, -1, -1]


def test_the_host_user_is_never_root(sandboxed):
    code = "import json; print(json.dumps(open('/proc/self/uid_map').read().split()))"
    inside, outside, count = sandboxed(code)
    assert (inside, count) == ("1000", "1")
    assert outside != "0"


def test_cannot_write_outside_its_own_folders(sandboxed):
    code = """
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
    assert sandboxed(code) == []


def test_own_folders_are_writable(sandboxed):
    expression = "[open(p, 'w').write('x') for p in ('a', '/tmp/a', '/dev/shm/a', '../a')]"
    assert sandboxed(attempt(expression)) == [1, 1, 1, 1]


def test_no_network(sandboxed):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        expression = f"socket.create_connection(('127.0.0.1', {port}), 5) and 1"
        assert sandboxed(attempt(expression)) == "ConnectionRefusedError"


def test_no_host_beyond(sandboxed):
    assert sandboxed(attempt("socket.create_connection(('192.0.2.1', 80), 5) and 1")) == "OSError"


def test_own_loopback_works(sandboxed):
    code = """
import json, socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname(), 5)
print(json.dumps("connected"))
"""
    assert sandboxed(code) == "connected"


def test_cannot_reach_processes_of_the_host(sandboxed):
    assert sandboxed(attempt(f"os.kill({os.getpid()}, 9)")) == "ProcessLookupError"


def test_cannot_look_into_process_1(sandboxed):
    assert sandboxed(attempt("open('/proc/1/mem', 'rb') and 1")) == "PermissionError"


def test_memory_is_limited(sandboxed):
    assert sandboxed(attempt("len(bytearray(300 << 20))"), memory=200 << 20) == "MemoryError"


def test_disk_is_limited(sandboxed):
    code = """
written = 0
try:
    for i in range(100):
        with open(("/tmp/", "/dev/shm/", "")[i % 3] + f"f{i}", "wb") as file:
            written += file.write(bytes(1 << 20))
except OSError as error:
    print(json.dumps([error.errno, written >> 20]))
"""
    number, written = sandboxed(code, disk=20 << 20)
    assert number == 28  # ENOSPC
    assert 17 <= written <= 20


def test_processes_are_limited_and_end_with_the_kernel(sandboxed, public):
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
    assert 20 <= sandboxed(code, processes=40) <= 40
    # They carry the command line of the kernel that forked them; other tests run beside this one.
    everything = psutil.process_iter(["cmdline"])
    left = [
        process for process in everything if str(public) in " ".join(process.info["cmdline"] or [])
    ]
    assert not psutil.wait_procs(left, timeout=10)[1]


def test_open_files_are_limited(sandboxed):
    expression = "len([open('/dev/null') for _ in range(100)])"
    assert sandboxed(attempt(expression), open_files=50) == "OSError"


def test_refused_with_the_remedy_where_namespaces_are_forbidden(sandboxed):
    """In the sandbox no further namespaces can be made: as on a host that forbids them."""
    code = """
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
    assert "user.max_user_namespaces" in sandboxed(code)
