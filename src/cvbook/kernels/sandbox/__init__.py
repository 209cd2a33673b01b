"""Walls around a forked kernel: it sees Python, a copy of its files, and nothing else of the host.

`enter` is called by a process that was just forked and has one thread. It returns in a process
that lives in its own user, mount, PID, network, IPC, UTS and cgroup namespaces: the root is a new
tmpfs with read-only views of what Python needs, the identity an unprivileged one without any
capability, and nothing it does is left when it ends. No program is executed, so that a warm kernel
stays warm.

Started by root, the process becomes an ordinary user before it makes its user namespace: user 0
behind a user namespace still owns files such as `/proc/sys/kernel/core_pattern`.
"""

import contextlib
import ctypes
import fcntl
import os
import platform
import resource
import select
import signal
import socket
import stat
import struct
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cvbook.errors import CvbookError

#: Where the kernel works, inside.
HOME = "/home/student"
WORK = f"{HOME}/work"
#: Where the folder of its sockets is seen, inside.
SOCKETS = "/run/kernel"

#: The user that kernels run as when root starts them: one that owns nothing.
GUEST = 64_021
INSIDE = 1000

#: Seen by every kernel, where it exists; links are made anew.
SYSTEM = (
    "/bin",
    "/lib",
    "/lib32",
    "/lib64",
    "/sbin",
    "/usr",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/sys/devices/system/cpu",
)
_DEVICES = ("null", "zero", "full", "random", "urandom")
_PASSWD = f"student:x:{INSIDE}:{INSIDE}::{HOME}:/bin/sh\n"

_libc = ctypes.CDLL(None, use_errno=True)

# <linux/sched.h>, <linux/mount.h>, <linux/prctl.h>
_NEWNS, _NEWCGROUP, _NEWUTS, _NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
_NEWUSER, _NEWPID, _NEWNET = 0x10000000, 0x20000000, 0x40000000
_SPACES = _NEWNS | _NEWCGROUP | _NEWUTS | _NEWIPC | _NEWPID | _NEWNET
_NOSUID, _NODEV, _NOEXEC, _BIND, _REC, _PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
_ATTR_READ_ONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4
_PDEATHSIG, _SET_DUMPABLE, _CAPBSET_DROP, _SET_NO_NEW_PRIVS, _CAP_AMBIENT = 1, 4, 24, 38, 47
_MOUNT_SETATTR = 442  # the same on every architecture
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_KEYCTL = {"x86_64": 250, "aarch64": 219}

_REMEDY = (
    "allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, "
    "user.max_user_namespaces=10000, kernel.apparmor_restrict_unprivileged_userns=0; in a "
    "container: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add "
    "SYS_ADMIN), or go on without a sandbox"
)


class SandboxError(CvbookError):
    """The walls cannot be built on this machine."""


@dataclass(frozen=True)
class Limits:
    """What one kernel, and all processes it starts, may use.

    Attributes
    ----------
    cpu_seconds : int
        Processor time of each process.
    memory : int
        Bytes, on top of what the preloaded packages take; of each process, and of all together.
    processes : int
        Processes and threads.
    disk : int
        Bytes of all files; they are held in memory.
    open_files : int
        Files open at once, in each process.
    output : int
        Bytes of output of one cell that are kept.
    """

    cpu_seconds: int = 600
    memory: int = 4 << 30
    processes: int = 512
    disk: int = 512 << 20
    open_files: int = 1024
    output: int = 1_000_000


