"""The pytest plugin: nbval runs and reports, this says what "equal" means.

    pytest -p cvbook.reproduce.pytest_plugin --cvbook-notebooks book solutions -n 2 --dist loadfile

nbval's own options of the kernel and timeouts hold; its switches (`NBVAL_SKIP`, …) do not, they
are faults. Without `--cvbook-notebooks` the plugin does nothing.
"""

import contextlib
import copy
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbval.kernel import CURRENT_ENV_KERNEL_NAME, RunningKernel
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from cvbook.kernels import pool as warm
from cvbook.reproduce import lint, normalize, report
from cvbook.reproduce.compare import outputs

#: Where pictures that differ are written, below pytest's root folder.
FILES = Path("_build/reproduce")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's options."""
    group = parser.getgroup("cvbook", "notebooks checked against their stored outputs")
    group.addoption(
        "--cvbook-notebooks", action="store_true", help="execute notebooks and check every output"
    )
    group.addoption(
        "--cvbook-warm", action="store_true", help="fork kernels from one that has TensorFlow ready"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect figures in the main process, which sees the reports of all workers."""
    if config.getoption("--cvbook-notebooks"):
        # Kernels inherit both, as when the outputs were stored: no bars, no training taken up.
        os.environ["CVBOOK_QUIET"] = "1"
        trainings = tempfile.TemporaryDirectory(prefix="cvbook-training-")
        os.environ["CVBOOK_TRAINING"] = trainings.name
        config.add_cleanup(trainings.cleanup)
    if config.getoption("--cvbook-notebooks") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(report.Collector(config), "cvbook-report")
        if config.getoption("--cvbook-warm"):
            pool = warm.Pool()
            config.add_cleanup(pool.close)
            os.environ |= pool.environment  # which workers inherit


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect notebooks, when asked to."""
    if parent.config.getoption("--cvbook-notebooks") and file_path.suffix == ".ipynb":
        return NotebookFile.from_parent(parent, path=file_path)
    return None


class _Kernel(RunningKernel):
    """A kernel that remembers what it executed, as under nbclient.

    Without its history IPython does not see the semicolon that ends a line and hides its value.
    """

    def execute_cell_input(self, cell_input: str, allow_stdin: bool | None = None) -> str:
        """Execute a cell; returns the message's id."""
        return self.kc.execute(cell_input, allow_stdin=allow_stdin, stop_on_error=False)


class NotebookFile(IPyNbFile):
    """A notebook: nbval's, with a second notebook that fills with what the kernel says."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield nbval's cells as ours, and after them the notebook's widgets."""
        cells = list(super().collect())
        self.faults = lint.find(self.nb)
        self.fresh = copy.deepcopy(self.nb)
        self.fresh.metadata.pop("widgets", None)
        for cell in lint.code_cells(self.fresh):
            cell.outputs = []
        # nbclient turns messages into outputs and widget states, as it does in `cvbook run`.
        self.client = NotebookClient(self.fresh, store_widget_state=True, record_timing=False)
        self.client.reset_execution_trackers()
        places = [i for i, cell in enumerate(self.fresh.cells) if cell.cell_type == "code"]
        self.current: int | None = None
        self.message_id = ""
        self.cells_run = 0
        for item, place in zip(cells, places, strict=True):
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
                place=place,
            )
        yield NotebookWidgets.from_parent(self, name="widgets")

    def setup(self) -> None:
        """Start the kernel that the notebook names, or nbval's options."""
        option = self.config.option
        spec = self.nb.metadata.get("kernelspec", {}).get("name", "python3")
        here = CURRENT_ENV_KERNEL_NAME if option.nbval_current_env else None
        self.kernel = _Kernel(
            here or option.nbval_kernel_name or spec,
            cwd=str(self.path.parent),
            startup_timeout=option.nbval_kernel_startup_timeout,
        )
        self.client.kc = self.kernel.kc  # which output widgets answer

    def get_kernel_message(self, timeout: float | None = None, stream: str = "iopub") -> Any:
        """Hand nbval its next message, and note what it does to the new notebook."""
        message = super().get_kernel_message(timeout=timeout, stream=stream)
        if self.current is None:
            return message
        parent_id = message["parent_header"].get("msg_id")
        if message["msg_type"] == "execute_input":
            self.message_id = parent_id
        if parent_id == self.message_id:
            with contextlib.suppress(CellExecutionComplete):
                self.client.process_message(message, self.fresh.cells[self.current], self.current)
        return message


