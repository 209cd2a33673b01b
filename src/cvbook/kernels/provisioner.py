"""The kernel provisioner `cvbook-warm`: a kernel manager's kernels come from a fork server.

nbclient, nbgrader and nbval use it unchanged; a kernelspec chooses it:

    "metadata": {"kernel_provisioner": {"provisioner_name": "cvbook-warm",
                                         "config": {"server": "/path/of/its/socket"}}}

`warm.Pool` writes such kernelspecs.
"""

import asyncio
import io
import json
import os
import signal
import socket
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Bool, Unicode

from cvbook.kernels.sandbox import SandboxError

#: What a kernel behind walls gets of its client's environment.
PASSED_ON = ("NBGRADER_", "CVBOOK_QUIET", "LANG", "LC_", "TZ")


class WarmProvisioner(KernelProvisionerBase):
    """Asks a fork server for each kernel, and keeps the connection: its end is the kernel's end."""

    server = Unicode(help="Socket of the fork server.").tag(config=True)
    sandboxed = Bool(False, help="Whether kernels run in the sandbox, on a copy of the files.").tag(
        config=True
    )
    connection: socket.socket | None = None
    ended: dict[str, Any] | None = None
    _heard = b""

    @property
    def has_process(self) -> bool:
        """Whether a kernel was started and not waited for."""
        return self.connection is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Get a kernel that is ready, and tell the manager how to reach it."""
        connection = socket.socket(socket.AF_UNIX)
        connection.setblocking(False)
        loop = asyncio.get_running_loop()
        self._heard, self.ended = b"", None
        try:
            await loop.sock_connect(connection, self.server)
            while b"\n" not in self._heard:
                more = await loop.sock_recv(connection, 1 << 16)
                if not more:
                    raise ConnectionError("it closed the connection")
                self._heard += more
        except OSError as error:
            connection.close()
            raise RuntimeError(
                f"no warm kernel – fork server {self.server}: {error} – start it anew"
            ) from error
        line, _, self._heard = self._heard.partition(b"\n")
        answer = json.loads(line)
        if "error" in answer:
            connection.close()
            kind = SandboxError if self.sandboxed else RuntimeError
            raise kind(f"no warm kernel – {answer['error']}")
        self.connection = connection
        manager, info = self.parent, answer["connection"]
        if manager is not None:
            for name in ("transport", "ip"):
                setattr(manager, name, info[name])
            for name in ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"):
                setattr(manager, name, info[name])
            manager.session.key = info["key"].encode()
            manager.connection_file = f"{answer['socket_folder']}/client.json"
            manager.write_connection_file()
            info = manager.get_connection_info()
        self.connection_info = info
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Let the kernel go, in its folder or on a copy of its files.

        Besides what `subprocess.Popen` takes as `cwd` and `env`, `files` (dict of str to bytes) may
        give the files of the working folder, and `variables` (dict of str to str) environment
        variables that pass the walls.
        """
        assert self.connection is not None
        folder = os.path.abspath(kwargs.get("cwd") or os.getcwd())
        environment = dict(kwargs.get("env") or os.environ)
        environment.pop("JPY_PARENT_PID", None)
        files = kwargs.get("files")
        if self.sandboxed:
            environment = {k: v for k, v in environment.items() if k.startswith(PASSED_ON)}
            files = dict(working_copy(Path(folder))) if files is None else files
        environment |= kwargs.get("variables") or {}
        request = {"folder": folder, "environment": environment}
        text = json.dumps(request).encode() + b"\n"
        with tempfile.TemporaryFile() as archive:
            write_archive(archive, files or {})
            self.connection.setblocking(True)
            try:
                sent = socket.send_fds(self.connection, [text], [archive.fileno()])
                self.connection.sendall(text[sent:])
            finally:
                self.connection.setblocking(False)
        return self.connection_info

    async def poll(self) -> int | None:
        """Return the exit status, or None while the kernel lives."""
        if self.ended is None and self.connection is not None:
            try:
                while more := self.connection.recv(1 << 16):
                    self._heard += more
                self.ended = {"exit": -1, "reason": "the fork server ended", "peak_memory": 0}
            except BlockingIOError:
                pass
            except OSError:
                self.ended = {"exit": -1, "reason": "the fork server ended", "peak_memory": 0}
            if b"\n" in self._heard:
                self.ended = json.loads(self._heard.partition(b"\n")[0])
        return None if self.ended is None and self.connection is not None else self._status()

    def _status(self) -> int:
        return 0 if self.ended is None else self.ended["exit"]

    async def wait(self) -> int | None:
        """Wait for the kernel's end."""
        while await self.poll() is None:
            await asyncio.sleep(0.005)
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        return self._status()

    async def send_signal(self, signum: int) -> None:
        """Have the server send a signal: the kernel's process number means nothing out here."""
        if self.connection is not None and await self.poll() is None:
            try:
                self.connection.sendall(json.dumps({"signal": int(signum)}).encode() + b"\n")
            except OSError:
                return  # its end is noticed by poll

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and its processes."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """Kill as well: there is nothing to save in a fork."""
        await self.send_signal(signal.SIGKILL)

    async def cleanup(self, restart: bool = False) -> None:
        """Close the connection, which ends a kernel that still lives."""
        if self.connection is not None:
            await self.poll()
            self.connection.close()
            self.connection = None


def working_copy(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Files of a folder that a kernel may see: no notebooks, no symbolic links, nothing special."""
    for place, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not os.path.islink(os.path.join(place, f))]
        for name in names:
            path = Path(place, name)
            if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
                yield str(path.relative_to(folder)), path.read_bytes()


def write_archive(file: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write files as a tar archive and go back to its start."""
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o644
            archive.addfile(entry, io.BytesIO(content))
    file.seek(0)
