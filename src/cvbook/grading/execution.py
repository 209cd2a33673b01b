"""Execute one notebook: the task that a Dask worker gets. Bytes in, bytes out.

The worker sees neither the gradebook nor other submissions; the kernel gets the cells one after
the other and never the notebook file, so hidden tests that have not run yet are nowhere to read.
"""

import asyncio
import atexit
import contextlib
import secrets
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import nbformat
from jupyter_client.asynchronous import AsyncKernelClient
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.utils import determine_grade

from cvbook.errors import CvbookError
from cvbook.grading.integrity import guard, review
from cvbook.grading.integrity.guard import ALWAYS
from cvbook.kernels import pool as warm
from cvbook.kernels import sandbox
from cvbook.kernels.sandbox import SandboxError

#: Seconds that a kernel gets to answer a probe or to leave a cell after the time limit.
GRACE = 10.0
#: Seconds that a cold kernel gets to import what the assignment imports.
START = 120.0
#: Characters of an error's message, and of a line of its traceback, that are kept.
ERROR_LENGTH = 20_000


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    cell_seconds, notebook_seconds : float
    output_bytes : int
        Of one cell; what comes after is dropped.
    memory_bytes, disk_bytes, processes : int
        For the sandbox.
    sandbox : bool
    """

    cell_seconds: float = 60.0
    notebook_seconds: float = 600.0
    output_bytes: int = 1_000_000
    memory_bytes: int = 4 << 30
    disk_bytes: int = 512 << 20
    processes: int = 256
    sandbox: bool = True


@dataclass(frozen=True)
class Job:
    """A sanitised notebook, the files beside it, and what the assignment's own cells import.

    Of the files, `handed_in` are the student's.
    """

    name: str
    notebook: bytes
    files: dict[str, bytes]
    locked: frozenset[str]
    limits: Limits
    modules: tuple[str, ...]
    handed_in: frozenset[str] = frozenset()


@dataclass
class Result:
    """An executed notebook and what is to be said of its execution."""

    notebook: bytes
    stopped: str = ""
    flags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0


#: All kernels together keep the cores busy: threads of one that wait for each other only cost. Nor
#: do numbers then depend on how many cores the machine has.
ONE_CORE = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}

#: Why the sandbox ends a kernel, in words for the table.
_REASONS = {"memory": "메모리 한도", "processor time": "계산 시간 한도"}

_pools: dict[Any, warm.Pool] = {}
_users: Counter[Any] = Counter()
_lock = threading.Lock()


@contextlib.contextmanager
def _pool(job: Job) -> Iterator[warm.Pool | None]:
    """Lend this process's fork server, which has imported what the assignment imports."""
    if not job.limits.sandbox:
        yield None
        return
    key = (job.limits, job.modules)
    with _lock:
        for old in [old for old in _pools if old != key and not _users[old]]:
            _pools.pop(old).close()
        if key not in _pools:
            heavy = {"tensorflow", "keras"} & {name.partition(".")[0] for name in job.modules}
            _pools[key] = warm.Pool(
                sandbox.Limits(
                    cpu_seconds=int(job.limits.notebook_seconds),
                    memory=job.limits.memory_bytes,
                    processes=job.limits.processes,
                    disk=job.limits.disk_bytes,
                ),
                environment=ONE_CORE,
                preload=[*(warm.PRELOAD if heavy else ()), *ALWAYS, *job.modules],
            )
            atexit.register(_pools[key].close)
        _users[key] += 1
    try:
        yield _pools[key]
    finally:
        with _lock:
            _users[key] -= 1


def run_job(job: Job) -> Result:
    """Execute a notebook; whatever it does comes back as a result, not as an exception."""
    start = time.monotonic()
    notebook = nbformat.reads(job.notebook.decode(), as_version=4)
    with (
        _pool(job) as pool,
        tempfile.TemporaryDirectory(  # in a place that is removed even if this process is killed
            prefix="cvbook-grade-", dir=pool.folder if pool else None, ignore_cleanup_errors=True
        ) as folder,
    ):
        execution = _Execution(notebook, job, pool)
        asyncio.run(execution.run(Path(folder)))
    result = execution.result
    result.notebook = nbformat.writes(notebook).encode("utf-8", "replace")
    result.seconds = time.monotonic() - start
    return result


class _KernelClient(AsyncKernelClient):
    """A kernel client that can ask something right behind a cell, in the same request."""

    expressions: ClassVar[dict[str, str]] = {}

    def execute(self, code: str, *args: Any, **kwargs: Any) -> str:
        return super().execute(code, *args, **({"user_expressions": self.expressions} | kwargs))


