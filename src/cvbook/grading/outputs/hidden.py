"""Feedback without hidden tests, in sources and in outputs, and without mark schemes."""

import re
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme

NOTE = "# 숨은 검사는 보이지 않습니다."
#: Shorter lines of a hidden test, such as `x = 1`, may be in an answer for another reason.
MIN_LINE = 12
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class HideTests(Preprocessor):
    """Removes hidden tests and mark schemes, which nbgrader shows, from a graded notebook."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Remove both from the sources, and the lines of hidden tests from all outputs.

        Parameters
        ----------
        nb : NotebookNode
            Changed in place.
        resources : dict

        Returns
        -------
        tuple of NotebookNode and dict
        """
        clear, scheme = ClearHiddenTests(parent=self), ClearMarkScheme(parent=self)
        hidden: set[str] = set()
        for cell in nb.cells:
            own = cell.metadata.get("nbgrader", {})
            if own.get("task") or own.get("locked"):  # as the instructor wrote it
                scheme._remove_mark_scheme_region(cell)
            if cell.cell_type != "code" or not own.get("grade"):
                continue
            before = cell.source.splitlines()
            if clear._remove_hidden_test_region(cell):
                left = cell.source.splitlines()
                hidden |= {line.strip() for line in before} - {line.strip() for line in left}
                cell.source = f"{cell.source.strip()}\n{NOTE}".strip()
                cell.outputs = [
                    message_only(output) for output in cell.outputs if output.output_type == "error"
                ]
        telling = {line for line in hidden if len(line) >= MIN_LINE}
        for cell in nb.cells:
            for output in cell.get("outputs", []):
                _remove(output, telling)
        return nb, resources


def message_only(output: Any) -> Any:
    """Reduce an error of a hidden test to what its author wrote for students.

    Parameters
    ----------
    output : NotebookNode
        An error output.

    Returns
    -------
    NotebookNode
        As it was where its class renders itself without code; otherwise without code and values.
    """
    shown = _ANSI.sub("", "\n".join(output.traceback))
    if shown.strip() == str(output.evalue).strip():
        return output
    lines = [line for line in str(output.evalue).splitlines() if line.strip()]
    output.evalue = lines[0].strip() if lines else ""
    output.traceback = [": ".join(filter(None, [output.ename, output.evalue]))]
    return output


def _remove(output: Any, lines: set[str]) -> None:
    """Blank lines of hidden tests in an output, such as a print of the notebook's history."""
    for part in (output, output.get("data", {})):
        for name, value in list(part.items()):
            texts = value if isinstance(value, list) else [value]
            if name.startswith("image/") or not all(isinstance(text, str) for text in texts):
                continue
            for line in lines:
                texts = [text.replace(line, "…") if line in text else text for text in texts]
            part[name] = texts if isinstance(value, list) else texts[0]
