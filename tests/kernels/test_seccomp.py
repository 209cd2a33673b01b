"""The system calls that the sandbox denies, made by their numbers; and that all else works."""

import ctypes
import errno
import json
import mmap
import os
import platform
import re
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from cvbook.kernels.sandbox import seccomp

X86 = platform.machine() == "x86_64"
COLUMN = 0 if X86 else 1
NUMBERS = {
    name: numbers[COLUMN]
    for name, numbers in (seccomp.DENIED | seccomp.FILTERED).items()
    if numbers[COLUMN] is not None
}

CALL = """
import ctypes, errno, json, os
libc = ctypes.CDLL(None, use_errno=True)
def error(number, *arguments):
    ctypes.set_errno(0)
    done = libc.syscall(number, *(ctypes.c_ulong(a) for a in [*arguments, 0, 0, 0, 0, 0, 0][:6]))
    return errno.errorcode[ctypes.get_errno()] if done == -1 else done
"""


def outcomes(calls):
    """Code that makes `calls` (name, arguments) and prints each result or error."""
    numbered = [(NUMBERS[name], *arguments) for name, *arguments in calls]
    return f"{CALL}\nprint(json.dumps([error(*call) for call in {numbered!r}]))"


def test_every_denied_call_fails(sandboxed):
    names = [name for name in seccomp.DENIED if name in NUMBERS]
    answers = dict(zip(names, sandboxed(outcomes([(name,) for name in names])), strict=True))
    assert answers == dict.fromkeys(names, "EPERM")


def test_it_is_the_filter_that_denies_what_any_user_may_do(sandboxed):
    """Calls that succeed, or fail otherwise, for a user without rights and without a filter."""
    everyones = [
        ("keyctl", 0, 2**64 - 3, 0),  # ID of the session keyring
        ("get_mempolicy",),
        ("process_vm_readv", os.getpid()),
        ("io_uring_setup", 1),
        ("name_to_handle_at",),
        ("adjtimex",),
    ]
    code = outcomes(everyones)
    outside = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert "EPERM" not in json.loads(outside.stdout)
    assert sandboxed(code) == ["EPERM"] * len(everyones)


@pytest.mark.parametrize(
    "space", [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]
)
def test_clone_makes_no_namespaces(sandboxed, space):
    assert sandboxed(outcomes([("clone", space | signal.SIGCHLD)])) == ["EPERM"]


def test_clone3_is_not_there_so_that_libc_takes_clone(sandboxed):
    assert sandboxed(outcomes([("clone3",)])) == ["ENOSYS"]


def test_arguments_decide_about_sockets_personalities_and_terminals(sandboxed):
    vsock, alg, packet, netlink, inet = 40, 38, 17, 16, 2
    calls = [("socket", family, 3) for family in (vsock, alg, packet)]
    calls += [("personality", 0x40000), ("personality", 0xFFFFFFFF), ("personality", 0)]
    calls += [("ioctl", 0, 0x5412), ("ioctl", 0, 0x541C), ("ioctl", 2**31 - 1, 0x5413)]
    answers = sandboxed(outcomes(calls))
    assert answers[:3] == ["EAFNOSUPPORT"] * 3
    assert answers[3:6] == ["EPERM", 0, 0]
    assert answers[6:] == ["EPERM", "EPERM", "EBADF"]
    allowed = sandboxed(outcomes([("socket", netlink, 3), ("socket", inet, 1)]))
    assert all(isinstance(descriptor, int) for descriptor in allowed)


def in_a_fork(code):
    """Code that runs `code` in a fork and prints by which signal that ended."""
    return f"""
import ctypes, json, mmap, os
pid = os.fork()
if pid == 0:
    {code}
    os._exit(0)
print(json.dumps(os.WTERMSIG(os.waitpid(pid, 0)[1])))
"""


@pytest.mark.skipif(not X86, reason="only x86-64 has the x32 calls")
def test_calls_of_the_x32_architecture_kill(sandboxed):
    assert sandboxed(in_a_fork("ctypes.CDLL(None).syscall(0x40000000 | 39)")) == signal.SIGSYS


#: mov eax, 20 (getpid of 32-bit Linux); int 0x80; ret
INT_80 = bytes.fromhex("b814000000cd80c3")