def check() -> None:
    """Build the walls once, around a process that does nothing.

    Raises
    ------
    SandboxError
        If this machine does not let us; the message names the remedy.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="cvbook-walls-") as folder:
        kernel, ours = socket.socketpair()
        root, sockets = Path(folder, "root"), Path(folder, "sockets")
        root.mkdir()
        sockets.mkdir(mode=0o700)
        pid = os.fork()
        if pid == 0:
            try:
                ours.close()
                enter(Limits(), str(root), str(sockets), kernel)
                os._exit(0)
            except BaseException as error:  # reported, then the process ends
                kernel.sendall(str(error).encode()[:4096])
                os._exit(1)
        kernel.close()
        complaint = b""
        while part := ours.recv(4096):
            complaint += part
        ours.close()
        _, status = os.waitpid(pid, 0)
        if status:
            raise SandboxError(
                str(complaint.decode() or f"no sandbox – status {status} – {_REMEDY}")
            )


def unavailable_reason() -> str:
    """Say why the sandbox cannot be built on this machine, with the remedy; "" if it can."""
    try:
        check()
    except SandboxError as error:
        return str(error)
    return ""


def enter(
    limits: Limits, root: str, sockets: str, control: socket.socket, visible: Iterable[str] = ()
) -> "Inside":
    """Go behind the walls; return in the process that is to become the kernel.

    Parameters
    ----------
    limits : Limits
    root : str
        An empty folder to build the new root on.
    sockets : str
        A 0700 folder that both sides see; writable until `Inside.seal`.
    control : socket
        Connected to the server, which sends one byte for each signal meant for the kernel.
    visible : iterable of str
        More paths that may be read.

    Returns
    -------
    Inside
        The kernel's end.

    Raises
    ------
    SandboxError
        If a wall cannot be built; no student code may run then.
    """
    if sys.platform != "linux" or platform.machine() not in _PIVOT_ROOT:
        raise SandboxError(f"no sandbox – {sys.platform} {platform.machine()} – {_REMEDY}")
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    as_root = _can_become_guest()
    paths = [*readable_paths(), *visible]
    if as_root:
        os.chown(sockets, GUEST, GUEST)
        for entry in os.scandir(sockets):
            os.chown(entry.path, GUEST, GUEST)
    try:
        die_with_parent()
        if as_root:
            _unshare(_SPACES)
        else:
            _enter_user_namespace(_SPACES)
        if first := os.fork():
            _await(first)
        die_with_parent()
        os.umask(0o022)
        _raise_loopback()
        with contextlib.suppress(OSError):  # older kernels let only root do that
            Path("/proc/sys/kernel/shmall").write_text(str(limits.memory >> 12))
        socket.sethostname("kernel")
        _build(root, paths, sockets, limits, GUEST if as_root else None)
        _pivot(root)
        if as_root:
            os.setgroups([])
            os.setresgid(GUEST, GUEST, GUEST)
            os.setresuid(GUEST, GUEST, GUEST)
            _prctl(_SET_DUMPABLE, 1)  # else /proc/self still belongs to root
            die_with_parent()
            _enter_user_namespace(_NEWNS)
        # Counts in this user namespace only, and each level up has its own.
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
        for name in ("sys", "sysrq-trigger", "irq", "bus", "fs"):
            if os.path.exists(f"/proc/{name}"):
                _mount(f"/proc/{name}", f"/proc/{name}", None, _BIND)
                _read_only(f"/proc/{name}")
        _libc.syscall(_KEYCTL[platform.machine()], 1, None)  # a session keyring of its own
        _limit(limits)
    except OSError as error:
        raise SandboxError(f"no sandbox – {error} – {_REMEDY}") from error
    return _become_kernel(control)


def _can_become_guest() -> bool:
    """Whether we are a root with other users: that of a container may be its only user."""
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    ranges = [tuple(map(int, line.split())) for line in lines]
    known = any(first <= GUEST < first + count for first, _, count in ranges)
    return os.geteuid() == 0 and known


def readable_paths() -> list[str]:
    """What Python needs: the system's programs, the interpreter and its packages."""
    wanted = [*SYSTEM, sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()]
    wanted += [p for p in sys.path if os.path.isabs(p)]
    # A path entry that holds someone's whole home, or everything, is not taken.
    refused = {"/", "/home", "/root", "/tmp", os.path.expanduser("~"), os.path.realpath("/tmp")}
    return [p for p in wanted if os.path.normpath(p) not in refused]


class Inside:
    """The kernel's process behind the walls."""

    def __init__(self, init: socket.socket):
        self.init = init

    def seal(self) -> None:
        """Make the folder of the sockets read-only, before student code runs."""
        self.init.sendall(b"s")
        answer = self.init.recv(1)
        self.init.close()
        if answer != b"s":
            raise SandboxError(f"no sandbox – the folder of the sockets is open – {_REMEDY}")


