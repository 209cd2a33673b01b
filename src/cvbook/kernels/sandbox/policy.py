"""Sandbox policy: paths, devices, limits and user of a sandboxed kernel."""

import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from cvbook.errors import CvbookError

#: The kernel's home and working folder, inside.
HOME = "/home/student"
WORK = f"{HOME}/work"
#: Where the folder of the kernel's sockets is mounted, inside.
SOCKETS = "/run/kernel"

#: User and group on the host if root starts the kernel: no file there belongs to them.
HOST_ID = 64_021
#: User and group inside.
SANDBOX_ID = 1000
PASSWD = f"student:x:{SANDBOX_ID}:{SANDBOX_ID}::{HOME}:/bin/sh\n"
GROUP = f"student:x:{SANDBOX_ID}:\n"

#: Environment variables that are set inside.
ENVIRONMENT = {
    "HOME": HOME,
    "USER": "student",
    "LOGNAME": "student",
    "IPYTHONDIR": f"{HOME}/.ipython",
    "MPLCONFIGDIR": f"{HOME}/.config/matplotlib",
    "TMPDIR": "/tmp",
}

#: Read-only for every kernel, where they exist; links are copied.
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
DEVICES = ("null", "zero", "full", "random", "urandom")
#: Files and folders of /proc that can change the host: mounted read-only.
PROC_READ_ONLY = ("sys", "sysrq-trigger", "irq", "bus", "fs")

REMEDY = (
    "allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, "
    "user.max_user_namespaces=10000, kernel.apparmor_restrict_unprivileged_userns=0; in a "
    "container: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add "
    "SYS_ADMIN), or go on without a sandbox"
)


class SandboxError(CvbookError):
    """The sandbox cannot be built on this machine."""


@dataclass(frozen=True)
class Limits:
    """Resource limits of a kernel and the processes that it starts.

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
    """

    cpu_seconds: int = 600
    memory: int = 4 << 30
    processes: int = 512
    disk: int = 512 << 20
    open_files: int = 1024


def readable_paths() -> list[str]:
    """List the paths that Python needs: the system's programs, the interpreter, its packages."""
    candidates = [*SYSTEM, sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()]
    candidates += [p for p in sys.path if os.path.isabs(p)]
    # Never expose a whole home folder, or everything, because it is on sys.path.
    refused = {"/", "/home", "/root", "/tmp", os.path.expanduser("~"), os.path.realpath("/tmp")}
    return [p for p in candidates if os.path.normpath(p) not in refused]


def can_change_user() -> bool:
    """Whether this is root, with `HOST_ID` in its user map; a container's map may lack it."""
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    ranges = [tuple(map(int, line.split())) for line in lines]
    known = any(first <= HOST_ID < first + count for first, _, count in ranges)
    return os.geteuid() == 0 and known
