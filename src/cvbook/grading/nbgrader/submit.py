"""Handing in through nbgrader's exchange, of notebooks that grading can read.

A plugin for students' settings: `nbgrader submit` and JupyterLab's *Submit* use it.

    c.ExchangeFactory.submit = "cvbook.grading.nbgrader.submit.Submit"
"""

from pathlib import Path

from nbgrader.exchange.default import ExchangeSubmit

from cvbook.grading.notebook_files import UnreadableError, read_notebook


class Submit(ExchangeSubmit):
    """nbgrader's, which would take a broken notebook without a word."""

    def check_filename_diff(self) -> None:
        """Refuse the submission if one of the released notebooks cannot be read."""
        super().check_filename_diff()
        for released in sorted(Path(self.release_path).glob("*.ipynb")):
            path = Path(self.src_path) / released.name
            if not path.is_file():
                continue  # nbgrader's option `strict` is about missing ones
            try:
                read_notebook(path)
            except UnreadableError as error:
                self.fail(
                    f"내지 않음 – {path.name} – 읽을 수 없습니다: {error}. JupyterLab에서 열어 "
                    "저장한 뒤 다시 냅니다. 열리지 않으면 과제를 새로 받아 답을 옮겨 적습니다"
                )
