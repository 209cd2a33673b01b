"""Seccomp filter of sandboxed kernels: system calls that they never need, denied by number.

A classic BPF program, assembled here: libseccomp is not on every machine, and no wheel has it.
It is a deny list, of calls that reach far into the kernel and that no notebook needs, after those
of Docker and Flatpak. A denied call fails with EPERM; `clone3`, whose flags a filter cannot read,
with ENOSYS, so that libc falls back to `clone`. Calls of another architecture (32-bit, x32) kill
the process, since their numbers mean something else.
"""

import ctypes
import errno
import platform
import struct

from cvbook.kernels.sandbox import linux

#: Value of `AUDIT_ARCH_…` in <linux/audit.h>, and the column of `DENIED`.
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

# fmt: off
#: Denied calls, and their numbers on x86_64 and aarch64 (None: not there).
DENIED: dict[str, tuple[int, int | None]] = {
    # Mounts, roots, namespaces
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "open_tree_attr": (467, 467), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "unshare": (272, 97), "setns": (308, 268),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    # Other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "pidfd_getfd": (438, 438), "kcmp": (312, 272),
    # Large parts of the kernel with a history of vulnerabilities
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "fanotify_init": (300, 262), "add_key": (248, 217), "request_key": (249, 218),
    "keyctl": (250, 219), "modify_ldt": (154, None), "get_mempolicy": (239, 236),
    "set_mempolicy": (238, 237), "set_mempolicy_home_node": (450, 450), "mbind": (237, 235),
    "migrate_pages": (256, 238), "move_pages": (279, 239),
    # Administration of the machine
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "create_module": (174, None),
    "query_module": (178, None), "get_kernel_syms": (177, None), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "quotactl": (179, 60),
    "quotactl_fd": (443, 443), "acct": (163, 89), "syslog": (103, 116), "vhangup": (153, 58),
    "sethostname": (170, 161), "setdomainname": (171, 162), "settimeofday": (164, 170),
    "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171),
    "iopl": (172, None), "ioperm": (173, None),
    # Obsolete
    "lookup_dcookie": (212, 18), "nfsservctl": (180, 42), "_sysctl": (156, None),
    "sysfs": (139, None), "uselib": (134, None), "ustat": (136, None),
}
# fmt: on

#: Calls that are denied or allowed by an argument.
FILTERED = {
    "clone": (56, 220),
    "clone3": (435, 435),
    "ioctl": (16, 29),
    "personality": (135, 92),
    "socket": (41, 198),
}
_X32 = 0x40000000
#: Push characters into a terminal's input: <asm-generic/ioctls.h>.
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
#: UNIX, IPv4, IPv6 and netlink, by which libc lists network devices.
_SOCKET_FAMILIES = (1, 2, 10, 16)
#: The default, and the query for the current one.
_PERSONALITIES = (0, 0xFFFFFFFF)

# <linux/bpf_common.h>: load a word; jump if equal, greater or equal, any bit set; return
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# <linux/seccomp.h>
_SET_MODE_FILTER, _ALLOW, _KILL, _ERRNO = 1, 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """`struct sock_filter`; jumps count the instructions to skip."""
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _deny(number: int, error: int = errno.EPERM) -> list[bytes]:
    return [_instruction(_EQUAL, number, 0, 1), _instruction(_RETURN, _ERRNO | error)]


def _by_argument(
    number: int, argument: int, values: tuple[int, ...], found: int, other: int, test: int = _EQUAL
) -> list[bytes]:
    """Return `found` if the low word of an argument is one of the values, else `other`."""
    tests = [_instruction(test, v, len(values) - i) for i, v in enumerate(values)]
    body = [
        _instruction(_LOAD, _ARGUMENTS + 8 * argument),
        *tests,
        _instruction(_RETURN, other),
        _instruction(_RETURN, found),
    ]
    return [_instruction(_EQUAL, number, 0, len(body)), *body]


def program(machine: str) -> bytes:
    """Assemble the filter.

    Parameters
    ----------
    machine : {"x86_64", "aarch64"}

    Returns
    -------
    bytes
        An array of `struct sock_filter`.
    """
    architecture, column = _ARCHITECTURES[machine]
    number = {name: numbers[column] for name, numbers in FILTERED.items()}
    denied = _ERRNO | errno.EPERM
    code = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_EQUAL, architecture, 1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":
        code += [_instruction(_AT_LEAST, _X32, 0, 1), _instruction(_RETURN, _KILL)]
    for numbers in DENIED.values():
        call = numbers[column]
        if call is not None:
            code += _deny(call)
    code += _deny(number["clone3"], errno.ENOSYS)
    namespaces = linux.NAMESPACES | linux.NEWUSER
    code += _by_argument(number["clone"], 0, (namespaces,), denied, _ALLOW, _ANY_BIT)
    code += _by_argument(number["ioctl"], 1, (_TIOCSTI, _TIOCLINUX), denied, _ALLOW)
    code += _by_argument(number["personality"], 0, _PERSONALITIES, _ALLOW, denied)
    unsupported = _ERRNO | errno.EAFNOSUPPORT
    code += _by_argument(number["socket"], 0, _SOCKET_FAMILIES, _ALLOW, unsupported)
    code.append(_instruction(_RETURN, _ALLOW))
    return b"".join(code)


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def install() -> None:
    """Filter the calls of this thread and of all its descendants, for good.

    Needs `linux.set_no_new_privs` before.

    Raises
    ------
    OSError
        If this kernel has no seccomp filters.
    """
    code = program(platform.machine())
    buffer = ctypes.create_string_buffer(code, len(code))
    description = _Program(len(code) // 8, ctypes.addressof(buffer))
    done = linux.syscall("seccomp", _SET_MODE_FILTER, 0, ctypes.byref(description))
    linux.check_result(done, "seccomp")