class NotebookCell(IPyNbCell):
    """A cell: nbval's, with our meaning of equal outputs.

    Parameters
    ----------
    place : int
        Index among all cells of the notebook; `cell_num` counts code cells.
    """

    def __init__(self, *args: Any, place: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.place = place
        self.expected = copy.deepcopy(self.cell.outputs)  # nbval joins the cell's own streams
        self.tolerance = lint.Tolerance.of(self.cell)
        self.comparison = outputs.Comparison()

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the cell by its id."""
        return self.path, 0, f"{self.where} cell {self.cell.id}"

    @property
    def where(self) -> str:
        """The notebook, as a person would type it."""
        root = self.config.rootpath
        return str(self.path.relative_to(root) if self.path.is_relative_to(root) else self.path)

    def runtest(self) -> None:
        """Execute the cell through nbval, then name its differences and its holes."""
        self.parent.current, self.parent.message_id = self.place, ""
        self.parent.client.clear_before_next_output = False  # as nbclient does for each cell
        messages = [str(fault) for fault in self.parent.faults if fault.cell == self.cell.id]
        traceback = None
        try:
            super().runtest()
        except NbCellError as error:
            messages.append(f"cell `{self.cell.id}`: {error}")
            if self.comparison.differences:
                messages[-1] += f" – `cvbook run {self.where}` if the change is meant"
            traceback = error.inner_traceback
        finally:
            self.parent.current = None
            self.parent.cells_run += 1
            self.user_properties.append(
                (report.PROPERTY, report.figures(self.where, self.tolerance, self.comparison))
            )
        if messages:
            self.raise_cell_error("\n".join(messages), traceback)

    def compare_outputs(self, test: Any, ref: Any, skip_compare: Any = None) -> bool:
        """Compare what nbclient would store now with what is stored."""
        fresh = copy.deepcopy(self.parent.fresh.cells[self.place].outputs)
        labels = normalize.labels(self.parent.client.widget_state)
        for output in fresh:
            normalize.tidy_output(output)
            view = output.get("data", {}).get(normalize.WIDGET_VIEW)
            if view:
                view["model_id"] = labels.get(view["model_id"], "")
        root = self.config.rootpath / FILES
        comparer = outputs.Comparer(self.tolerance, root / self.path.stem / self.cell.id)
        self.comparison = comparer.outputs(self.expected, fresh)
        self.comparison_traceback = [f"  {line}" for line in self.comparison.differences]
        return not self.comparison.differences


class NotebookWidgets(pytest.Item):
    """The widgets of a notebook after its last cell."""

    def runtest(self) -> None:
        """Compare the stored state of every model with the one that the cells just made."""
        notebook: Any = self.parent
        if notebook.cells_run < len(lint.code_cells(notebook.nb)):
            pytest.skip("not every cell of the notebook was run")
        notebook.client.set_widgets_metadata()
        normalize.label_widgets(notebook.fresh)
        tolerances = {cell.id: lint.Tolerance.of(cell) for cell in lint.code_cells(notebook.nb)}
        differences = outputs.widgets(notebook.nb, notebook.fresh, tolerances)
        orphans = [str(f) for f in notebook.faults if f.cell == lint.UNSHOWN]
        if differences or orphans:
            raise WidgetsDiffer("\n".join([*differences, *orphans]))

    def repr_failure(self, excinfo: Any, style: Any = None) -> str:
        """Print the differences alone."""
        if isinstance(excinfo.value, WidgetsDiffer):
            return f"{self.path}: widgets differ from the stored ones\n{excinfo.value}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the notebook."""
        return self.path, 0, f"{self.path.name} widgets"


class WidgetsDiffer(Exception):
    """The stored state of widgets is not what the code makes."""
