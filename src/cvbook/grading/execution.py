"""Execution of one notebook on a Dask worker: cells, probes and the proof of each test.

The worker has neither the gradebook nor other submissions; the kernel gets the cells one after
the other and never the notebook file, so hidden tests that have not run yet cannot be read.
"""

import builtins
import contextlib
import os
import secrets
import subprocess
import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from cvbook.errors import CvbookError
from cvbook.grading.client import GradingClient, KernelClient, expression_value
from cvbook.grading.integrity import guard, review
from cvbook.grading.integrity.source import (
    bound_names,
    ends_in_print,
    has_magics,
    shows_value,
    used_names,
    with_token,
)
from cvbook.grading.jobs import ExecutionResult, Job
from cvbook.grading.scoring import like_points, read_points, set_shown
from cvbook.grading.verdicts import error_output, fail_tests, failed, has_error, remove_token
from cvbook.grading.visible import is_test
from cvbook.kernels import sandbox
from cvbook.kernels.pool import Pool
from cvbook.kernels.sandbox.policy import HOME, WORK

#: Timeout in seconds of a probe, and of an interrupt after the time limit.
PROBE_TIMEOUT = 10.0
#: Timeout in seconds of a cold kernel's imports.
START_TIMEOUT = 120.0


#: Why the sandbox killed a kernel, in the words of the table.
_REASONS = {"memory": "메모리 한도", "processor time": "계산 시간 한도"}
#: Of a test in a language other than Python.
_STDERR = "stderr에 쓴 것이 있으나 커널이 오류를 알리지 않아 통과로 셈 (nbgrader라면 0점)"


class KernelStartError(Exception):
    """A kernel did not start, or ended before any code of the notebook."""


