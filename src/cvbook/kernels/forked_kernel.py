"""A kernel in a process that was just forked: what the fork server's child does."""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from cvbook.kernels import archive, environment
from cvbook.kernels.sandbox import Sandbox, die_with_parent

#: Keep the server at one thread; a kernel may have more.
SINGLE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def run(
    channel: socket.socket,
    control: socket.socket,
    connection_file: Path,
    enter: Callable[[], Sandbox] | None,
    command: tuple[list[str], dict[str, str]] | None = None,
) -> NoReturn:
    """Turn this process into a kernel and start it at the client's request.

    Parameters
    ----------
    channel : socket
        To the server: sends `ready`, receives the client's request.
    control : socket
        Passed to the sandbox, for signals.
    connection_file : Path
        Path inside the sandbox, if there is one.
    enter : callable or None
        Enters the sandbox; None for no sandbox.
    command : tuple of list and dict, optional
        Program and environment of a kernel to execute, in a sandbox; None for IPython's here.

    Raises
    ------
    SandboxError
        If the sandbox could not be entered.
    """
    _reset_signals()
    os.setsid()
    _close_all_but(channel, control)
    sandbox = None
    if enter is None:
        control.close()
        die_with_parent()
    else:
        sandbox = enter()
        if command is not None:
            _execute(command, channel, connection_file, sandbox)
    app = _initialize(connection_file)
    if sandbox is not None:
        sandbox.seal()
    channel.sendall(b"ready\n")
    request, files = _receive(channel)
    channel.close()
    if sandbox is None:
        os.environ.clear()
        os.chdir(request["folder"])
    for name in SINGLE_THREAD:
        os.environ.pop(name, None)
    os.environ.update(request["environment"])
    environment.prepare()
    for fd in files:
        with os.fdopen(fd, "rb") as file:
            archive.extract(file, ".")
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(None)  # else all forks draw the same numbers
    app.start()
    os._exit(0)


def _reset_signals() -> None:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _execute(
    command: tuple[list[str], dict[str, str]],
    channel: socket.socket,
    connection_file: Path,
    sandbox: Sandbox,
) -> NoReturn:
    """Execute a program as the kernel; a process beside it does what a forked kernel does itself.

    The kernel is stopped from when it listens until its files are there: nothing runs in it before
    the sandbox is sealed.
    """
    argv, variables = command
    kernel = os.getpid()
    if (child := os.fork()) == 0:
        if os.fork():
            os._exit(0)  # the grandchild is process 1's, not the kernel's
        _start_when_listening(kernel, channel, connection_file.parent, sandbox)
    os.waitpid(child, 0)
    os.environ.update(variables)
    os.execv(argv[0], [part.replace("{connection_file}", str(connection_file)) for part in argv])


def _start_when_listening(
    kernel: int, channel: socket.socket, sockets: Path, sandbox: Sandbox
) -> NoReturn:
    """Wait for the kernel's five sockets, then seal the sandbox, extract the files, let it run."""
    try:
        while not all((sockets / f"k-{number}").exists() for number in range(1, 6)):
            time.sleep(0.01)
        os.kill(kernel, signal.SIGSTOP)
        sandbox.seal()
        channel.sendall(b"ready\n")
        _, files = _receive(channel)
        for fd in files:
            with os.fdopen(fd, "rb") as file:
                archive.extract(file, ".")
        os.kill(kernel, signal.SIGCONT)
        os._exit(0)
    except BaseException as error:  # reported; without its helper, the kernel is of no use
        channel.sendall(f"{type(error).__name__}: {error}".encode())
        os.kill(kernel, signal.SIGKILL)
    finally:
        os._exit(1)


def _receive(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Wait for the client's request and the descriptors that come with it."""
    text = b""
    files: list[int] = []
    while not text.endswith(b"\n"):
        more, fds, _, _ = socket.recv_fds(channel, 1 << 20, 1)
        if not more:
            os._exit(0)  # the server needs this kernel no more
        text, files = text + more, files + fds
    return json.loads(text), files


def _initialize(connection_file: Path) -> Any:
    """Make the kernel's application and bind its sockets."""
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", "-f", str(connection_file)]
    app: Any = IPKernelApp.instance()
    # Its import connects figures to the running kernel: it must happen after the fork.
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    app.initialize([*sys.argv[1:], "--HistoryManager.hist_file=:memory:"])
    # The server runs with `-P`; a kernel also imports modules beside its notebook, as in IPython.
    site = (i for i, p in enumerate(sys.path) if Path(p).name in ("site-packages", "dist-packages"))
    sys.path.insert(next(site, 0), "")
    return app


def _close_all_but(*kept: socket.socket) -> None:
    """Keep no other descriptor of the server; standard streams go to /dev/null."""
    last = 2
    for fd in sorted(s.fileno() for s in kept):
        os.closerange(last + 1, fd)
        last = fd
    os.closerange(last + 1, 1 << 16)
    devnull = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(devnull, fd)
    os.close(devnull)
