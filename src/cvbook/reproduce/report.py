"""How much was checked: one line in the test output, and an HTML report."""

import html
import importlib.metadata
import json
import os
import platform
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from cvbook.reproduce.compare.outputs import Comparison
from cvbook.reproduce.lint import Tolerance

#: Under this name a cell's figures travel with its test report, from xdist's workers too.
PROPERTY = "cvbook"
REPORT = Path("_build/reproducibility.html")

KINDS = {
    "stream": "출력한 글",
    "text": "값",
    "html": "표(HTML)",
    "picture": "그림",
    "widget": "위젯",
}
#: Upper ends of the histogram's classes.
CLASSES = (1e-6, 1e-4, 1e-2, 0.05, 0.1, 0.25)
LIBRARIES = ("tensorflow", "keras", "numpy", "matplotlib", "scikit-learn", "ipywidgets", "nbval")
SETTINGS = ("TF_ENABLE_ONEDNN_OPTS", "ONEDNN_MAX_CPU_ISA", "TF_NUM_INTRAOP_THREADS")


def figures(notebook: str, tolerance: Tolerance, comparison: Comparison) -> dict[str, Any]:
    """The figures of one cell, ready for JSON."""
    return {
        "notebook": notebook,
        "kinds": dict(comparison.kinds),
        "rtol": tolerance.rtol,
        "picture_tolerance": [tolerance.rms, tolerance.shift],
        "largest": comparison.largest,
        "rms": comparison.rms,
    }


def kinds(cells: Iterable[dict[str, Any]]) -> Counter[str]:
    """Outputs compared, by kind."""
    return sum((Counter(cell["kinds"]) for cell in cells), Counter())


def histogram(cells: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Cells by the relative tolerance that they declare."""
    counts = dict.fromkeys(CLASSES, 0)
    for cell in cells:
        counts[next(end for end in CLASSES if cell["rtol"] <= end)] += 1
    return {f"≤ {end:g}": count for end, count in counts.items()}


class Collector:
    """Collects the cells' figures over a test run and writes them at its end.

    Parameters
    ----------
    config : pytest.Config
        Of the main process.
    """

    def __init__(self, config: pytest.Config):
        self.config = config
        self.cells: list[dict[str, Any]] = []
        self.failed: Counter[str] = Counter()
        self.widgets_failed = 0  # notebooks

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the figures that came with a test's report."""
        for name, value in report.user_properties:
            if name == PROPERTY and report.when == "call":
                cell: Any = value
                self.cells.append(cell)
                self.failed[cell["notebook"]] += report.failed
        self.widgets_failed += report.failed and report.nodeid.endswith("::widgets")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print one line, and write the report."""
        if not self.cells:
            return
        terminalreporter.write_line(self.line())
        path = self.config.rootpath / REPORT
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.as_html(), encoding="utf-8")

    def line(self) -> str:
        """The figures in one line."""
        compared = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds(self.cells).items()))
        rtols = ", ".join(
            f"{name}: {count}" for name, count in histogram(self.cells).items() if count
        )
        return (
            f"cvbook: {len(self.cells)} cells executed in "
            f"{len({cell['notebook'] for cell in self.cells})} notebooks, "
            f"{sum(self.failed.values())} failed, "
            f"widgets of {self.widgets_failed} notebooks failed; "
            f"compared {compared or 'no output'}; "
            f"cells by rtol {rtols}"
        )

    def rows(self) -> list[tuple[str, ...]]:
        """One row for each notebook: cells, outputs by kind, tolerances used, differences seen."""
        rows = []
        for notebook in sorted({cell["notebook"] for cell in self.cells}):
            cells = [cell for cell in self.cells if cell["notebook"] == notebook]
            found = kinds(cells)
            declared = sum(cell["rtol"] > Tolerance.rtol for cell in cells)
            rows.append(
                (
                    notebook,
                    str(len(cells)),
                    *(str(found[kind]) for kind in KINDS),
                    str(declared),
                    f"{max(cell['largest'] for cell in cells):.1e}",
                    f"{max(cell['rms'] for cell in cells):.2f}",
                    str(self.failed[notebook]),
                )
            )
        return rows

    def as_html(self) -> str:
        """The report as one HTML file."""
        settings = {name: os.environ[name] for name in SETTINGS if name in os.environ}
        body = [
            "<!doctype html><html lang='en'><meta charset='utf-8'>",
            "<title>Reproducibility of the book's outputs</title>",
            "<style>body{font:16px sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
            "table{border-collapse:collapse}td,th{padding:.3rem .6rem;border:1px solid #999}"
            "td{text-align:right}td:first-child{text-align:left}</style>",
            "<h1>Reproducibility of the book's outputs</h1>",
            f"<p>{html.escape(self.line())}</p>",
            _html_table(HEADER, self.rows()),
            "<h2>Cells by relative tolerance</h2>",
            _html_table(("rtol", "cells"), [(k, str(v)) for k, v in histogram(self.cells).items()]),
            "<h2>Made with</h2>",
            _html_table(("name", "version"), [*versions().items(), *settings.items()]),
            f"<script type='application/json' id='figures'>{_script(self.cells)}</script></html>",
        ]
        return "\n".join(body)


HEADER = (
    "노트북",
    "셀",
    *KINDS.values(),
    "오차를 정한 셀",
    "소수의 차이",
    "그림의 차이",
    "어긋난 셀",
)


def versions() -> dict[str, str]:
    """Python, and the libraries that outputs depend on."""
    libraries = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return {"Python": platform.python_version(), **libraries}


def _script(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def _html_table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in header)
    lines = ["".join(f"<td>{html.escape(value)}</td>" for value in row) for row in rows]
    return f"<table><tr>{head}</tr>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