class _Client(NotebookClient):
    """A notebook client that drops outputs beyond a limit, and those that are none."""

    output_bytes = 1_000_000
    written = 0
    malformed = False

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        content = msg["content"]
        if msg["msg_type"] == "error":
            for part in ("ename", "evalue"):
                content[part] = self._cut(content.get(part, ""))
            content["traceback"] = [self._cut(line) for line in content.get("traceback", [])[-50:]]
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            self.written += len(content.get("text", "")) or sum(
                len(str(value)) for value in content.get("data", {}).values()
            )
            if self.written > self.output_bytes:
                return None
        before = list(cell.get("outputs", []))
        try:
            output: NotebookNode | None = super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception:  # whatever a student's code can send
            self.malformed = True
            cell.outputs = before
            return None
        return output

    def _cut(self, text: str) -> str:
        """Shorten what an error says: it must stay, or the cell would count as passed."""
        if len(text) <= ERROR_LENGTH:
            return text
        self.written = self.output_bytes + 1
        return text[:ERROR_LENGTH] + " …"


class _Execution:
    def __init__(self, notebook: NotebookNode, job: Job, pool: warm.Pool | None):
        self.notebook = notebook
        self.job = job
        self.pool = pool
        self.limits = job.limits
        self.result = Result(b"")
        self.own = [c for c in notebook.cells if c.cell_type == "code" and self._is_own(c)]
        tests, others = (
            set().union(
                *(guard.bound_names(c.source) for c in self.own if self._is_test(c) is kind)
            )
            for kind in (True, False)
        )
        self.test_names: set[str] = tests - others
        self.guard = guard.Guard(guard.imports(cell.source for cell in self.own))
        self.deadline = float("inf")  # set when the kernel is ready
        self.client = _Client(
            notebook,
            allow_errors=True,
            timeout_func=self._seconds_left,
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
        self.client.output_bytes = self.limits.output_bytes
        self.reply: dict[str, Any] = {}
        #: What was seen behind the last cell, if a test is next.
        self.seen: list[Any] | None = None

    def _is_own(self, cell: NotebookNode) -> bool:
        """Whether a cell is the assignment's: locked, so nbgrader restored its source."""
        return cell.metadata.get("nbgrader", {}).get("grade_id") in self.job.locked

    def _is_test(self, cell: NotebookNode) -> bool:
        marks = cell.metadata.get("nbgrader", {})
        return bool(cell.cell_type == "code" and marks.get("grade") and not marks.get("solution"))

    def _seconds_left(self, cell: NotebookNode) -> float:
        return max(1.0, min(self.limits.cell_seconds, self.deadline - time.monotonic()))

    def _keep_reply(self, cell: NotebookNode, cell_index: int, execute_reply: dict) -> None:  # type: ignore[type-arg]
        self.reply = execute_reply["content"]

    async def run(self, folder: Path) -> None:
        proven: set[int] = set()
        for name in sorted(self.job.handed_in & self.job.files.keys()):
            for what in _unusual_file(name, self.job.files[name]):
                self._flag(f"{name}: {what}")
        try:
            async with self._kernel(folder):
                await self._prepare()
                for index, cell in enumerate(self.notebook.cells):
                    if cell.cell_type == "code" and await self._cell(index, cell):
                        proven.add(index)
        except CvbookError:
            raise
        except Exception as error:
            self.result.stopped = self.result.stopped or _why(error)
        for index, cell in enumerate(self.notebook.cells):
            if self._is_test(cell) and index not in proven and not _failed(cell):
                reason = self.result.stopped or "끝까지 실행되었다는 증거가 없음"
                cell.outputs = [*cell.get("outputs", []), _error("NotProven", reason)]

    @contextlib.asynccontextmanager
    async def _kernel(self, folder: Path) -> AsyncIterator[None]:
        """Start the kernel, behind walls unless they were not wanted; leave nothing of it."""
        launch: dict[str, Any] = {"cwd": str(folder)}
        kernels = self.pool.manager() if self.pool else self.client.create_kernel_manager()
        kernels.client_factory = _KernelClient
        self.client.km = kernels
        if self.pool is not None:
            launch["files"] = self.job.files
        else:
            launch |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            for name, content in self.job.files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        self.client.resources = {"metadata": {"path": str(folder)}}
        self.client.reset_execution_trackers()
        async with self.client.async_setup_kernel(cleanup_kc=True, **launch):
            manager: Any = self.client.km
            if self.limits.sandbox and getattr(manager.provisioner, "sandboxed", False) is not True:
                raise SandboxError("the kernel is not sandboxed – worker – nothing was executed")
            try:
                yield
            except DeadKernelError as error:
                ended = getattr(manager.provisioner, "ended", None) or {}
                reason = _REASONS.get(ended.get("reason", ""), ended.get("reason", ""))
                self.result.stopped = f"커널이 죽음 ({reason})" if reason else _why(error)
                raise

    async def _prepare(self) -> None:
        """Look around before any student code."""
        # Python's own tracebacks: IPython's look through 5,000 modules for each line of a cell.
        plain = "get_ipython().InteractiveTB.set_mode('Plain')"
        if self.pool is None:  # a kernel of some other Python, perhaps
            self.guard.code = guard.text(await self._ask("", guard.COMPILE, START))
        else:
            self.guard.code = guard.byte_code()
        expression, nonce = self.guard.probe()
        answer = self.guard.read(await self._ask(plain, expression, START), nonce)
        if answer is None:
            raise RuntimeError("커널이 시작되지 않음")
        self.guard.start(answer)
        self.deadline = time.monotonic() + self.limits.notebook_seconds

    async def _cell(self, index: int, cell: NotebookNode) -> bool:
        """Execute a cell; return whether it is proven to have run and passed."""
        if time.monotonic() > self.deadline:
            raise RuntimeError("노트북의 시간 제한을 넘김")
        self.client.written = 0
        if self._is_test(cell):
            return await self._test(index, cell)
        own = self._is_own(cell)
        if not own:
            for what in review.unusual(cell.source, set(self.guard.names)):
                self._flag(what)
            for name in sorted(review.globals_read(cell.source) & self.test_names):
                self._flag(f"검사 셀의 변수 {name}을(를) 읽음")
        bound = guard.bound_names(cell.source) if own else frozenset()
        ahead = self._used_next(index, cell.source)
        if not bound and ahead is None:
            self.seen = None
            await self._execute(index, cell)
            return False
        answer = await self._execute_and_look(index, cell, bound | (ahead or set()))
        if answer is not None and self.reply.get("status") == "ok":
            self.guard.trust({name: answer[1].get(name) for name in bound}, cell.source)
        self.seen = answer if ahead is not None else None
        return False

    async def _test(self, index: int, cell: NotebookNode) -> bool:
        source = cell.source
        names = self.guard.watched(source)
        before = self.seen if self.seen and names <= self.seen[1].keys() else None
        before = before or await self._look(names)
        own_names = guard.bound_names(source)
        ahead = self._used_next(index, source)
        name, token = f"_cvbook_{secrets.token_hex(6)}", secrets.token_hex(16)
        cell.source = guard.with_token(source, name, token)
        try:
            after = await self._execute_and_look(
                index, cell, names | own_names | (ahead or set()), name, store_history=False
            )
        finally:
            cell.source = source
            _clean(cell, name)
        complaints = []
        for answer in (before, after):
            if answer is None:
                complaints.append("커널이 검사에 답하지 않음")
            else:
                seen = [answer[0], {n: s for n, s in answer[1].items() if n in names}, None]
                complaints += self.guard.complaints(seen)
                for remark in self.guard.remarks(seen):
                    self._flag(remark)
        passed = self.reply.get("status") == "ok"
        if passed and after is not None and after[2] != token:
            complaints.append("검사 셀이 끝까지 실행되지 않음")
        shown = [o for o in cell.outputs if o.output_type == "execute_result"]
        if len(shown) > guard.shows_value(source) or not _sensible(cell):
            complaints.append("검사 셀에 없는 결과가 나타남")
        if passed and after is not None and not complaints:
            self.guard.trust({n: after[1].get(n) for n in own_names}, source)
        else:
            self.guard.forget_values(own_names)
            # nbgrader takes the first output: a value before the error would give points.
            cell.outputs = [o for o in cell.outputs if o.output_type != "execute_result"]
        self.seen = after if ahead is not None else None
        for complaint in dict.fromkeys(complaints):
            self._flag(complaint)
        if complaints and not _failed(cell):
            cell.outputs = [_error("NotProven", "; ".join(dict.fromkeys(complaints)))]
        if not passed and not _failed(cell):
            cell.outputs.append(_error("NotProven", "셀이 오류로 끝남"))
        return passed and not complaints

    def _used_next(self, index: int, source: str) -> set[str] | None:
        """Names to look at for the next cell too, if that is a test: nothing runs in between."""
        following = [c for c in self.notebook.cells[index + 1 :] if c.cell_type == "code"]
        if not following or not self._is_test(following[0]):
            return None
        after = following[0].source
        return self.guard.watched(after) | guard.used_names(after) | guard.used_names(source)

    async def _execute(self, index: int, cell: NotebookNode, store_history: bool = True) -> None:
        self.reply = {}
        await self.client.async_execute_cell(cell, index, store_history=store_history)
        if self.client.malformed:
            self._note("읽을 수 없는 출력을 뺌")
        if self.client.written > self.limits.output_bytes:
            self._note("출력이 너무 많아 자름")
            if self._is_test(cell):
                cell.outputs = cell.outputs[-20:]
        if self.reply.get("ename") == "CellTimeoutError":
            name = cell.metadata.get("nbgrader", {}).get("grade_id") or f"{index + 1}번째 셀"
            self._note(f"시간 초과: {name}")
            if time.monotonic() > self.deadline:
                raise RuntimeError("노트북의 시간 제한을 넘김")
            if await self._ask("", "1", GRACE) is None:
                raise RuntimeError("시간 제한 뒤에도 멈추지 않음")

    async def _execute_and_look(
        self, index: int, cell: NotebookNode, names: Any, token: str = "", **options: bool
    ) -> list[Any] | None:
        """Execute a cell and look around right behind it, in the same request."""
        expression, nonce = self.guard.probe(names, token)
        kernel_client: Any = self.client.kc
        kernel_client.expressions = {"answer": expression}
        try:
            await self._execute(index, cell, **options)
        finally:
            kernel_client.expressions = {}
        # A kernel does not answer what was asked with a cell that failed: ask again.
        return self.guard.read(_answer(self.reply), nonce) or await self._look(names, token)

    async def _look(self, names: Any = (), token: str = "") -> list[Any] | None:
        expression, nonce = self.guard.probe(names, token)
        return self.guard.read(await self._ask("", expression, GRACE), nonce)

    async def _ask(self, code: str, expression: str, seconds: float) -> str | None:
        """Run code silently and evaluate an expression; None if no proper answer comes in time."""
        client: Any = self.client.kc
        manager: Any = self.client.km
        request = client.execute(
            code,
            silent=True,
            store_history=False,
            user_expressions={"answer": expression},
            stop_on_error=False,
        )
        request = await request if asyncio.iscoroutine(request) else request
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                reply = await client.get_shell_msg(timeout=1.0)
            except Exception:  # queue.Empty, or a message that cannot be read
                if not await manager.is_alive():
                    raise DeadKernelError("Kernel died") from None
                continue
            if reply["parent_header"].get("msg_id") == request:
                return _answer(reply["content"])
        return None

    def _note(self, text: str) -> None:
        if text not in self.result.notes:
            self.result.notes.append(text)

    def _flag(self, text: str) -> None:
        if text not in self.result.flags:
            self.result.flags.append(text)


def _unusual_file(name: str, content: bytes) -> list[str]:
    """Look at a file that the notebook may import."""
    if name.endswith((".pyc", ".pyd", ".so")):
        return ["읽을 수 없는 코드"]
    if not name.endswith(".py"):
        return []
    return review.unusual(content.decode("utf-8", "replace"), set())


def _answer(reply: dict[str, Any]) -> str | None:
    """Take the value of the expression out of a kernel's reply."""
    answer = reply.get("user_expressions", {}).get("answer", {})
    return answer.get("data", {}).get("text/plain")


def _why(error: BaseException) -> str:
    if isinstance(error, DeadKernelError):
        return "커널이 죽음"
    if isinstance(error, CellTimeoutError):
        return "시간 초과"
    return str(error) or type(error).__name__


def _failed(cell: NotebookNode) -> bool:
    return any(
        output.output_type == "error"
        or (output.output_type, output.get("name")) == ("stream", "stderr")
        for output in cell.get("outputs", [])
    )


def _sensible(cell: NotebookNode) -> bool:
    """Whether nbgrader can read the points off the cell's outputs."""
    try:
        determine_grade(cell)
    except Exception:  # it expects a number within the points, and more
        return False
    return True


def _error(name: str, text: str) -> NotebookNode:
    return new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])


def _clean(cell: NotebookNode, name: str) -> None:
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            output.traceback = [guard.cleaned(line, name) for line in output.traceback]
