"""What nbgrader's Validate shows: the points of each task first, then what the tests say.

The window of Validate and its own sentences are nbgrader's, in English and without a translation.
What it shows of a failed test is the test's output, which hooks of nbclient may change; what
a library writes on stderr is taken away, as it costs no points when the work is graded. A student's
`nbgrader_config.py` sets the hooks:

    from cvbook.grading.nbgrader import validation

    validation.configure(c)
"""

import os

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from traitlets.config import Config

from cvbook.grading import visible


def configure(config: Config) -> None:
    """Show points by task in Validate; other commands of nbgrader stay as they are.

    Parameters
    ----------
    config : Config
        Of nbgrader; two hooks of `Execute` are set.
    """
    validated: list[NotebookNode] = []

    # Functions, since traitlets copies a method's object for each trait.
    def start(notebook: NotebookNode) -> None:
        validated.clear()
        if "NBGRADER_VALIDATING" in os.environ:
            # nbconvert calls no hook after the last cell, so an empty one is put behind it.
            notebook.cells.append(new_markdown_cell())
            validated.append(notebook)

    def start_cell(cell: NotebookNode, cell_index: int) -> None:
        if validated and cell is validated[0].cells[-1]:
            summarize(validated[0])

    config.Execute.on_notebook_start = start
    config.Execute.on_cell_start = start_cell


def summarize(notebook: NotebookNode) -> None:
    """Put the points of tasks above the messages of failed tests.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; outputs of its tests are changed in place.
    """
    tests = [cell for cell in notebook.cells if visible.is_test(cell)]
    by_name = {cell.metadata.nbgrader.grade_id: cell for cell in tests}
    found = visible.outcomes(notebook, "")
    above = [*visible.table(found), ""]
    for outcome in found:
        for name, message in outcome.messages.items():
            cell = by_name[name]
            errors = [output for output in cell.outputs if output.output_type == "error"]
            said = [line for error in errors for line in error.traceback] or [message]
            heading = f"{outcome.title}: {outcome.earned:g} / {outcome.visible:g}점"
            cell.outputs = [
                new_output("error", ename="", evalue="", traceback=[*above, heading, *said])
            ]
            above = []
