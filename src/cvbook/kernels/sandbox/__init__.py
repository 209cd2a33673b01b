"""Linux-namespace sandbox for forked kernels.

`enter` is called by a process that was just forked and has one thread. It returns in a process
that runs in its own user, mount, PID, network, IPC, UTS and cgroup namespaces: the root is a new
tmpfs with read-only views of what Python needs, the identity an unprivileged one without any
capability, a seccomp filter denies system calls that no notebook needs, and nothing it does is left
when it ends. No program is executed, so that a warm kernel stays warm.

Started by root, the process becomes an ordinary user before it makes its user namespace: user 0
in a user namespace still owns files such as `/proc/sys/kernel/core_pattern`.

All or nothing: where a part is not available (another system or processor than Linux on x86_64
or aarch64, no user namespaces, no seccomp filters), `enter` and `check` raise SandboxError.
"""

import contextlib
import os
import platform
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from cvbook.kernels.sandbox import linux, seccomp
from cvbook.kernels.sandbox.linux import die_with_parent
from cvbook.kernels.sandbox.policy import (
    ENVIRONMENT,
    HOST_ID,
    PROC_READ_ONLY,
    REMEDY,
    SOCKETS,
    WORK,
    Limits,
    SandboxError,
    can_change_user,
    readable_paths,
)

__all__ = [
    "SOCKETS",
    "Limits",
    "Sandbox",
    "SandboxError",
    "check",
    "die_with_parent",
    "enter",
    "unavailable_reason",
]


def check() -> None:
    """Build the sandbox once, around a process that does nothing.

    Raises
    ------
    SandboxError
        If this machine does not allow it; the message names the remedy.
    """
    with tempfile.TemporaryDirectory(prefix="cvbook-sandbox-") as folder:
        kernel, ours = socket.socketpair()
        root, sockets = Path(folder, "root"), Path(folder, "sockets")
        root.mkdir()
        sockets.mkdir(mode=0o700)
        pid = os.fork()
        if pid == 0:
            try:
                ours.close()
                copy = kernel.dup()  # `enter` closes the other
                enter(Limits(), str(root), str(sockets), kernel)
                os._exit(0)
            except BaseException as error:  # reported, then the process ends
                copy.sendall(str(error).encode()[:4096])
            finally:
                os._exit(1)
        kernel.close()
        message = b""
        while part := ours.recv(4096):
            message += part
        ours.close()
        _, status = os.waitpid(pid, 0)
        if status:
            raise SandboxError(message.decode() or f"no sandbox – status {status} – {REMEDY}")


def unavailable_reason() -> str:
    """Why the sandbox cannot be built on this machine, with the remedy; empty if it can."""
    try:
        check()
    except SandboxError as error:
        return str(error)
    return ""


class Sandbox:
    """Handle of the sandbox in the kernel's process.

    Parameters
    ----------
    init : socket
        Connected to process 1, which seals the sandbox.
    """

    def __init__(self, init: socket.socket):
        self._init = init

    def seal(self) -> None:
        """Make the socket folder read-only, before student code runs.

        Raises
        ------
        SandboxError
            If that failed.
        """
        self._init.sendall(b"s")
        answer = self._init.recv(1)
        self._init.close()
        if answer != b"s":
            raise SandboxError(f"no sandbox – the socket folder is still writable – {REMEDY}")


def enter(
    limits: Limits, root: str, sockets: str, control: socket.socket, visible: Iterable[str] = ()
) -> Sandbox:
    """Enter the sandbox. Returns only in the kernel process.

    Parameters
    ----------
    limits : Limits
    root : str
        An empty folder to mount the new root on.
    sockets : str
        A 0700 folder that both sides see; writable until `Sandbox.seal`.
    control : socket
        Connected to the server, which sends one byte for each signal meant for the kernel.
    visible : iterable of str
        More paths that may be read.

    Returns
    -------
    Sandbox

    Raises
    ------
    SandboxError
        If a part of it cannot be built; no student code may run then.
    """
    if sys.platform != "linux" or platform.machine() not in linux.SYSCALLS:
        raise SandboxError(f"no sandbox – {sys.platform} {platform.machine()} – {REMEDY}")
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    paths = [*readable_paths(), *visible]
    owner = HOST_ID if can_change_user() else None
    try:
        if owner is not None:
            for path in (sockets, *(entry.path for entry in os.scandir(sockets))):
                os.chown(path, owner, owner)
        die_with_parent()
        if owner is not None:
            linux.unshare(linux.NAMESPACES)
        else:
            linux.enter_user_namespace(linux.NAMESPACES)
        if first := os.fork():
            _wait_and_exit(first)
        die_with_parent()
        _set_up_namespaces(limits, root, paths, sockets, owner)
        return _fork_kernel(control)
    except OSError as error:
        raise SandboxError(f"no sandbox – {error} – {REMEDY}") from error


