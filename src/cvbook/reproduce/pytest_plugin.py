"""Pytest plugin that executes notebooks and compares every output with the stored one.

    pytest -p cvbook.reproduce.pytest_plugin --cvbook-notebooks book solutions -n 2 --dist loadfile

nbval collects, executes and reports; `cvbook.reproduce.compare` replaces its comparison. nbval's
options of the kernel and timeouts apply; its markers (`NBVAL_SKIP`, …) do not: they violate the
lint rules. Without `--cvbook-notebooks` the plugin does nothing.
"""

import contextlib
import copy
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbval.kernel import CURRENT_ENV_KERNEL_NAME, RunningKernel
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from cvbook._files import write_atomic
from cvbook.kernels.pool import Pool
from cvbook.reproduce import counts, lint, normalize
from cvbook.reproduce.compare.outputs import Comparison, compare_outputs, compare_widgets
from cvbook.reproduce.notebooks import WIDGET_VIEW, code_cells
from cvbook.reproduce.report import Report
from cvbook.reproduce.run import training_environment
from cvbook.reproduce.tolerance import Tolerance

#: Where images that differ are written, relative to pytest's root folder.
IMAGES = Path("_build/reproduce")
REPORT = Path("_build/reproducibility.html")
#: Name of the user property with a cell's counts in test reports, also in those of xdist's workers.
PROPERTY = "cvbook"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's options.

    Parameters
    ----------
    parser : pytest.Parser
    """
    group = parser.getgroup("cvbook", "notebooks checked against their stored outputs")
    group.addoption(
        "--cvbook-notebooks", action="store_true", help="execute notebooks and check every output"
    )
    group.addoption(
        "--cvbook-warm",
        action="store_true",
        help="fork kernels from one that has imported TensorFlow",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Set the environment of the kernels; in the main process, start the pool and the report.

    Parameters
    ----------
    config : pytest.Config
    """
    if not config.getoption("--cvbook-notebooks"):
        return
    stack = contextlib.ExitStack()
    config.add_cleanup(stack.close)
    stack.enter_context(training_environment())  # as when the outputs were stored
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(ReportPlugin(config), "cvbook-report")
        if config.getoption("--cvbook-warm"):
            pool = stack.enter_context(Pool())
            os.environ.update(pool.environment)  # inherited by xdist's workers


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect notebooks, if the option is given.

    Parameters
    ----------
    file_path : Path
    parent : pytest.Collector

    Returns
    -------
    Collector or None
    """
    if parent.config.getoption("--cvbook-notebooks") and file_path.suffix == ".ipynb":
        file: pytest.Collector = NotebookFile.from_parent(parent, path=file_path)
        return file
    return None


class ReportPlugin:
    """Builds the report from the test reports of the whole run, and writes it at the end.

    Parameters
    ----------
    config : pytest.Config
        Of the main process, which receives the test reports of all workers.
    """

    def __init__(self, config: pytest.Config):
        self.config = config
        self.report = Report()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add the counts in a test report.

        Parameters
        ----------
        report : pytest.TestReport
        """
        for name, value in report.user_properties:
            if name == PROPERTY and report.when == "call":
                cell: Any = value
                self.report.cells.append(cell)
                self.report.failed[cell["notebook"]] += report.failed
        self.report.widgets_failed += report.failed and report.nodeid.endswith("::widgets")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the summary and write the HTML page.

        Parameters
        ----------
        terminalreporter : pytest.TerminalReporter
        """
        if self.report.cells:
            terminalreporter.write_line(self.report.summary())
            write_atomic(self.config.rootpath / REPORT, self.report.to_html())


class _Kernel(RunningKernel):  # type: ignore[misc]  # nbval has no types
    """Kernel that records its history, as under nbclient.

    IPython reads the semicolon that suppresses the value of a line from its history.
    """

    def execute_cell_input(self, cell_input: str, allow_stdin: bool | None = None) -> str:
        message_id: str = self.kc.execute(cell_input, allow_stdin=allow_stdin, stop_on_error=False)
        return message_id


class NotebookFile(IPyNbFile):  # type: ignore[misc]
    """Collector of a notebook's cells.

    Besides nbval's own handling, nbclient writes the kernel's messages into `actual`, a copy of the
    notebook, exactly as it does in `cvbook run`; the cells compare that with the stored notebook.
    """

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the code cells, and then the widgets."""
        items = list(super().collect())
        self.violations = lint.lint_notebook(self.nb)
        self.actual = copy.deepcopy(self.nb)
        self.actual.metadata.pop("widgets", None)
        for cell in code_cells(self.actual):
            cell.outputs = []
        self.client = NotebookClient(self.actual, store_widget_state=True, record_timing=False)
        self.client.reset_execution_trackers()
        self.current: int | None = None  # index of the cell being executed
        self.message_id = ""  # of its execute request
        self.executed = 0  # cells
        indices = [i for i, cell in enumerate(self.actual.cells) if cell.cell_type == "code"]
        for item, index in zip(items, indices, strict=True):
            options = {
                "check": True,
                "check_exception": "raises-exception" in item.cell.metadata.get("tags", []),
                "skip": False,
            }
            yield NotebookCell.from_parent(
                self,
                name=f"{item.name}: {item.cell.id}",
                cell_num=item.cell_num,
                cell=item.cell,
                options=options,
                index=index,
            )
        yield NotebookWidgets.from_parent(self, name="widgets")

    def setup(self) -> None:
        """Start the kernel that the notebook names, or nbval's options."""
        option = self.config.option
        spec = self.nb.metadata.get("kernelspec", {}).get("name", "python3")
        current_env = CURRENT_ENV_KERNEL_NAME if option.nbval_current_env else None
        self.kernel = _Kernel(
            current_env or option.nbval_kernel_name or spec,
            cwd=str(self.path.parent),
            startup_timeout=option.nbval_kernel_startup_timeout,
        )
        self.client.kc = self.kernel.kc  # Output widgets send their messages through it

    def get_kernel_message(
        self, timeout: float | None = None, stream: str = "iopub"
    ) -> dict[str, Any]:
        """Return the kernel's next message, after nbclient has processed it too.

        Parameters
        ----------
        timeout : float, optional
            Seconds.
        stream : str
            `"iopub"` or `"shell"`.

        Returns
        -------
        dict

        Raises
        ------
        queue.Empty
            After the timeout.
        """
        message: dict[str, Any] = super().get_kernel_message(timeout=timeout, stream=stream)
        if self.current is None:
            return message
        parent_id = message["parent_header"].get("msg_id")
        if message["msg_type"] == "execute_input":
            self.message_id = parent_id
        if parent_id == self.message_id:
            with contextlib.suppress(CellExecutionComplete):
                self.client.process_message(message, self.actual.cells[self.current], self.current)
        return message


