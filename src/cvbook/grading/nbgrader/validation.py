"""What nbgrader's Validate shows: the points of each task first, then what the tests say.

The window of Validate and its own sentences are nbgrader's, in English and without a translation.
What it shows of a failed test is the test's output, which a hook of nbclient may change; what
a library writes on stderr is taken away, as it costs no points when the work is graded. A student's
`nbgrader_config.py` sets the hook:

    from cvbook.grading.nbgrader.validation import summarize

    c.Execute.on_notebook_complete = summarize
"""

import os

from nbformat import NotebookNode
from nbformat.v4 import new_output

from cvbook.grading import visible


def summarize(notebook: NotebookNode) -> None:
    """Put the points of tasks above the messages of failed tests.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; outputs of its tests are changed in place. Left alone unless it is validated.
    """
    if "NBGRADER_VALIDATING" not in os.environ:
        return
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