def _set_up_namespaces(
    limits: Limits, root: str, paths: list[str], sockets: str, owner: int | None
) -> None:
    """Set up, in process 1, the sandbox's file system, network, user and limits."""
    os.umask(0o022)
    linux.raise_loopback()
    with contextlib.suppress(OSError):  # older kernels let only root do that
        Path("/proc/sys/kernel/shmall").write_text(str(limits.memory >> 12))
    socket.sethostname("kernel")
    linux.build_root(root, paths, sockets, limits, owner)
    linux.pivot_root(root)
    if owner is not None:
        linux.set_user(owner)
        die_with_parent()
        linux.enter_user_namespace(linux.NEWNS)
    # Counts in this user namespace only, and each level up has its own.
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    for name in PROC_READ_ONLY:
        linux.bind_read_only(f"/proc/{name}")
    linux.syscall("keyctl", 1, None)  # a session keyring of its own
    linux.set_limits(limits)


def _fork_kernel(control: socket.socket) -> Sandbox:
    """Fork: the parent stays as process 1; the child drops all privileges and returns."""
    init_end, kernel_end = socket.socketpair()
    kernel = os.fork()
    if kernel:
        kernel_end.close()
        _run_init(kernel, control, init_end)
    init_end.close()
    os.setsid()
    linux.set_no_new_privs()
    linux.drop_capabilities()
    seccomp.install()
    os.environ |= ENVIRONMENT
    os.chdir(WORK)
    control.close()
    return Sandbox(kernel_end)


def _run_init(kernel: int, control: socket.socket, channel: socket.socket) -> NoReturn:
    """Run process 1: reap, forward signals, seal the socket folder on request."""
    linux.set_dumpable(False)  # the kernel's user is the same, and must not trace it
    linux.set_no_new_privs()
    kept = {control.fileno(), channel.fileno()}
    for fd in range(1024):
        if fd not in kept:
            with contextlib.suppress(OSError):
                os.close(fd)
    wake_up, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    sources: list[int] = [control.fileno(), channel.fileno(), wake_up]
    while True:
        _reap(kernel)
        for fd in select.select(sources, [], [])[0]:
            if fd == wake_up:
                os.read(wake_up, 4096)
            elif fd == channel.fileno():
                sources.remove(fd)
                if channel.recv(1) == b"s":
                    _seal(channel)
                channel.close()
            else:
                for number in control.recv(64) or b"\x09":  # the server is gone: kill
                    try:
                        os.killpg(kernel, number)
                    except ProcessLookupError:
                        os.kill(kernel, number)


def _reap(kernel: int) -> None:
    """Reap ended processes; exit with the kernel's status when it has ended."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            os._exit(0)
        if pid == kernel:
            os._exit(_exit_code(status))
        if pid == 0:
            return


def _seal(channel: socket.socket) -> None:
    """Make the socket folder read-only, then drop the privileges of process 1 too."""
    try:
        linux.make_read_only(SOCKETS)
        linux.drop_capabilities()
        seccomp.install()
        channel.sendall(b"s")
    except OSError:
        channel.sendall(b"x")


def _wait_and_exit(first: int) -> NoReturn:
    """Stay outside as the parent of process 1, which dies with this process."""
    os.closerange(0, 1024)
    _, status = os.waitpid(first, 0)
    os._exit(_exit_code(status))


def _exit_code(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code