@pytest.mark.skipif(not X86, reason="only x86-64 has 32-bit calls by int 0x80")
def test_calls_of_32_bit_programs_kill(sandboxed):
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(INT_80)
    call = (
        f"m = mmap.mmap(-1, 4096, prot=7); m.write({INT_80!r}); "
        "ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()"
    )
    pid = os.fork()
    if pid == 0:  # does this kernel have 32-bit calls at all?
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()
        os._exit(0)
    if os.waitpid(pid, 0)[1]:
        pytest.skip("this kernel has no 32-bit calls")
    assert sandboxed(in_a_fork(call)) == signal.SIGSYS


def test_children_and_threads_have_the_filter_too(sandboxed):
    code = (
        CALL
        + f"""
import subprocess, sys, threading
answers = []
thread = threading.Thread(target=lambda: answers.append(error({NUMBERS["keyctl"]})))
thread.start()
thread.join()
status = open("/proc/self/status").read()
child = subprocess.run(["grep", "Seccomp:", "/proc/self/status"], capture_output=True, text=True)
answers += [status.split("Seccomp:")[1].split()[0], child.stdout.split()[1]]
print(json.dumps(answers))
"""
    )
    assert sandboxed(code) == ["EPERM", "2", "2"]


def test_processes_threads_and_pools_work(sandboxed):
    code = """
import json, multiprocessing, os, subprocess, sys, tempfile, threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
answers = []
with ThreadPoolExecutor(4) as pool:
    answers.append(sum(pool.map(abs, range(100))))
with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
    answers.append(sum(pool.map(abs, range(100))))
answers.append(subprocess.check_output([sys.executable, "-c", "print(7)"]).decode())
answers.append(subprocess.check_output("echo $((3 + 4)) | cat", shell=True).decode())
answers.append(os.system("true"))
answers.append(len(os.sched_getaffinity(0)) > 0)
answers.append(os.posix_spawn("/bin/true", ["true"], {}) > 0)
print(json.dumps(answers))
"""
    assert sandboxed(code) == [4950, 4950, "7\n", "7\n", 0, True, True]


HEADERS = {
    "x86_64": ["/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm/unistd_64.h"],
    "aarch64": ["/usr/include/asm-generic/unistd.h"],
}


@pytest.mark.parametrize("machine", HEADERS)
def test_numbers_are_those_of_the_kernel_headers(machine, unavailable):
    header = next((Path(p) for p in HEADERS[machine] if Path(p).exists()), None)
    if header is None:
        missing = f"no kernel headers for {machine}: apt-get install linux-libc-dev"
        (unavailable if machine == platform.machine() else pytest.skip)(missing)
    defined = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())
    stated = {name: int(number) for name, number in defined}
    column = list(HEADERS).index(machine)
    ours = {n: numbers[column] for n, numbers in (seccomp.DENIED | seccomp.FILTERED).items()}
    newer = {name for name, number in ours.items() if number and number > max(stated.values())}
    assert {name: stated.get(name) for name in ours.keys() - newer} == {
        name: number for name, number in ours.items() if name not in newer
    }
    assert newer <= {"open_tree_attr"}  # Linux 6.15


def run_filter(machine, number, architecture, arguments=()):
    """What the filter returns, by an interpreter of the six instructions it uses."""
    data = struct.pack("=iIQ6Q", number, architecture, 0, *[*arguments, 0, 0, 0, 0, 0, 0][:6])
    code = [*struct.iter_unpack("=HBBI", seccomp.program(machine))]
    accumulator = position = 0
    while True:
        kind, if_true, if_false, value = code[position]
        position += 1
        if kind == 0x06:
            return value
        if kind == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, value)
            continue
        true = {
            0x15: accumulator == value,
            0x35: accumulator >= value,
            0x45: bool(accumulator & value),
        }[kind]
        position += if_true if true else if_false


@pytest.mark.parametrize(("machine", "audit"), [("x86_64", 0xC000003E), ("aarch64", 0xC00000B7)])
def test_the_program_of_either_processor_allows_denies_and_kills(machine, audit):
    column = list(HEADERS).index(machine)
    read, clone = {"x86_64": (0, 56), "aarch64": (63, 220)}[machine]
    for name, numbers in seccomp.DENIED.items():
        if numbers[column] is not None:
            answer = run_filter(machine, numbers[column], audit)
            assert answer == 0x50000 | errno.EPERM, name
    assert run_filter(machine, 435, audit) == 0x50000 | errno.ENOSYS
    assert run_filter(machine, read, audit) == 0x7FFF0000
    assert run_filter(machine, clone, audit, [0x3D0F00]) == 0x7FFF0000  # a thread
    assert run_filter(machine, clone, audit, [0x10000000]) == 0x50000 | errno.EPERM
    assert run_filter(machine, read, 0x40000003) == 0x80000000  # 32-bit x86