class Execution:
    """One notebook's execution.

    Parameters
    ----------
    notebook : NotebookNode
        Executed in place.
    job : Job
    pool : Pool or None
        None for a kernel without a sandbox.

    Attributes
    ----------
    result : ExecutionResult
        Without the notebook.
    """

    def __init__(self, notebook: NotebookNode, job: Job, pool: Pool | None):
        self.notebook = notebook
        self.job = job
        self.pool = pool
        self.limits = job.limits
        self.result = ExecutionResult(b"")
        own = [c for c in notebook.cells if c.cell_type == "code" and self._is_own(c)]
        bound: dict[bool, set[str]] = {True: set(), False: set()}
        for cell in own:
            bound[is_test(cell)] |= bound_names(cell.source)
        self.test_names = bound[True] - bound[False]
        self.guard = guard.Guard(job.modules)
        self.deadline = float("inf")  # set when the kernel is ready
        self.guarded = job.language == "python"
        #: Whether the student's own code has run.
        self.touched = False
        #: Tests that wrote on stderr and passed.
        self.chatter: list[str] = []
        #: Where the kernel finds the files, as Python and as IPython write it.
        self.folders = ("", "")
        self.client = GradingClient(notebook, self.limits.output_bytes, self._seconds_left)
        #: Taken after the last cell, if a test is next.
        self.fingerprints: list[Any] | None = None

    def _is_own(self, cell: NotebookNode) -> bool:
        """Whether a cell is the assignment's: locked, so nbgrader restored its source."""
        return cell.metadata.get("nbgrader", {}).get("grade_id") in self.job.locked

    def _seconds_left(self, cell: NotebookNode) -> float:
        return max(1.0, min(self.limits.cell_seconds, self.deadline - time.monotonic()))

    async def run(self, folder: Path) -> None:
        """Execute the notebook; a test that is not proven gets an error as output.

        Parameters
        ----------
        folder : Path
            Working folder of a kernel without a sandbox.

        Raises
        ------
        KernelStartError
            If it ends before any code of the notebook.
        """
        proven: set[int] = set()
        for name in sorted(self.job.submitted_files & self.job.files.keys()):
            for what in _unusual_file(name, self.job.files[name], self.job.answer_modules):
                self._flag(f"{name}: {what}")
        place, home = (str(folder), str(Path.home())) if self.pool is None else (WORK, HOME)
        self.folders = place, place.replace(home, "~", 1)
        try:
            async with self._kernel(folder):
                await self._prepare()
                for index, cell in enumerate(self.notebook.cells):
                    if cell.cell_type == "code" and await self._cell(index, cell):
                        proven.add(index)
        except CvbookError:
            raise
        except Exception as error:
            if self.deadline == float("inf"):
                raise KernelStartError(self.result.stopped or _reason(error)) from error
            self.result.stopped = self.result.stopped or _reason(error)
            if not self.touched:
                self.result.fault = self.result.stopped
        if self.chatter:
            names = ", ".join(self.chatter)
            self._note(f"stderr에 쓴 것은 점수를 깎지 않음 (nbgrader라면 0점): {names}")
        reason = self.result.stopped or "끝까지 실행되었다는 증거가 없음"
        fail_tests(self.notebook, reason, proven)

    @contextlib.asynccontextmanager
    async def _kernel(self, folder: Path) -> AsyncIterator[None]:
        """Start the kernel, in the sandbox unless that is off; clean up after it."""
        launch: dict[str, Any] = {"cwd": str(folder)}
        if self.job.values:
            launch["env"] = {k: v for k, v in os.environ.items() if k not in self.job.values}
        kernels = self.pool.manager() if self.pool else self.client.create_kernel_manager()
        kernels.client_factory = KernelClient
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
            sandboxed = getattr(manager.provisioner, "sandboxed", False) is True
            if self.limits.sandbox and not sandboxed:
                raise sandbox.SandboxError(
                    "the kernel is not sandboxed – worker – nothing was executed; install the "
                    "same version of this package there"
                )
            try:
                yield
            except DeadKernelError as error:
                ended = getattr(manager.provisioner, "ended", None) or {}
                reason = _REASONS.get(ended.get("reason", ""), ended.get("reason", ""))
                self.result.stopped = f"커널이 죽음 ({reason})" if reason else _reason(error)
                raise

    async def _prepare(self) -> None:
        """Take the fingerprints before any student code."""
        if not self.guarded:
            self._note(f"무결성 검사는 파이썬 커널에서만 함 ({self.job.kernel})")
            self.deadline = time.monotonic() + self.limits.notebook_seconds
            return
        # IPython's default tracebacks search 5,000 modules for each line of a cell.
        plain = "get_ipython().InteractiveTB.set_mode('Plain')"
        if self.pool is None or self.job.kernel:  # the kernel's Python may be another version
            compiled = await self.client.evaluate("", guard.COMPILE, START_TIMEOUT)
            self.guard.code = guard.text(compiled)
        else:
            self.guard.code = guard.byte_code()
        expression, nonce = self.guard.probe(vars(builtins))
        reply = await self.client.evaluate(plain, expression, START_TIMEOUT)
        answer = self.guard.read(reply, nonce)
        if answer is None:
            raise RuntimeError("커널이 시작되지 않음")
        self.guard.start(answer)
        self.deadline = time.monotonic() + self.limits.notebook_seconds

    async def _cell(self, index: int, cell: NotebookNode) -> bool:
        """Execute a cell; return whether it is proven to have run and passed."""
        if time.monotonic() > self.deadline:
            raise RuntimeError("노트북의 시간 제한을 넘김")
        self.client.written = 0
        own = self._is_own(cell)
        if not self.guarded:
            self.touched |= not own
            await self._execute(index, cell)
            passed = is_test(cell) and self.client.reply.get("status") == "ok"
            return passed and not has_error(cell) and self._read_points(cell)
        if is_test(cell):
            return await self._test(index, cell)
        if not own:
            self.touched |= bool(cell.source.strip())
            for what in review.unusual(cell.source, self.guard.names, self.job.answer_modules):
                self._flag(what)
            for name in sorted(review.globals_read(cell.source) & self.test_names):
                self._flag(f"검사 셀의 변수 {name}을(를) 읽음")
        bound = bound_names(cell.source) if own else frozenset()
        next_names = self._used_next(index, cell.source)
        if not bound and next_names is None:
            self.fingerprints = None
            await self._execute(index, cell)
            self._look_for_fault(cell)
            return False
        answer = await self._execute_and_probe(
            index, cell, bound | (next_names or set()), test_next=next_names is not None
        )
        if answer is not None and self.client.reply.get("status") == "ok":
            self.guard.trust({name: answer[1].get(name) for name in bound}, cell.source)
        self._look_for_fault(cell)
        self.fingerprints = answer if next_names is not None else None
        return False

    def _look_for_fault(self, cell: NotebookNode) -> None:
        """Keep an error that no student's code caused: in a cell before it, or of an import.

        A test that fails before any answer is that of an answer which is not there.
        """
        for output in cell.get("outputs", []):
            if output.output_type != "error" or self.result.fault or not self._is_own(cell):
                continue
            missing = output.ename in ("ImportError", "ModuleNotFoundError")
            early = not (self.touched or is_test(cell))
            if (missing or early) and not self._names_submitted_code(output):
                self.result.fault = f"{output.ename}: {output.evalue}"[:200]

    def _names_submitted_code(self, error: NotebookNode) -> bool:
        """Whether an error's message or traceback names a module that the student handed in."""
        text = "\n".join([error.evalue, *error.traceback])
        modules = [name for name in self.job.submitted_files if name.endswith(".py")]
        files = [f"{place}/{name}" for name in modules for place in self.folders]
        said = [f"module '{name[:-3].replace('/', '.')}'" for name in modules]
        return any(name in text for name in (*files, *said))

    async def _test(self, index: int, cell: NotebookNode) -> bool:
        source = cell.source
        names = self.guard.watched(source)
        before = self.fingerprints
        if not before or not names <= before[1].keys():
            before = await self._probe(names, test_next=True)
        own_names = bound_names(source)
        next_names = self._used_next(index, source)
        name, token = f"_cvbook_{secrets.token_hex(6)}", secrets.token_hex(16)
        cell.source = with_token(source, name, token)
        try:
            async with self._values(source if self._is_own(cell) else ""):
                after = await self._execute_and_probe(
                    index,
                    cell,
                    names | own_names | (next_names or set()),
                    name,
                    test_next=next_names is not None,
                    store_history=False,
                )
        finally:
            cell.source = source
            remove_token(cell, name)
        violations = []
        for answer in (before, after):
            if answer is None:
                violations.append("커널이 검사에 답하지 않음")
            else:
                seen = [answer[0], {n: s for n, s in answer[1].items() if n in names}, None]
                violations += self.guard.violations(seen)
                for finding in self.guard.findings(seen):
                    self._flag(finding)
        passed = self.client.reply.get("status") == "ok"
        if passed and after is not None and after[2] != token:
            violations.append("검사 셀이 끝까지 실행되지 않음")
        value = after[3] if after is not None else None
        hidden = None if shows_value(source) else value
        if not self._show_value(cell, passed, value) or (
            passed and not self._read_points(cell, hidden)
        ):
            violations.append("검사 셀에 없는 결과가 나타남")
        if passed and after is not None and not violations:
            self.guard.trust({n: after[1].get(n) for n in own_names}, source)
        else:
            self.guard.forget_values(own_names)
            # nbgrader grades by the first output: a value before the error would give points.
            cell.outputs = [o for o in cell.outputs if o.output_type != "execute_result"]
        self.fingerprints = after if next_names is not None else None
        for violation in dict.fromkeys(violations):
            self._flag(violation)
        if violations and not failed(cell):
            cell.outputs = [error_output("NotProven", "; ".join(dict.fromkeys(violations)))]
        if not passed and not failed(cell):
            cell.outputs.append(error_output("NotProven", "셀이 오류로 끝남"))
        self._look_for_fault(cell)
        return passed and not violations

    @staticmethod
    def _show_value(cell: NotebookNode, passed: bool, value: str | None) -> bool:
        """Let a test show the value that the probe found; return False for another result.

        What the kernel shows is no proof: a notebook's settings round or hide it, and it may be
        beyond the limit of output.
        """
        shown = [o for o in cell.outputs if o.output_type == "execute_result"]
        ends_in_value = shows_value(cell.source)
        value = value if ends_in_value else None
        if value is None and len(shown) == 1 and has_magics(cell.source):
            value = shown[0].data.get("text/plain", "")  # of a magic that runs code by itself
        at_most = ends_in_value and (value is not None or not passed)
        if value == "" or len(shown) > at_most:
            return False
        if passed:
            set_shown(cell, value)
        return True

    @contextlib.asynccontextmanager
    async def _values(self, source: str) -> AsyncIterator[None]:
        """Set the environment variables that a test names, while it runs."""
        own = {name: v for name, v in self.job.values.items() if v and name in source}
        variables = "__import__('os').environ"
        if own:
            await self.client.evaluate(f"{variables}.update({own!r})", "1", PROBE_TIMEOUT)
        try:
            yield
        finally:
            if own:
                removed = f"[{variables}.pop(name, None) for name in {sorted(own)!r}]"
                await self.client.evaluate(removed, "1", PROBE_TIMEOUT)

    def _read_points(self, cell: NotebookNode, hidden: str | None = None) -> bool:
        """Read the points of a test that passed; return False for more than it has.

        `hidden` is a value that a semicolon at its end hides.
        """
        points = read_points(cell)
        name = cell.metadata.nbgrader.grade_id
        if points.stderr and self.guarded:
            self.chatter.append(name)
        elif points.stderr:  # some kernels say there, and nowhere else, that code failed
            self.result.unclear.append(f"{name}: {_STDERR}")
        if points.note:
            self._note(f"{name}: {points.note}")
        if points.unclear:
            self.result.unclear.append(f"{name}: {points.unclear}")
        maximum = float(cell.metadata.nbgrader.points)
        if said := like_points(self._last_text(cell) if hidden is None else hidden, maximum):
            self.result.unclear.append(f"{name}: {said}")
        if points.value == 0.0 and not any(o.output_type == "execute_result" for o in cell.outputs):
            cell.outputs.append(error_output("TestsFailed", points.unclear))
        return not points.too_many

    def _last_text(self, cell: NotebookNode) -> str:
        """Return the last line that a test prints at its end; some kernels show all values so."""
        last = cell.outputs[-1] if cell.outputs else {}
        printed = ends_in_print(cell.source) if self.guarded else "data" in last
        if not printed or any(output.output_type == "execute_result" for output in cell.outputs):
            return ""
        text = last.get("text") or last.get("data", {}).get("text/plain", "")
        return (str(text).strip().splitlines() or [""])[-1]

    def _used_next(self, index: int, source: str) -> set[str] | None:
        """Names to probe for the next cell too, if that is a test: nothing runs in between."""
        following = [c for c in self.notebook.cells[index + 1 :] if c.cell_type == "code"]
        if not following or not is_test(following[0]):
            return None
        after = following[0].source
        return self.guard.watched(after) | used_names(after) | used_names(source)

    async def _execute(
        self, index: int, cell: NotebookNode, expression: str = "", store_history: bool = True
    ) -> None:
        await self.client.execute_with(cell, index, expression, store_history)
        if self.client.malformed:
            self._note("읽을 수 없는 출력을 뺌")
        if self.client.written > self.limits.output_bytes:
            self._note("출력이 너무 많아 자름")
            if is_test(cell):
                cell.outputs = cell.outputs[-20:]
        if self.client.reply.get("ename") == "CellTimeoutError":
            name = cell.metadata.get("nbgrader", {}).get("grade_id") or f"{index + 1}번째 셀"
            self._note(f"시간 초과: {name}")
            if time.monotonic() > self.deadline:
                raise RuntimeError("노트북의 시간 제한을 넘김")
            if await self.client.evaluate("", "1", PROBE_TIMEOUT) is None:
                raise RuntimeError("시간 제한 뒤에도 멈추지 않음")

    async def _execute_and_probe(
        self,
        index: int,
        cell: NotebookNode,
        names: Iterable[str],
        token: str = "",
        test_next: bool = False,
        store_history: bool = True,
    ) -> list[Any] | None:
        """Execute a cell and take the fingerprints right after it, in the same request."""
        expression, nonce = self.guard.probe(names, token, test_next)
        await self._execute(index, cell, expression, store_history)
        # A kernel evaluates no expressions after a cell that failed: probe separately.
        answer = self.guard.read(expression_value(self.client.reply), nonce)
        return answer or await self._probe(names, token, test_next)

    async def _probe(
        self, names: Iterable[str] = (), token: str = "", test_next: bool = False
    ) -> list[Any] | None:
        expression, nonce = self.guard.probe(names, token, test_next)
        return self.guard.read(await self.client.evaluate("", expression, PROBE_TIMEOUT), nonce)

    def _note(self, text: str) -> None:
        if text not in self.result.notes:
            self.result.notes.append(text)

    def _flag(self, text: str) -> None:
        if text not in self.result.flags:
            self.result.flags.append(text)


def _unusual_file(name: str, content: bytes, answer_modules: Iterable[str]) -> list[str]:
    """Review a file that the notebook may import."""
    if name.endswith((".pyc", ".pyd", ".so")):
        return ["읽을 수 없는 코드"]
    if not name.endswith(".py"):
        return []
    return review.unusual(content.decode("utf-8", "replace"), (), answer_modules)


def _reason(error: BaseException) -> str:
    if isinstance(error, DeadKernelError):
        return "커널이 죽음"
    if isinstance(error, CellTimeoutError):
        return "시간 초과"
    return str(error) or type(error).__name__
