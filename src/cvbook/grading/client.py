"""Notebook client for grading: limits outputs, and evaluates an expression after each cell."""

import asyncio
import contextlib
import queue
import time
from collections.abc import Callable
from typing import Any, ClassVar

from jupyter_client.asynchronous.client import AsyncKernelClient
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, DeadKernelError
from nbformat import NotebookNode

#: Characters of an error's message, and of a line of its traceback, that are kept.
ERROR_LENGTH = 20_000
#: Characters of a result that are kept beyond the limit of output.
RESULT_LENGTH = 1000


class KernelClient(AsyncKernelClient):
    """A kernel client that evaluates expressions right after a cell, in the same request."""

    expressions: ClassVar[dict[str, str]] = {}

    def execute(self, code: str, *args: Any, **kwargs: Any) -> str:
        """Send code to the kernel, with `expressions` unless others are given.

        Parameters
        ----------
        code : str
        *args, **kwargs
            As in `jupyter_client`.

        Returns
        -------
        str
            The request's id.
        """
        arguments = {"user_expressions": self.expressions} | kwargs
        return str(super().execute(code, *args, **arguments))

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered on both channels.

        Jupyter's own method waits for 0.2 s of silence besides. A kernel that says on the second
        channel that it is done with the request has nothing else to say.

        Parameters
        ----------
        timeout : float, optional
            In seconds.

        Raises
        ------
        RuntimeError
            If it dies or does not answer.
        """
        request = self.kernel_info()
        with contextlib.suppress(queue.Empty):
            await self.get_shell_msg(timeout=1)
            while True:
                message = await self.get_iopub_msg(timeout=0.2)
                done = message["content"].get("execution_state") == "idle"
                if done and message["parent_header"].get("msg_id") == request:
                    return
        await super().wait_for_ready(timeout)


class GradingClient(NotebookClient):
    """A notebook client that drops malformed outputs and those beyond a limit.

    Parameters
    ----------
    notebook : NotebookNode
        Executed in place.
    output_bytes : int
        Of one cell.
    seconds_left : callable
        Gets a cell, returns its timeout in seconds.

    Attributes
    ----------
    written : int
        Bytes of output since it was last set to 0.
    malformed : bool
        Whether an output was dropped that could not be read.
    reply : dict
        The kernel's reply to the last cell; empty if there was none.
    """

    def __init__(
        self,
        notebook: NotebookNode,
        output_bytes: int,
        seconds_left: Callable[[NotebookNode], float],
    ):
        super().__init__(
            notebook,
            allow_errors=True,
            timeout_func=seconds_left,
            interrupt_on_timeout=True,
            error_on_timeout={
                "ename": "CellTimeoutError",
                "evalue": "시간 제한을 넘겼습니다.",
                "traceback": ["CellTimeoutError: 시간 제한을 넘겼습니다."],
            },
            shutdown_kernel="immediate",
            extra_arguments=["--HistoryManager.hist_file=:memory:"],
            on_cell_executed=self._keep_reply,
            skip_cells_with_tag="",
        )
        self.output_bytes = output_bytes
        self.written = 0
        self.malformed = False
        self.reply: dict[str, Any] = {}

    def _keep_reply(
        self, cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]
    ) -> None:
        self.reply = execute_reply["content"]

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Append the output of a kernel message to the cell, within the limit.

        Parameters
        ----------
        msg : dict
        cell : NotebookNode
        cell_index : int

        Returns
        -------
        NotebookNode or None
            The output; None if there is none or it was dropped.
        """
        content = msg["content"]
        if msg["msg_type"] == "error":
            for part in ("ename", "evalue"):
                content[part] = self._truncate(content.get(part, ""))
            traceback = content.get("traceback", [])[-50:]
            content["traceback"] = [self._truncate(line) for line in traceback]
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            self.written += len(content.get("text", "")) or sum(
                len(str(value)) for value in content.get("data", {}).values()
            )
            if self.written > self.output_bytes and not self._keep_result(msg, cell):
                return None
        before = list(cell.get("outputs", []))
        try:
            output: NotebookNode | None = super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception:  # a student's code can send malformed messages
            self.malformed = True
            cell.outputs = before
            return None
        return output

    @staticmethod
    def _keep_result(msg: dict[str, Any], cell: NotebookNode) -> bool:
        """Shorten a cell's first result; without it, a test would give all of its points."""
        if msg["msg_type"] != "execute_result" or any(
            output.output_type == "execute_result" for output in cell.get("outputs", [])
        ):
            return False
        data = msg["content"].get("data", {})
        msg["content"]["data"] = {"text/plain": str(data.get("text/plain", ""))[:RESULT_LENGTH]}
        return True

    def _truncate(self, text: str) -> str:
        """Shorten an error's text; without the error, the cell would count as passed."""
        if len(text) <= ERROR_LENGTH:
            return text
        self.written = self.output_bytes + 1
        return text[:ERROR_LENGTH] + " …"

    async def execute_with(
        self, cell: NotebookNode, index: int, expression: str, store_history: bool = True
    ) -> None:
        """Execute a cell; its `reply` holds the value of an expression, evaluated right after it.

        Parameters
        ----------
        cell : NotebookNode
        index : int
        expression : str
            Empty for none.
        store_history : bool
        """
        self.reply = {}
        kernel_client: Any = self.kc
        kernel_client.expressions = {"answer": expression} if expression else {}
        try:
            await self.async_execute_cell(cell, index, store_history=store_history)
        finally:
            kernel_client.expressions = {}

    async def evaluate(self, code: str, expression: str, timeout: float) -> str | None:
        """Run code silently and evaluate an expression.

        Parameters
        ----------
        code : str
        expression : str
        timeout : float
            Seconds.

        Returns
        -------
        str or None
            `repr` of the value; None if no valid reply arrives in time.

        Raises
        ------
        DeadKernelError
        """
        client: Any = self.kc
        manager: Any = self.km
        request = client.execute(
            code,
            silent=True,
            store_history=False,
            user_expressions={"answer": expression},
            stop_on_error=False,
        )
        request = await request if asyncio.iscoroutine(request) else request
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                reply = await client.get_shell_msg(timeout=1.0)
            except Exception:  # queue.Empty, or a message that cannot be read
                if not await manager.is_alive():
                    raise DeadKernelError("Kernel died") from None
                continue
            if reply["parent_header"].get("msg_id") == request:
                return expression_value(reply["content"])
        return None


def expression_value(reply: dict[str, Any]) -> str | None:
    """Read the value of the expression in a kernel's reply.

    Parameters
    ----------
    reply : dict
        Content of an `execute_reply`.

    Returns
    -------
    str or None
        Its `repr`; None if there is none.
    """
    answer = reply.get("user_expressions", {}).get("answer", {})
    value: str | None = answer.get("data", {}).get("text/plain")
    return value
