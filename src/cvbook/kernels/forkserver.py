"""Fork server: imports heavy packages once, executes nothing, forks a kernel per request.

    python -m cvbook.kernels.forkserver SETTINGS      (JSON; `pool.Pool` starts it)

It ends when its standard input is closed. A client connects to its Unix socket; lines of JSON go
both ways:

    <- {"socket_folder": …, "connection": {…}}     a kernel is ready: forked ahead of need
    -> {"folder": …, "environment": {…}}            start (with a tar archive's descriptor)
    -> {"signal": 2}                                at any time
    <- {"exit": 137, "reason": "memory", "peak_memory": …}

Closing the connection kills the kernel. The content of the students' files passes the server only
as a file descriptor.

`multiprocessing`'s fork server does not fit: a process has one, with its own environment and one
list of modules for all pools, and starts it from `Process.start` only, so that no other program
(nbgrader, nbval) can request a kernel; it reports an exit status, but neither that a preloaded
module failed or started a thread, nor resource usage; and its children outlive their connection.
"""

import contextlib
import functools
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
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvbook.kernels import forked_kernel, quiet, sandbox

#: Seconds between measurements of the memory of sandboxed kernels.
MEMORY_INTERVAL = 0.5


@dataclass
class _Kernel:
    """The server's record of a forked kernel."""

    pid: int
    folder: Path
    connection: dict[str, Any]
    channel: socket.socket
    #: Connected to process 1 of the sandbox, which forwards signals to the kernel.
    init: socket.socket
    ready: bool = False
    ended: bool = False
    error: str = ""
    client: socket.socket | None = None
    reason: str = ""
    peak: int = 0
    pending: bytes = b""
    #: Memory of the preloaded packages in bytes, which does not count against the limit.
    base: int = 0


class Server:
    """Forks kernels and serves their clients; one thread, one event loop.

    Parameters
    ----------
    folder : Path
        For its socket, `server`, and the folders of the kernels' sockets.
    spare : int
        Kernels forked ahead of need.
    limits : Limits or None
        Of sandboxed kernels; None for no sandbox.
    visible : list of str
        Further paths that sandboxed kernels may read.
    command : tuple of list and dict, optional
        Program and environment of a kernel to execute instead of the forked one.
    """

    def __init__(
        self,
        folder: Path,
        spare: int,
        limits: sandbox.Limits | None,
        visible: list[str],
        command: tuple[list[str], dict[str, str]] | None = None,
    ):
        self.folder, self.spare, self.limits, self.visible = folder, spare, limits, visible
        self.command = command
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
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pool's process
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        self.selector.register(self.wake_up, selectors.EVENT_READ, self._reap)
        self.selector.register(sys.stdin.fileno(), selectors.EVENT_READ, self._on_stdin)
        self.ended = False

    def run(self) -> None:
        """Serve until the pool's process closes standard input."""
        while not self.ended:
            self._assign_kernels()
            watched = self.limits is not None and any(k.client for k in self.kernels.values())
            for key, _ in self.selector.select(MEMORY_INTERVAL if watched else None):
                key.data()
            if watched:
                self._check_memory()
        for kernel in self.kernels.values():
            _kill(kernel.pid)

    def _assign_kernels(self) -> None:
        """Assign ready kernels to waiting clients, and fork as many more as are wanted."""
        idle = [k for k in self.kernels.values() if k.client is None and not k.ended]
        ready = [k for k in idle if k.ready]
        while ready and self.waiting:
            idle.remove(ready[0])
            self._assign(ready.pop(0), self.waiting.pop(0))
        starting = len(idle)
        for _ in range(max(self.spare, len(self.waiting)) - starting):
            self._fork()

    def _assign(self, kernel: _Kernel, client: socket.socket) -> None:
        kernel.client = client
        self.selector.register(client, selectors.EVENT_READ, lambda: self._on_client(kernel))
        message = {"socket_folder": str(kernel.folder), "connection": kernel.connection}
        self._send(kernel, message)

    def _fork(self) -> None:
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        inside = Path(sandbox.SOCKETS) if self.limits else folder
        names = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
        connection: dict[str, Any] = {name: i for i, name in enumerate(names, start=1)}
        connection |= {"transport": "ipc", "signature_scheme": "hmac-sha256"}
        connection |= {"ip": f"{folder}/k", "key": secrets.token_hex(32)}
        file = folder / "kernel.json"
        file.write_text(json.dumps(connection | {"ip": f"{inside}/k"}))
        channel, kernel_channel = socket.socketpair()
        init, control = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            try:
                enter = self._sandbox_entry(folder, control)
                file = inside / "kernel.json"
                forked_kernel.run(kernel_channel, control, file, enter, self.command)
            except BaseException as error:  # the child must never continue as a second server
                with contextlib.suppress(OSError):
                    kernel_channel.sendall(f"{type(error).__name__}: {error}".encode())
            finally:
                os._exit(1)
        kernel_channel.close()
        control.close()
        kernel = _Kernel(pid, folder, connection, channel, init)
        self.kernels[pid] = kernel
        self.selector.register(channel, selectors.EVENT_READ, lambda: self._on_kernel(kernel))

    def _sandbox_entry(
        self, folder: Path, control: socket.socket
    ) -> Callable[[], sandbox.Sandbox] | None:
        if self.limits is None:
            return None
        root, sockets = str(self.root), str(folder)
        return functools.partial(sandbox.enter, self.limits, root, sockets, control, self.visible)

    def _on_kernel(self, kernel: _Kernel) -> None:
        """Handle a start-up message: ready, error or EOF."""
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

    def _on_client(self, kernel: _Kernel) -> None:
        """Handle a client's requests; at EOF kill its kernel."""
        assert kernel.client is not None
        files: list[int] = []
        try:
            text, files, _, _ = socket.recv_fds(kernel.client, 1 << 16, 1)
        except OSError:
            text = b""
        if not text:
            self._disconnect(kernel)
            _kill(kernel.pid)
            return
        kernel.pending += text
        *lines, kernel.pending = kernel.pending.split(b"\n")
        for line in lines:
            request = json.loads(line)
            with contextlib.suppress(OSError):  # the kernel has ended: `_reap` reports it
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

    def _reap(self) -> None:
        """Reap kernels that ended, and report to their clients."""
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
            self._send(kernel, {"exit": code, "reason": reason, "peak_memory": peak})
            self._disconnect(kernel)
            if not kernel.ready:
                self._report_failure(kernel.error or f"a new kernel ended at once, with {code}")
            with contextlib.suppress(KeyError):
                self.selector.unregister(kernel.channel)
            kernel.channel.close()
            kernel.init.close()
            shutil.rmtree(kernel.folder, ignore_errors=True)

    def _disconnect(self, kernel: _Kernel) -> None:
        if kernel.client is not None:
            with contextlib.suppress(KeyError):
                self.selector.unregister(kernel.client)
            kernel.client.close()
            kernel.client = None
        kernel.ended = True

    def _report_failure(self, error: str) -> None:
        """Report why a kernel did not start to a waiting client, and fork none ahead of need."""
        self.spare = 0
        if self.waiting:
            client = self.waiting.pop(0)
            with contextlib.suppress(OSError):
                client.sendall(json.dumps({"error": error}).encode() + b"\n")
            client.close()

    def _send(self, kernel: _Kernel, message: dict[str, Any]) -> None:
        if kernel.client is not None:
            with contextlib.suppress(OSError):
                kernel.client.sendall(json.dumps(message).encode() + b"\n")

    def _check_memory(self) -> None:
        """Kill kernels whose processes together take more memory than allowed."""
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

    def _on_stdin(self) -> None:
        """Stop at EOF."""
        self.ended = not os.read(sys.stdin.fileno(), 4096)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):  # before it made its own group
        os.kill(pid, signal.SIGKILL)


