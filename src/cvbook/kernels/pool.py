"""Pool of warm kernels: a fork server, and kernelspecs that start kernels from it.

>>> with Pool() as pool:                                       # doctest: +SKIP
...     client = NotebookClient(notebook, km=pool.manager())
...     client.execute(cwd="work", cleanup_kc=True)  # else nbclient leaves the kernel running
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from cvbook.errors import CvbookError
from cvbook.kernels import environment as kernel_environment
from cvbook.kernels import forked_kernel, sandbox
from cvbook.kernels.kernelspecs import Command

#: Modules that every kernel imports, most of them lazily; preloading them saves 0.3 s a kernel.
KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "matplotlib_inline.config",
    "psutil",
    "pydoc",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
)
#: The packages of this course.
PRELOAD = (
    "tensorflow",
    "keras",
    "numpy",
    "numpy.random",
    "numpy.testing",
    "matplotlib",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
)
#: Kernel names that start a warm kernel.
NAMES = ("cvbook", "python3")


class Pool:
    """A fork server and its kernelspecs; a context manager.

    Any Jupyter client uses its kernels: through `manager`, or as another program with
    `environment`. Besides what `subprocess.Popen` takes, a client may start a kernel with `files`
    (mapping of str to bytes): the content of its working folder. Sandboxed kernels work on a copy
    of `cwd` without notebooks and symbolic links if no `files` are given.

    Its manager's `provisioner.ended` holds how a kernel ended: `exit` (status), `reason`
    (`"memory"`, `"processor time"` or `""`) and `peak_memory` (bytes).

    Parameters
    ----------
    limits : Limits, optional
        Sandbox each kernel, with these limits; by default kernels have all rights of this process.
    preload : iterable of str
        Modules to import before forking. One that cannot be imported is left out (`missing`).
    visible : iterable of path
        Folders and files that sandboxed kernels may read, such as a data set.
    spare : int
        Kernels forked ahead of need.
    environment : mapping of str to str
        More variables for the server, such as those that TensorFlow reads at import.
    command : Command, optional
        Start this kernel in each fork, cold; nothing is preloaded then.

    Raises
    ------
    SandboxError
        If `limits` is given and this machine does not allow a sandbox.
    CvbookError
        If no server can be started.
    """

    def __init__(
        self,
        limits: sandbox.Limits | None = None,
        preload: Iterable[str] = PRELOAD,
        visible: Iterable[str | os.PathLike[str]] = (),
        spare: int = 1,
        environment: Mapping[str, str] | None = None,
        command: Command | None = None,
    ):
        self.limits = limits
        self.command = command
        if limits is not None:
            sandbox.check()
        self.folder = Path(tempfile.mkdtemp(prefix="cvbook-"))
        more = command.visible if command is not None else ()
        self.visible = [os.path.abspath(v) for v in (*visible, *more)]
        self.spare = spare
        self.server_environment = dict(environment or {})
        self.missing: dict[str, str] = {}
        try:
            try:
                self.process = self._start([] if command else [*preload, *KERNEL])
            except _CannotFork as reason:
                warnings.warn(
                    f"kernels start cold: {reason}. They import what they need themselves.",
                    stacklevel=2,
                )
                self.process = self._start([*KERNEL])
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self._write_kernelspecs()

    def _start(self, modules: list[str]) -> subprocess.Popen[bytes]:
        shutil.rmtree(self.folder / "s", ignore_errors=True)
        (self.folder / "s").mkdir(mode=0o700)
        settings = {
            "folder": str(self.folder / "s"),
            "preload": modules,
            "spare": self.spare,
            "limits": asdict(self.limits) if self.limits else None,
            "visible": self.visible,
            "command": None,
        }
        if self.command is not None:
            settings["command"] = [self.command.argv, dict(self.command.environment)]
        command = [
            sys.executable,
            "-P",
            "-Xfrozen_modules=off",
            "-m",
            "cvbook.kernels.forkserver",
            json.dumps(settings),
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._server_environment(),
            cwd="/",
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        answer: dict[str, Any] = (
            json.loads(line) if line.endswith(b"\n") else {"error": "it ended at once"}
        )
        if "error" in answer:
            _stop(process)
            if modules == [*KERNEL]:
                raise CvbookError(f"no fork server – {answer['error']} – use cold kernels")
            raise _CannotFork(answer["error"])
        self.missing = answer["missing"]
        return process

    def _server_environment(self) -> dict[str, str]:
        """Minimal environment when sandboxed: forks can read it."""
        if self.limits is None:
            environment = dict(os.environ)
        else:
            kept = {"PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "TMPDIR", "HOME"}
            environment = {k: v for k, v in os.environ.items() if k in kept}
        environment |= self.server_environment
        environment |= {"PYTHONHASHSEED": "0"} | forked_kernel.SINGLE_THREAD
        environment["MPLBACKEND"] = kernel_environment.DEFAULTS["MPLBACKEND"]
        kernel_environment.prepare(environment)
        return environment

    def _write_kernelspecs(self) -> None:
        server = str(self.folder / "s" / "server")
        config = {"server": server, "sandboxed": self.limits is not None}
        spec = {
            "argv": [sys.executable, "-m", "cvbook.kernels", "-f", "{connection_file}"],
            "display_name": "Python 3 (cvbook, warm)",
            "language": "python",
            "metadata": {
                "kernel_provisioner": {"provisioner_name": "cvbook-warm", "config": config}
            },
        }
        for name in NAMES:
            path = self.folder / "jupyter" / "kernels" / name / "kernel.json"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(spec))

    @property
    def environment(self) -> dict[str, str]:
        """Variables that make every Jupyter program start warm kernels under the names `NAMES`."""
        paths = [str(self.folder / "jupyter"), os.environ.get("JUPYTER_PATH", "")]
        return {"JUPYTER_PATH": os.pathsep.join(filter(None, paths))}

    def manager(self) -> AsyncKernelManager:
        """Make a kernel manager whose kernel is warm: `NotebookClient(notebook, km=…)`."""
        folders = [str(self.folder / "jupyter" / "kernels")]
        specs = KernelSpecManager(kernel_dirs=folders, ensure_native_kernel=False)
        return AsyncKernelManager(kernel_name=NAMES[0], kernel_spec_manager=specs)

    def close(self) -> None:
        """End the server and its kernels, and remove its files."""
        _stop(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _CannotFork(Exception):
    """The preloaded modules do not allow forking."""


def _stop(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