def _become_kernel(control: socket.socket) -> Inside:
    """Fork: the parent stays as process 1, reaps and passes signals on; the child returns."""
    ours, theirs = socket.socketpair()
    kernel = os.fork()
    if kernel:
        theirs.close()
        _reap(kernel, control, ours)
    ours.close()
    control.close()
    os.setsid()
    _prctl(_SET_NO_NEW_PRIVS, 1)
    _drop_capabilities()
    os.environ |= {
        "HOME": HOME,
        "USER": "student",
        "LOGNAME": "student",
        "IPYTHONDIR": f"{HOME}/.ipython",
        "MPLCONFIGDIR": f"{HOME}/.config/matplotlib",
        "TMPDIR": "/tmp",
    }
    os.chdir(WORK)
    return Inside(theirs)


def _reap(kernel: int, control: socket.socket, channel: socket.socket) -> None:
    """Process 1: never returns."""
    _prctl(_SET_DUMPABLE, 0)  # the kernel has the same user, and may not look in here
    _prctl(_SET_NO_NEW_PRIVS, 1)
    kept = {control.fileno(), channel.fileno()}
    for fd in range(1024):
        if fd not in kept:
            try:
                os.close(fd)
            except OSError:
                continue
    wake_up, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    sources: list[int] = [control.fileno(), channel.fileno(), wake_up]
    while True:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                os._exit(0)
            if pid == kernel:
                os._exit(_exit_code(status))
            if pid == 0:
                break
        for fd in select.select(sources, [], [])[0]:
            if fd == wake_up:
                os.read(wake_up, 4096)
            elif fd == channel.fileno():
                sources.remove(fd)
                if channel.recv(1) == b"s":
                    try:
                        _read_only(SOCKETS)
                        _drop_capabilities()
                        channel.sendall(b"s")
                    except OSError:
                        channel.sendall(b"x")
                channel.close()
            else:
                for number in control.recv(64) or b"\x09":  # the server is gone: kill
                    try:
                        os.killpg(kernel, number)
                    except ProcessLookupError:
                        os.kill(kernel, number)


def _await(first: int) -> None:
    """Outside: stay as the parent of process 1, which is killed with this process."""
    os.closerange(0, 1024)
    _, status = os.waitpid(first, 0)
    os._exit(_exit_code(status))


