"""Linux system calls of the sandbox, by ctypes: namespaces, mounts, capabilities, limits.

All functions but `syscall` raise OSError with the name of the call that failed.
"""

import ctypes
import fcntl
import os
import platform
import resource
import signal
import socket
import stat
import struct
from pathlib import Path
from typing import Any

from cvbook.kernels.sandbox.policy import (
    DEVICES,
    GROUP,
    HOME,
    PASSWD,
    SANDBOX_ID,
    SOCKETS,
    Limits,
)

libc = ctypes.CDLL(None, use_errno=True)

#: Numbers of system calls that libc has no function for.
SYSCALLS = {
    "x86_64": {"pivot_root": 155, "keyctl": 250, "seccomp": 317, "mount_setattr": 442},
    "aarch64": {"pivot_root": 41, "keyctl": 219, "seccomp": 277, "mount_setattr": 442},
}

# <linux/sched.h>
NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
#: All namespaces but that of users.
NAMESPACES = NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWPID | NEWNET

# <linux/mount.h>, <linux/prctl.h>
_NOSUID, _NODEV, _NOEXEC, _BIND, _REC, _PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
_ATTR_READ_ONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4
_PDEATHSIG, _SET_DUMPABLE, _CAPBSET_DROP, _SET_NO_NEW_PRIVS, _CAP_AMBIENT = 1, 4, 24, 38, 47


def check_result(result: int, what: str) -> None:
    """Raise the error of a libc function that failed.

    Parameters
    ----------
    result : int
        0 if it succeeded.
    what : str
        The call, for the message.

    Raises
    ------
    OSError
    """
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def syscall(name: str, *arguments: Any) -> int:
    """Call one of `SYSCALLS`.

    Parameters
    ----------
    name : str
    *arguments
        As ctypes takes them.

    Returns
    -------
    int
        -1 if it failed, with its errno in `ctypes.get_errno`.
    """
    return int(libc.syscall(SYSCALLS[platform.machine()][name], *arguments))


def unshare(namespaces: int) -> None:
    """Move this process, or for `NEWPID` its children, into new namespaces.

    Parameters
    ----------
    namespaces : int
        Flags as of unshare(2).
    """
    check_result(libc.unshare(namespaces), "unshare")


def enter_user_namespace(more: int) -> None:
    """Move into a user namespace with a single user, and into further namespaces.

    Parameters
    ----------
    more : int
        Flags of the further namespaces.
    """
    user, group = os.geteuid(), os.getegid()
    unshare(NEWUSER | more)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{SANDBOX_ID} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{SANDBOX_ID} {group} 1")


def set_user(user: int) -> None:
    """Become another user and its group, without any further groups.

    Parameters
    ----------
    user : int
        User and group ID.
    """
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    set_dumpable(True)  # else /proc/self still belongs to root


def raise_loopback() -> None:
    """Switch on the loopback device of a new network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 0x41))  # SIOCSIFFLAGS: up, running


def die_with_parent() -> None:
    """Have this process killed when its parent ends; a change of user undoes it."""
    _prctl(_PDEATHSIG, signal.SIGKILL)


def set_dumpable(dumpable: bool) -> None:
    """Allow or forbid processes of the same user to trace this one.

    Parameters
    ----------
    dumpable : bool
    """
    _prctl(_SET_DUMPABLE, int(dumpable))


def set_no_new_privs() -> None:
    """Deny privileges through set-user-ID programs to this process and its children, for good."""
    _prctl(_SET_NO_NEW_PRIVS, 1)


def _prctl(option: int, value: int) -> None:
    check_result(libc.prctl(option, value, 0, 0, 0), f"prctl {option}")


def drop_capabilities() -> None:
    """Give up all capabilities, for good."""
    for capability in range(64):
        if libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0):
            break  # past the last one of this kernel
    libc.prctl(_CAP_AMBIENT, 4, 0, 0, 0)  # clear all
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    check_result(libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def set_limits(limits: Limits) -> None:
    """Set the resource limits of this process and its children.

    Parameters
    ----------
    limits : Limits
    """
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


def build_root(
    root: str, paths: list[str], sockets: str, limits: Limits, owner: int | None
) -> None:
    """Mount the sandbox's file system: tmpfs, read-only binds, devices and /proc.

    Parameters
    ----------
    root : str
        An empty folder.
    paths : list of str
        To bind read-only.
    sockets : str
        Folder to bind on `policy.SOCKETS`, writable.
    limits : Limits
        `disk` counts for all that is writable together.
    owner : int or None
        User and group of what is writable; by default the caller's.
    """
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
        _bind(root, path)
    _bind(root, sockets, SOCKETS, read_only=False)
    for name in DEVICES:
        _bind(root, f"/dev/{name}", read_only=False)
    os.mkdir(f"{root}/dev/pts")
    _mount("devpts", f"{root}/dev/pts", "devpts", _NOSUID | _NOEXEC, "newinstance,ptmxmode=0666")
    for link, target in (("ptmx", "pts/ptmx"), ("fd", "/proc/self/fd"), ("stdin", "fd/0")):
        os.symlink(target, f"{root}/dev/{link}")
    os.mkdir(f"{root}/proc")
    _mount("proc", f"{root}/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    _write_etc(Path(root, "etc"))


def _write_etc(etc: Path) -> None:
    etc.mkdir(exist_ok=True)
    (etc / "passwd").write_text(PASSWD)
    (etc / "group").write_text(GROUP)
    (etc / "hosts").write_text("127.0.0.1 localhost kernel\n")


def _bind(root: str, path: str, inside: str | None = None, read_only: bool = True) -> None:
    """Bind-mount a path of the host into the new root; a link is copied."""
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
        make_read_only(target)


def pivot_root(root: str) -> None:
    """Make a folder the root, read-only, and unmount the old one.

    Parameters
    ----------
    root : str
        Mounted by `build_root`.
    """
    os.mkdir(f"{root}/old")
    check_result(syscall("pivot_root", root.encode(), f"{root}/old".encode()), "pivot_root")
    os.chdir("/")
    check_result(libc.umount2(b"/old", 2), "umount /old")  # MNT_DETACH
    os.rmdir("/old")
    check_result(libc.umount2(b"/scratch", 2), "umount /scratch")  # its parts stay bound
    os.rmdir("/scratch")
    make_read_only("/", recursive=False)


def bind_read_only(path: str) -> None:
    """Bind-mount a path on itself, read-only.

    Parameters
    ----------
    path : str
        Ignored if it does not exist.
    """
    if os.path.exists(path):
        _mount(path, path, None, _BIND)
        make_read_only(path)


def make_read_only(path: str, recursive: bool = True) -> None:
    """Make a mount read-only, without devices and set-user-ID programs.

    Parameters
    ----------
    path : str
    recursive : bool
        All mounts below as well.
    """
    attributes = (ctypes.c_uint64 * 4)(_ATTR_READ_ONLY | _ATTR_NOSUID | _ATTR_NODEV, 0, 0, 0)
    flags = 0x8000 if recursive else 0  # AT_RECURSIVE
    size = ctypes.sizeof(attributes)
    done = syscall("mount_setattr", -100, path.encode(), flags, attributes, size)
    check_result(done, f"make {path} read-only")


def _mount(source: str, target: str, kind: str | None, flags: int, data: str = "") -> None:
    done = libc.mount(
        source.encode(),
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        data.encode(),
    )
    check_result(done, f"mount {target}")
