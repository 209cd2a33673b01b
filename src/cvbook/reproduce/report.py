"""Report of a test run over notebooks: one line for the terminal, and an HTML page."""

import os
from collections import Counter
from dataclasses import dataclass, field

from cvbook.reproduce.counts import (
    KINDS,
    CellCounts,
    count_kinds,
    declares_tolerance,
    rtol_histogram,
    versions,
)

HEADER = (
    "노트북",
    "셀",
    *KINDS.values(),
    "오차를 정한 셀",
    "소수의 차이",
    "그림의 차이",
    "어긋난 셀",
)
#: Environment variables that affect numerical results.
SETTINGS = ("TF_ENABLE_ONEDNN_OPTS", "ONEDNN_MAX_CPU_ISA", "TF_NUM_INTRAOP_THREADS")


@dataclass
class Report:
    """What was executed and compared in a test run.

    Attributes
    ----------
    cells : list of CellCounts
        Of every executed cell.
    failed : Counter
        Failed cells by notebook.
    widgets_failed : int
        Notebooks whose widgets failed.
    """

    cells: list[CellCounts] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    widgets_failed: int = 0

    def summary(self) -> str:
        """Summarize the report in one line.

        Returns
        -------
        str
        """
        kinds = ", ".join(
            f"{count} {kind}" for kind, count in sorted(count_kinds(self.cells).items())
        )
        rtols = ", ".join(f"{name}: {n}" for name, n in rtol_histogram(self.cells).items() if n)
        return (
            f"cvbook: {len(self.cells)} cells executed in "
            f"{len({cell['notebook'] for cell in self.cells})} notebooks, "
            f"{self.failed.total()} failed, "
            f"widgets of {self.widgets_failed} notebooks failed; "
            f"compared {kinds or 'no output'}; "
            f"cells by rtol {rtols}"
        )

    def rows(self) -> list[tuple[str, ...]]:
        """Format one row for each notebook.

        Returns
        -------
        list of tuple of str
            With the columns of `HEADER`.
        """
        rows = []
        for notebook in sorted({cell["notebook"] for cell in self.cells}):
            cells = [cell for cell in self.cells if cell["notebook"] == notebook]
            kinds = count_kinds(cells)
            rows.append(
                (
                    notebook,
                    str(len(cells)),
                    *(str(kinds[kind]) for kind in KINDS),
                    str(sum(map(declares_tolerance, cells))),
                    f"{max(cell['max_relative_error'] for cell in cells):.1e}",
                    f"{max(cell['max_rms'] for cell in cells):.2f}",
                    str(self.failed[notebook]),
                )
            )
        return rows

    def to_html(self) -> str:
        """Render the report as an HTML page that embeds the counts of every cell as JSON.

        Returns
        -------
        str
        """
        import jinja2

        environment = jinja2.Environment(
            loader=jinja2.PackageLoader("cvbook.reproduce"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        return environment.get_template("report.html").render(
            summary=self.summary(),
            header=HEADER,
            rows=self.rows(),
            histogram=rtol_histogram(self.cells),
            versions=versions(),
            settings={name: os.environ[name] for name in SETTINGS if name in os.environ},
            cells=self.cells,
        )