class NotebookCell(IPyNbCell):  # type: ignore[misc]
    """Test of one code cell: executes it, compares its outputs and applies the lint rules.

    Parameters
    ----------
    *args : Any
        Of nbval's `IPyNbCell`.
    index : int
        Among all cells of the notebook; nbval's `cell_num` counts code cells.
    **kwargs : Any
        Of nbval's `IPyNbCell`.
    """

    def __init__(self, *args: Any, index: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.index = index
        self.expected = copy.deepcopy(self.cell.outputs)  # nbval joins the cell's own streams
        self.tolerance = Tolerance.of(self.cell)
        self.comparison = Comparison()

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the cell by its id."""
        return self.path, 0, f"{self.notebook} cell {self.cell.id}"

    @property
    def notebook(self) -> str:
        """Path of the notebook, relative to pytest's root folder if it is below."""
        root = self.config.rootpath
        return str(self.path.relative_to(root) if self.path.is_relative_to(root) else self.path)

    def runtest(self) -> None:
        """Execute the cell through nbval; fail with its differences and lint violations."""
        self.parent.current, self.parent.message_id = self.index, ""
        self.parent.client.clear_before_next_output = False  # as nbclient does for each cell
        messages = [str(v) for v in self.parent.violations if v.cell == self.cell.id]
        traceback = None
        try:
            super().runtest()
        except NbCellError as error:
            messages.append(f"cell `{self.cell.id}`: {error}")
            if self.comparison.differences:
                messages[-1] += f" – `cvbook run {self.notebook}` if the change is intended"
            traceback = error.inner_traceback
        finally:
            self.parent.current = None
            self.parent.executed += 1
            cell = counts.count_cell(self.notebook, self.tolerance, self.comparison)
            self.user_properties.append((PROPERTY, cell))
        if messages:
            self.raise_cell_error("\n".join(messages), traceback)

    def compare_outputs(self, test: Any, ref: Any, skip_compare: Any = None) -> bool:
        """Compare what nbclient would store now with what is stored.

        Parameters
        ----------
        test, ref, skip_compare : Any
            Outputs as nbval processes them; unused.

        Returns
        -------
        bool
            Whether all outputs count as equal.
        """
        actual = copy.deepcopy(self.parent.actual.cells[self.index].outputs)
        ids = normalize.numbered_ids(self.parent.client.widget_state)
        for output in actual:
            normalize.normalize_output(output)
            view = output.get("data", {}).get(WIDGET_VIEW)
            if view:
                view["model_id"] = ids.get(view["model_id"], "")
        stem = self.config.rootpath / IMAGES / self.path.stem / self.cell.id
        self.comparison = compare_outputs(self.expected, actual, self.tolerance, stem)
        self.comparison_traceback = [f"  {line}" for line in self.comparison.differences]
        return not self.comparison.differences


class NotebookWidgets(pytest.Item):
    """Test of the notebook's widgets after its last cell."""

    def runtest(self) -> None:
        """Compare the stored state of every widget model with the new one."""
        notebook: Any = self.parent
        if notebook.executed < len(code_cells(notebook.nb)):
            pytest.skip("not every cell of the notebook was executed")
        notebook.client.set_widgets_metadata()
        normalize.renumber_widgets(notebook.actual)
        tolerances = {cell.id: Tolerance.of(cell) for cell in code_cells(notebook.nb)}
        differences = compare_widgets(notebook.nb, notebook.actual, tolerances)
        differences += [str(v) for v in notebook.violations if v.cell == lint.NOT_DISPLAYED]
        if differences:
            raise WidgetsDiffer("\n".join(differences))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Show the differences without a traceback.

        Parameters
        ----------
        excinfo : pytest.ExceptionInfo
        style : str, optional
            Of the traceback of other errors.

        Returns
        -------
        str
        """
        if isinstance(excinfo.value, WidgetsDiffer):
            return f"{self.path}: widgets differ from the stored ones\n{excinfo.value}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the notebook."""
        return self.path, 0, f"{self.path.name} widgets"


class WidgetsDiffer(Exception):
    """The stored state of widgets differs from the state that the code produces."""