def _exit_code(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _build(root: str, paths: list[str], sockets: str, limits: Limits, owner: int | None) -> None:
    own = "" if owner is None else f",uid={owner},gid={owner}"
    _mount("none", "/", None, _REC | _PRIVATE)
    _mount("tmpfs", root, "tmpfs", _NOSUID | _NODEV, "mode=755,size=1m,nr_inodes=4k")
    # All that is writable is one file system, so that one limit holds for all of it.
    scratch = f"{root}/scratch"
    os.mkdir(scratch)
    files = max(1024, min(limits.disk >> 12, 100_000))
    size = f"mode=755,size={limits.disk},nr_inodes={files}{own}"
    _mount("tmpfs", scratch, "tmpfs", _NOSUID | _NODEV, size)
    for inside, mode in (("/tmp", 0o1777), ("/dev/shm", 0o1777), (HOME, 0o755)):
        part = f"{scratch}/{os.path.basename(inside)}"
        os.mkdir(part)
        os.chmod(part, mode)
        os.makedirs(root + inside)
        if inside == HOME:
            os.mkdir(f"{part}/work")
        if owner is not None:
            for path in (part, f"{part}/work"):
                if os.path.isdir(path):
                    os.chown(path, owner, owner)
        _mount(part, root + inside, None, _BIND)
    for path in sorted({p for given in paths for p in (given, os.path.realpath(given))}):
        _show(root, path)
    _show(root, sockets, SOCKETS, read_only=False)
    for name in _DEVICES:
        _show(root, f"/dev/{name}", read_only=False)
    os.mkdir(f"{root}/dev/pts")
    _mount("devpts", f"{root}/dev/pts", "devpts", _NOSUID | _NOEXEC, "newinstance,ptmxmode=0666")
    for link, target in (("ptmx", "pts/ptmx"), ("fd", "/proc/self/fd"), ("stdin", "fd/0")):
        os.symlink(target, f"{root}/dev/{link}")
    os.mkdir(f"{root}/proc")
    _mount("proc", f"{root}/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    os.makedirs(f"{root}/etc", exist_ok=True)
    Path(root, "etc/passwd").write_text(_PASSWD)
    Path(root, "etc/group").write_text(f"student:x:{INSIDE}:\n")
    Path(root, "etc/hosts").write_text("127.0.0.1 localhost kernel\n")


def _show(root: str, path: str, inside: str | None = None, read_only: bool = True) -> None:
    """Bind a path of the host into the new root; a link is made again."""
    target = root + (inside or path)
    if not os.path.lexists(path) or os.path.lexists(target):
        return  # not on this host, or within what is already there
    os.makedirs(os.path.dirname(target), exist_ok=True)
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        os.symlink(os.readlink(path), target)
        return
    if stat.S_ISDIR(mode):
        os.mkdir(target)
    else:
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
    _mount(path, target, None, _BIND | _REC)
    if read_only:
        _read_only(target)


def _pivot(root: str) -> None:
    os.mkdir(f"{root}/old")
    number = _PIVOT_ROOT[platform.machine()]
    _check(_libc.syscall(number, root.encode(), f"{root}/old".encode()), "pivot_root")
    os.chdir("/")
    _check(_libc.umount2(b"/old", 2), "umount /old")  # MNT_DETACH
    os.rmdir("/old")
    _check(_libc.umount2(b"/scratch", 2), "umount /scratch")  # its parts stay bound
    os.rmdir("/scratch")
    _read_only("/", recursive=False)


def _enter_user_namespace(more: int) -> None:
    user, group = os.geteuid(), os.getegid()
    _unshare(_NEWUSER | more)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{INSIDE} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{INSIDE} {group} 1")


def _raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 0x41))  # SIOCSIFFLAGS: up, running


def _limit(limits: Limits) -> None:
    status = Path("/proc/self/status").read_text()
    present = int(status.partition("VmData:")[2].split()[0]) << 10
    bounds = {
        resource.RLIMIT_CPU: (limits.cpu_seconds, limits.cpu_seconds + 1),
        resource.RLIMIT_DATA: (present + limits.memory,) * 2,
        resource.RLIMIT_NPROC: (limits.processes,) * 2,
        resource.RLIMIT_NOFILE: (limits.open_files,) * 2,
        resource.RLIMIT_FSIZE: (limits.disk,) * 2,
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_MEMLOCK: (65536, 65536),
        resource.RLIMIT_MSGQUEUE: (0, 0),
    }
    for what, bound in bounds.items():
        resource.setrlimit(what, bound)


def _drop_capabilities() -> None:
    for capability in range(64):
        if _libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0):
            break  # the last one this kernel knows
    _libc.prctl(_CAP_AMBIENT, 4, 0, 0, 0)  # clear all
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def _read_only(path: str, recursive: bool = True) -> None:
    attributes = (ctypes.c_uint64 * 4)(_ATTR_READ_ONLY | _ATTR_NOSUID | _ATTR_NODEV, 0, 0, 0)
    flags = 0x8000 if recursive else 0  # AT_RECURSIVE
    size = ctypes.sizeof(attributes)
    done = _libc.syscall(_MOUNT_SETATTR, -100, path.encode(), flags, attributes, size)
    _check(done, f"make {path} read-only")


def _mount(source: str, target: str, kind: str | None, flags: int, data: str = "") -> None:
    done = _libc.mount(
        source.encode(),
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        data.encode(),
    )
    _check(done, f"mount {target}")


def _unshare(spaces: int) -> None:
    _check(_libc.unshare(spaces), "unshare")


def die_with_parent() -> None:
    """Have this process killed when its parent ends; a change of user undoes it."""
    _prctl(_PDEATHSIG, signal.SIGKILL)


def _prctl(option: int, value: int) -> None:
    _check(_libc.prctl(option, value, 0, 0, 0), f"prctl {option}")


def _check(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
