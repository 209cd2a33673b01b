"""The report of a test run: its one line, and its HTML page."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from nbformat import NotebookNode

from cvbook.reproduce.compare.outputs import compare_outputs
from cvbook.reproduce.counts import count_cell
from cvbook.reproduce.report import Report
from cvbook.reproduce.tolerance import Tolerance

NAME = "book/<i>&</script>.ipynb"


class Page(HTMLParser):
    """Cells of the tables, and the text of the script."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.script, self.tags = [], "", [""]
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data):
        if self.tags[-1] == "td" and data.strip():
            self.rows[-1].append(data)
        elif self.tags[-1] == "script":
            self.script += data


@pytest.fixture
def report():
    stream = {"output_type": "stream", "name": "stdout"}
    cells = []
    for rtol, old, new in [(1e-6, "1.0", "1.0"), (0.1, "1.0", "1.05")]:
        tolerance = Tolerance(rtol=rtol)
        expected, actual = ([NotebookNode(stream | {"text": text})] for text in (old, new))
        comparison = compare_outputs(expected, actual, tolerance, Path("unused"))
        cells.append(count_cell(NAME, tolerance, comparison))
    report = Report(cells)
    report.failed[NAME] += 1
    return report


def test_one_line_says_how_much_was_compared_and_failed(report):
    assert report.summary() == (
        "cvbook: 2 cells executed in 1 notebooks, 1 failed, widgets of 0 notebooks failed; "
        "compared 2 stream; cells by rtol ≤ 1e-06: 1, ≤ 0.1: 1"
    )


def test_page_shows_names_as_they_are_and_holds_the_counts_as_json(report):
    page = Page(report.to_html())
    rows = [row for row in page.rows if row and row[0].startswith("book/")]
    assert rows == [[NAME, "2", "2", "0", "0", "0", "0", "1", "4.8e-02", "0.00", "1"]]
    assert "i" not in page.tags
    assert json.loads(page.script) == report.cells
