"""Kernel provisioner `cvbook-warm`, which gets kernels from a fork server.

nbclient, nbgrader and nbval work with it unchanged; a kernelspec selects it:

    "metadata": {"kernel_provisioner": {"provisioner_name": "cvbook-warm",
                                         "config": {"server": "/path/of/its/socket"}}}

`pool.Pool` writes such kernelspecs.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Bool, Unicode

from cvbook.kernels import archive
from cvbook.kernels.sandbox import SandboxError

#: Prefixes of the client's environment variables that a sandboxed kernel gets.
PASSED_ON = ("NBGRADER_", "CVBOOK_QUIET", "LANG", "LC_", "TZ")

#: Seconds to wait for the end of a killed kernel.
KILL_SECONDS = 5.0
_SERVER_ENDED = {"exit": -1, "reason": "the fork server ended", "peak_memory": 0}


class WarmProvisioner(KernelProvisionerBase):
    """Kernel provisioner backed by the fork server; closing the connection kills the kernel.

    Attributes
    ----------
    ended : dict or None
        How the kernel ended: `exit` (status), `reason` (if the server killed it) and
        `peak_memory` (bytes, 0 if it was not measured).
    """

    server = Unicode(help="Socket of the fork server.").tag(config=True)
    sandboxed = Bool(False, help="Whether kernels run in a sandbox, on a copy of the files.").tag(
        config=True
    )
    connection: socket.socket | None = None
    ended: dict[str, Any] | None = None
    _received = b""

    @property
    def has_process(self) -> bool:
        """Whether a kernel was started and not waited for."""
        return self.connection is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Get a kernel that is ready, and give the manager its ports and key.

        Parameters
        ----------
        **kwargs
            As for `launch_kernel`.

        Returns
        -------
        dict
            Arguments of `launch_kernel`.

        Raises
        ------
        RuntimeError
            If the server cannot be reached or has no kernel.
        SandboxError
            If the server could not sandbox a kernel.
        """
        connection = socket.socket(socket.AF_UNIX)
        connection.setblocking(False)
        loop = asyncio.get_running_loop()
        self._received, self.ended = b"", None
        try:
            await loop.sock_connect(connection, self.server)
            while b"\n" not in self._received:
                more = await loop.sock_recv(connection, 1 << 16)
                if not more:
                    raise ConnectionError("it closed the connection")
                self._received += more
        except OSError as error:
            connection.close()
            raise RuntimeError(
                f"no warm kernel – fork server {self.server}: {error} – start it again"
            ) from error
        line, _, self._received = self._received.partition(b"\n")
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
        """Start the kernel in its folder, or on a copy of its files.

        Parameters
        ----------
        cmd : list of str
            Ignored: no program is executed.
        **kwargs
            `cwd` and `env` as `subprocess.Popen` takes them; `files` (mapping of str to bytes):
            content of the working folder, in a sandbox by default a copy of `cwd`.

        Returns
        -------
        dict
            How to connect to the kernel.
        """
        assert self.connection is not None
        folder = os.path.abspath(kwargs.get("cwd") or os.getcwd())
        environment = dict(kwargs.get("env") or os.environ)
        environment.pop("JPY_PARENT_PID", None)
        files = kwargs.get("files")
        if self.sandboxed:
            environment = {k: v for k, v in environment.items() if k.startswith(PASSED_ON)}
            files = dict(archive.working_copy(Path(folder))) if files is None else files
        request = {"folder": folder, "environment": environment}
        text = json.dumps(request).encode() + b"\n"
        with tempfile.TemporaryFile() as file:
            archive.write(file, files or {})
            self.connection.setblocking(True)
            try:
                sent = socket.send_fds(self.connection, [text], [file.fileno()])
                self.connection.sendall(text[sent:])
            finally:
                self.connection.setblocking(False)
        return self.connection_info

    async def poll(self) -> int | None:
        """Return the exit status, or None while the kernel lives."""
        if self.ended is None and self.connection is not None:
            try:
                while more := self.connection.recv(1 << 16):
                    self._received += more
                self.ended = _SERVER_ENDED
            except BlockingIOError:
                pass
            except OSError:
                self.ended = _SERVER_ENDED
            if b"\n" in self._received:
                self.ended = json.loads(self._received.partition(b"\n")[0])
        return None if self.ended is None and self.connection is not None else self._status()

    def _status(self) -> int:
        return 0 if self.ended is None else int(self.ended["exit"])

    async def wait(self) -> int | None:
        """Wait for the kernel's end and return its exit status."""
        while await self.poll() is None:
            await asyncio.sleep(0.005)
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        return self._status()

    async def send_signal(self, signum: int) -> None:
        """Send a signal through the server: the kernel's PID is in another namespace.

        Parameters
        ----------
        signum : int
        """
        if self.connection is not None and await self.poll() is None:
            try:
                self.connection.sendall(json.dumps({"signal": int(signum)}).encode() + b"\n")
            except OSError:
                return  # the server has gone: `poll` reports it

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and its processes, and wait for their end.

        Jupyter would look after them every 0.1 s.

        Parameters
        ----------
        restart : bool
            Ignored.
        """
        await self.send_signal(signal.SIGKILL)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), KILL_SECONDS)

    async def terminate(self, restart: bool = False) -> None:
        """Kill the kernel, like `kill`: a fork has nothing to save.

        Parameters
        ----------
        restart : bool
            Ignored.
        """
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Close the connection, which kills a kernel that still lives.

        Parameters
        ----------
        restart : bool
            Ignored.
        """
        if self.connection is not None:
            await self.poll()
            self.connection.close()
            self.connection = None
