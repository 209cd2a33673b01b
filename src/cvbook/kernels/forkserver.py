"""The fork server: imports heavy packages once, executes nothing, forks a kernel per request.

    python -m cvbook.kernels.forkserver SETTINGS      (JSON; `warm.Pool` starts it)

It ends when its standard input is closed. A client connects to its Unix socket; lines of JSON go
both ways:

    <- {"socket_folder": …, "connection": {…}}     a kernel is ready: forked ahead of need
    -> {"folder": …, "environment": {…}}            go (with the file descriptor of a tar archive)
    -> {"signal": 2}                                at any time
    <- {"exit": 137, "reason": "memory", "peak_memory": …}

Closing the connection kills the kernel. What the students' files hold passes the server only as a
file descriptor.
"""

import collections
import contextlib
import gc
import importlib
import json
import os
import secrets
import selectors
import shutil
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvbook.kernels import archive, environment, quiet, sandbox

#: Seconds between looks at the memory of kernels behind walls.
WATCH = 0.5

#: Keep the server at one thread; a kernel may have more.
SERVER_ONLY = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass
class _Kernel:
    """A forked kernel, as the server sees it."""

    pid: int
    folder: Path
    connection: dict[str, Any]
    channel: socket.socket
    #: Process 1 behind the walls, which passes signals on.
    init: socket.socket
    ready: bool = False
    ended: bool = False
    error: str = ""
    client: socket.socket | None = None
    reason: str = ""
    peak: int = 0
    pending: bytes = b""
    #: Memory that the packages take in each fork, in bytes: not counted.
    base: int = 0


