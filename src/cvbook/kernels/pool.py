"""Warm kernels for notebooks: a fork server, the kernelspecs that lead to it, and nbclient on top.

>>> with Pool() as pool:                                       # doctest: +SKIP
...     result = pool.execute(nbformat.read("a.ipynb", 4), folder="work")
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from cvbook.errors import CvbookError
from cvbook.kernels import environment as kernel_environment
from cvbook.kernels import forkserver, sandbox

#: What kernels import, most of it late: 0.3 s each if it is not there yet.
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
#: Kernel names that are answered by warm kernels.
NAMES = ("cvbook", "python3")


@dataclass
class Result:
    """An executed notebook, and how the execution went.

    Attributes
    ----------
    notebook : NotebookNode
        As far as it got.
    died : str
        Why the kernel ended before its time, in words; empty if it did not.
    timed_out : str
        `"cell"`, `"total"` or empty.
    seconds : float
    peak_memory : int
        Bytes; 0 if it was not measured.
    """

    notebook: NotebookNode
    died: str = ""
    timed_out: str = ""
    seconds: float = 0.0
    peak_memory: int = 0


class Pool:
    """A fork server and what leads to it; a context manager.

    Parameters
    ----------
    limits : Limits, optional
        Walls around each kernel; without them kernels have all rights of this process.
    preload : iterable of str
        Modules to import before forking. One that cannot be imported is left out (`missing`).
    visible : iterable of path
        Folders and files that kernels behind walls may read, such as a data set.
    spare : int
        Kernels forked ahead of need.
    environment : mapping of str to str
        For the server: what TensorFlow reads when it is imported.

    Raises
    ------
    SandboxError
        If walls are wanted and this machine does not allow them.
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
    ):
        self.limits = limits
        if limits is not None:
            sandbox.check()
        self.folder = Path(tempfile.mkdtemp(prefix="cvbook-"))
        self.visible = [os.path.abspath(v) for v in visible]
        self.spare = spare
        self.server_environment = dict(environment or {})
        self.missing: dict[str, str] = {}
        try:
            try:
                self.process = self._start([*preload, *KERNEL])
            except _Unfit as reason:
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
        }
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
            env=self._environment(),
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
            raise _Unfit(answer["error"])
        self.missing = answer["missing"]
        return process

    def _environment(self) -> dict[str, str]:
        """Scrubbed behind walls: forks inherit the server's memory."""
        if self.limits is None:
            environment = dict(os.environ)
        else:
            kept = {"PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "TMPDIR", "HOME"}
            environment = {k: v for k, v in os.environ.items() if k in kept}
        environment |= self.server_environment
        environment |= {"PYTHONHASHSEED": "0"} | forkserver.SERVER_ONLY
        environment["MPLBACKEND"] = kernel_environment.DEFAULTS["MPLBACKEND"]
        kernel_environment.prepare(environment)
        return environment

    def _write_kernelspecs(self) -> None:
        config = {"server": str(self.folder / "s" / "server"), "sandboxed": self.limits is not None}
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

    def execute(
        self,
        notebook: NotebookNode,
        *,
        files: Mapping[str, bytes] | None = None,
        folder: str | os.PathLike[str] | None = None,
        variables: Mapping[str, str] | None = None,
        cell_timeout: float | None = 60,
        total_timeout: float | None = 600,
        client_class: type[NotebookClient] | None = None,
        **traits: Any,
    ) -> Result:
        """Execute a notebook in place, in a fresh kernel; several threads may do so at once.

        Parameters
        ----------
        notebook : NotebookNode
            Changed in place.
        files : mapping of str to bytes, optional
            Put into the kernel's working folder. Behind walls, default: those of `folder`, without
            notebooks and symbolic links.
        folder : path, optional
            The working folder; behind walls only its files' source.
        variables : mapping of str to str, optional
            Environment variables.
        cell_timeout, total_timeout : float or None
            Seconds.
        client_class : type, optional
            A `nbclient.NotebookClient` of your own.
        **traits
            For the client, such as `allow_errors=False`.

        Returns
        -------
        Result
        """
        start = time.monotonic()
        if files is None and folder is None:
            files = {}
        output = self.limits.output if self.limits else None
        kind = client_class or (_Bounded if output else NotebookClient)
        traits = {"allow_errors": True, "shutdown_kernel": "immediate"} | traits
        manager = self.manager()
        client = kind(notebook, km=manager, timeout=cell_timeout, **traits)
        if isinstance(client, _Bounded):
            client.limit = output
        result = Result(notebook)

        async def go() -> None:
            launch: dict[str, Any] = {"files": files, "variables": dict(variables or {})}
            launch["cwd"] = str(folder or self.folder)
            limit = asyncio.timeout(total_timeout)
            try:
                async with limit:
                    await client.async_execute(reset_kc=True, cleanup_kc=False, **launch)
            except CellTimeoutError:  # a TimeoutError too
                result.timed_out = "cell"
            except TimeoutError:
                result.timed_out = "total"
            except DeadKernelError:
                result.died = "killed"
            except (CellExecutionError, CvbookError, RuntimeError):
                raise
            except Exception as error:  # forged, or of a process that shares the kernel's sockets
                result.died = f"sent broken messages ({error})"
            finally:
                if limit.expired():  # which nbclient takes for the kernel's death
                    result.timed_out, result.died = "total", ""
                await self._finish(client, manager, result)

        asyncio.run(go())
        result.seconds = time.monotonic() - start
        return result

    async def _finish(
        self, client: NotebookClient, manager: AsyncKernelManager, result: Result
    ) -> None:
        provisioner: Any = manager.provisioner
        if provisioner is None:
            return
        alive = await provisioner.poll() is None
        if alive and provisioner.has_process:
            await provisioner.kill()
        await provisioner.wait()
        ended = provisioner.ended or {}
        result.peak_memory = ended.get("peak_memory", 0)
        if not alive or result.died == "killed":
            code = ended.get("exit", -1)
            told = f"killed (signal {code - 128})" if code > 128 else f"exited ({code})"
            result.died = ended.get("reason") or told
        if client.kc is not None:
            client.kc.stop_channels()
        await manager._async_cleanup_resources()

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


class _Unfit(Exception):
    """The preloaded modules do not allow forking."""


class _Bounded(NotebookClient):
    """Keeps a limited number of bytes of each cell's output."""

    limit: int | None = None
    _cell, _kept = -1, 0

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Drop outputs beyond the limit."""
        if cell_index != self._cell:
            self._cell, self._kept = cell_index, 0
        content = msg["content"]
        if self.limit and msg["msg_type"] in ("stream", "display_data", "execute_result"):
            left = max(0, self.limit - self._kept)
            self._kept += len(json.dumps(content))
            if msg["msg_type"] == "stream":
                content["text"] = str(content.get("text", ""))[:left]
            if not left or (self._kept > self.limit and msg["msg_type"] != "stream"):
                return None
        return super().process_message(msg, cell, cell_index)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