def _memory(pid: int, exact: bool) -> int:
    """Memory of a process tree in bytes: resident, or exactly (proportional set size; slow)."""
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
    """Bytes of the open in-memory files (memfd) of a process, by inode."""
    found = {}
    with contextlib.suppress(OSError):
        for entry in os.scandir(f"/proc/{pid}/fd"):
            if os.readlink(entry.path).startswith("/memfd:"):
                status = os.stat(entry.path)
                found[status.st_ino] = status.st_blocks * 512
    return found


def preload(names: list[str]) -> dict[str, str]:
    """Import modules and prepare this process for forking.

    Parameters
    ----------
    names : list of str
        Of modules.

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
    _replace_pdb()
    quiet.import_quietly("tensorflow")
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            missing[name] = f"{type(error).__name__}: {error}"
    _warm_traceback_caches()
    threads = [Path(p, "comm").read_text().strip() for p in Path("/proc/self/task").iterdir()]
    if len(threads) > 1:
        raise RuntimeError(f"importing started threads: {', '.join(threads)}")
    eager = sys.modules.get("tensorflow.python.eager.context")
    if eager is not None and getattr(eager.context(), "_initialized", False):
        raise RuntimeError("importing initialised TensorFlow")
    gc.collect()
    gc.freeze()  # else garbage collection in a fork would copy every page
    return missing


def _replace_pdb() -> None:
    """Replace `pdb.Pdb` as a kernel does when it starts, before a module such as doctest uses it.

    A class that was derived from the one before fails in `super()`.
    """
    from ipykernel.kernelapp import IPKernelApp

    application: Any = IPKernelApp  # without type hints
    application.init_pdb(application.__new__(application))


def _warm_traceback_caches() -> None:
    """Fill the caches that the first traceback of a process fills (0.2 s)."""
    from IPython.core import ultratb

    tracebacks: Any = ultratb  # without type hints

    try:
        raise RuntimeError
    except RuntimeError:
        tracebacks.AutoFormattedTB(mode="Context").text(*sys.exc_info())


def main() -> None:
    """Serve; the first line of output is the result of starting: `missing` modules or `error`."""
    settings = json.loads(sys.argv[1])
    limits = sandbox.Limits(**settings["limits"]) if settings["limits"] else None
    folder = Path(settings["folder"])
    try:
        missing = preload(settings["preload"])
        server = Server(folder, settings["spare"], limits, settings["visible"], settings["command"])
    except (RuntimeError, OSError) as error:
        print(json.dumps({"error": str(error)}), flush=True)
        raise SystemExit(1) from error
    print(json.dumps({"missing": missing}), flush=True)
    try:
        server.run()
    finally:
        # The pool's folder too: the pool's own process may have been killed.
        shutil.rmtree(folder.parent, ignore_errors=True)


if __name__ == "__main__":
    main()