class Server:
    """Forks kernels; one thread, one loop."""

    def __init__(self, folder: Path, spare: int, limits: sandbox.Limits | None, visible: list[str]):
        self.folder, self.spare, self.limits, self.visible = folder, spare, limits, visible
        self.kernels: dict[int, _Kernel] = {}
        self.waiting: list[socket.socket] = []
        self.selector = selectors.DefaultSelector()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(folder / "server"))
        os.chmod(folder / "server", 0o600)
        self.listener.listen(128)
        self.root = folder / "root"
        self.root.mkdir()
        self.wake_up, waker = os.pipe()
        os.set_blocking(self.wake_up, False)
        os.set_blocking(waker, False)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's affair
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        self.selector.register(self.wake_up, selectors.EVENT_READ, self._bury)
        self.selector.register(sys.stdin.fileno(), selectors.EVENT_READ, self._end)
        self.ended = False

    def run(self) -> None:
        """Serve until the owner is gone."""
        while not self.ended:
            self._provide()
            watched = self.limits is not None and any(k.client for k in self.kernels.values())
            for key, _ in self.selector.select(WATCH if watched else None):
                key.data()
            if watched:
                self._watch()
        for kernel in self.kernels.values():
            _kill(kernel.pid)

    def _provide(self) -> None:
        """Hand out kernels that are ready, and have as many more as are wanted."""
        idle = [k for k in self.kernels.values() if k.client is None and not k.ended]
        ready = [k for k in idle if k.ready]
        while ready and self.waiting:
            idle.remove(ready[0])
            self._hand_out(ready.pop(0), self.waiting.pop(0))
        starting = len(idle)
        for _ in range(max(self.spare, len(self.waiting)) - starting):
            self._fork()

    def _hand_out(self, kernel: _Kernel, client: socket.socket) -> None:
        kernel.client = client
        self.selector.register(client, selectors.EVENT_READ, lambda: self._hear(kernel))
        message = {"socket_folder": str(kernel.folder), "connection": kernel.connection}
        self._tell(kernel, message)

    def _fork(self) -> None:
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        seen_as = Path(sandbox.SOCKETS) if self.limits else folder
        names = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
        connection: dict[str, Any] = {name: i for i, name in enumerate(names, start=1)}
        connection |= {"transport": "ipc", "signature_scheme": "hmac-sha256"}
        connection |= {"ip": f"{folder}/k", "key": secrets.token_hex(32)}
        file = folder / "kernel.json"
        file.write_text(json.dumps(connection | {"ip": f"{seen_as}/k"}))
        channel, theirs = socket.socketpair()
        init, control = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            try:
                self._become_kernel(theirs, control, folder, seen_as / "kernel.json")
            except BaseException as error:  # nothing may go on as a second server
                with contextlib.suppress(OSError):
                    theirs.sendall(f"{type(error).__name__}: {error}".encode())
            finally:
                os._exit(1)
        theirs.close()
        control.close()
        kernel = _Kernel(pid, folder, connection, channel, init)
        self.kernels[pid] = kernel
        self.selector.register(channel, selectors.EVENT_READ, lambda: self._notice(kernel))

    def _notice(self, kernel: _Kernel) -> None:
        """A kernel says that it is ready, or what kept it from it, or closed its end."""
        text = b""
        with contextlib.suppress(OSError):
            text = kernel.channel.recv(1 << 16)
        if text == b"ready\n":
            kernel.ready = True
            kernel.base = _memory(kernel.pid, exact=False) if self.limits else 0
        elif text:
            kernel.error += text.decode()
        else:
            self.selector.unregister(kernel.channel)

    def _accept(self) -> None:
        client, _ = self.listener.accept()
        self.waiting.append(client)

    def _hear(self, kernel: _Kernel) -> None:
        """A client has a request, or is gone."""
        assert kernel.client is not None
        files: list[int] = []
        try:
            text, files, _, _ = socket.recv_fds(kernel.client, 1 << 16, 1)
        except OSError:
            text = b""
        if not text:
            self._drop(kernel)
            _kill(kernel.pid)
            return
        kernel.pending += text
        *lines, kernel.pending = kernel.pending.split(b"\n")
        for line in lines:
            request = json.loads(line)
            with contextlib.suppress(OSError):  # it just died: the burial tells
                if "signal" not in request:
                    socket.send_fds(kernel.channel, [line + b"\n"], files)
                elif request["signal"] == signal.SIGKILL:
                    _kill(kernel.pid)
                elif self.limits is None:
                    os.killpg(kernel.pid, request["signal"])
                else:
                    kernel.init.sendall(bytes([request["signal"]]))
        for fd in files:
            os.close(fd)

    def _bury(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self.wake_up, 4096)
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            kernel = self.kernels.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            code = code if code >= 0 else 128 - code
            reason = kernel.reason
            if not reason and code == 128 + signal.SIGXCPU:
                reason = "processor time"
            peak = max(kernel.peak, usage.ru_maxrss << 10)
            self._tell(kernel, {"exit": code, "reason": reason, "peak_memory": peak})
            self._drop(kernel)
            if not kernel.ready:
                self._give_up(kernel.error or f"a new kernel ended at once, with {code}")
            with contextlib.suppress(KeyError):
                self.selector.unregister(kernel.channel)
            kernel.channel.close()
            kernel.init.close()
            shutil.rmtree(kernel.folder, ignore_errors=True)

    def _drop(self, kernel: _Kernel) -> None:
        if kernel.client is not None:
            with contextlib.suppress(KeyError):
                self.selector.unregister(kernel.client)
            kernel.client.close()
            kernel.client = None
        kernel.ended = True

    def _give_up(self, error: str) -> None:
        """Say what keeps kernels from starting, and fork no more ahead of need."""
        self.spare = 0
        if self.waiting:
            client = self.waiting.pop(0)
            with contextlib.suppress(OSError):
                client.sendall(json.dumps({"error": error}).encode() + b"\n")
            client.close()

    def _tell(self, kernel: _Kernel, message: dict[str, Any]) -> None:
        if kernel.client is not None:
            with contextlib.suppress(OSError):
                kernel.client.sendall(json.dumps(message).encode() + b"\n")

    def _watch(self) -> None:
        """Kill kernels that take more memory, all their processes together, than allowed."""
        assert self.limits is not None
        for kernel in self.kernels.values():
            if kernel.client is None or kernel.reason:
                continue
            allowed = kernel.base + self.limits.memory
            taken = _memory(kernel.pid, exact=False)
            if taken > allowed:  # pages still shared with the server count in each process
                taken = _memory(kernel.pid, exact=True)
            kernel.peak = max(kernel.peak, taken)
            if taken > allowed:
                kernel.reason = "memory"
                _kill(kernel.pid)

    def _end(self) -> None:
        self.ended = not os.read(sys.stdin.fileno(), 4096)

    def _become_kernel(
        self, channel: socket.socket, control: socket.socket, folder: Path, connection_file: Path
    ) -> None:
        """In the child: never returns."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.setsid()
        _close_all_but(channel, control)
        inside = None
        if self.limits is None:
            control.close()
            sandbox.die_with_parent()
        else:
            inside = sandbox.enter(self.limits, str(self.root), str(folder), control, self.visible)
        app = _kernel_app(connection_file)
        if inside is not None:
            inside.seal()
        channel.sendall(b"ready\n")
        text = b""
        files: list[int] = []
        while not text.endswith(b"\n"):
            more, fds, _, _ = socket.recv_fds(channel, 1 << 20, 1)
            if not more:
                os._exit(0)  # never needed
            text, files = text + more, files + fds
        channel.close()
        request = json.loads(text)
        if inside is None:
            os.environ.clear()
            os.chdir(request["folder"])
        for name in SERVER_ONLY:
            os.environ.pop(name, None)
        os.environ.update(request["environment"])
        environment.prepare()
        for fd in files:
            with os.fdopen(fd, "rb") as file:
                archive.extract(file, ".")
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(None)  # all forks inherit one state
        app.start()
        os._exit(0)


class _Modules(collections.UserDict[str, Any]):
    """`sys.modules`, but for a copy of it: empty.

    A kernel copies it for its debugger and asks each of 5,000 modules for its file; in a fork the
    first touch of each copies a page of memory: 0.02 s.
    """

    def __init__(self, modules: dict[str, Any]):
        self.data = modules

    def copy(self) -> dict[str, Any]:  # type: ignore[override]
        return {}


def _kernel_app(connection_file: Path) -> Any:
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", "-f", str(connection_file)]
    app = IPKernelApp.instance()
    # Importing it is what ties figures to a kernel: it has to happen again, here.
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    modules = sys.modules
    sys.modules = _Modules(modules)  # type: ignore[assignment]
    try:
        app.initialize([*sys.argv[1:], "--HistoryManager.hist_file=:memory:"])
    finally:
        sys.modules = modules
    # The server runs with `-P`; a kernel also finds modules beside its notebook, as IPython has it.
    site = (i for i, p in enumerate(sys.path) if Path(p).name in ("site-packages", "dist-packages"))
    sys.path.insert(next(site, 0), "")
    return app


def _close_all_but(*kept: socket.socket) -> None:
    """Keep no other descriptor of the server; standard streams lead nowhere."""
    last = 2
    for fd in sorted(s.fileno() for s in kept):
        os.closerange(last + 1, fd)
        last = fd
    os.closerange(last + 1, 1 << 16)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)
    os.close(nowhere)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):  # before it made its own group
        os.kill(pid, signal.SIGKILL)


def _memory(pid: int, exact: bool) -> int:
    """Bytes that a process and its descendants hold; exact: shared pages in part (slow)."""
    import psutil

    total = 0
    files: dict[int, int] = {}
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                total += one.memory_full_info().pss if exact else one.memory_info().rss
            files |= _memory_files(one.pid)
    return total + sum(files.values())


def _memory_files(pid: int) -> dict[int, int]:
    """Bytes of the files of a process that are nowhere but in memory, by inode."""
    found = {}
    with contextlib.suppress(OSError):
        for entry in os.scandir(f"/proc/{pid}/fd"):
            if os.readlink(entry.path).startswith("/memfd:"):
                status = os.stat(entry.path)
                found[status.st_ino] = status.st_blocks * 512
    return found


def preload(names: list[str]) -> dict[str, str]:
    """Import modules and get ready to fork.

    Returns
    -------
    dict of str to str
        Modules that could not be imported, and why.

    Raises
    ------
    RuntimeError
        If this process can no longer be forked safely.
    """
    missing = {}
    quiet.import_quietly("tensorflow")
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            missing[name] = f"{type(error).__name__}: {error}"
    _show_an_error()
    threads = [Path(p, "comm").read_text().strip() for p in Path("/proc/self/task").iterdir()]
    if len(threads) > 1:
        raise RuntimeError(f"importing started threads: {', '.join(threads)}")
    eager = sys.modules.get("tensorflow.python.eager.context")
    if eager is not None and getattr(eager.context(), "_initialized", False):
        raise RuntimeError("importing initialised TensorFlow")
    gc.collect()
    gc.freeze()  # a collection in a fork would copy every page
    return missing


def _show_an_error() -> None:
    """Fill what the first traceback of a process fills: the files of all modules, 0.2 s."""
    from IPython.core.ultratb import AutoFormattedTB

    try:
        raise RuntimeError
    except RuntimeError:
        AutoFormattedTB(mode="Context").text(*sys.exc_info())


def main() -> None:
    """Serve; the first line of output says whether the server stands."""
    settings = json.loads(sys.argv[1])
    limits = sandbox.Limits(**settings["limits"]) if settings["limits"] else None
    folder = Path(settings["folder"])
    try:
        missing = preload(settings["preload"])
        server = Server(folder, settings["spare"], limits, settings["visible"])
    except (RuntimeError, OSError) as error:
        print(json.dumps({"error": str(error)}), flush=True)
        raise SystemExit(1) from error
    print(json.dumps({"missing": missing}), flush=True)
    try:
        server.run()
    finally:
        shutil.rmtree(folder.parent, ignore_errors=True)  # the pool's, whose owner may be dead


if __name__ == "__main__":
    main()
