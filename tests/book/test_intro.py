"""The book's first page is true: its picture, its map of chapters, its run times."""

import io
import re
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import intro_picture
import run_times

ROOT = Path(__file__).parents[2]
INTRO = (ROOT / "book/intro.md").read_text("utf-8")
CHAPTERS = sorted((ROOT / "book").glob("[0-9][0-9]_*.ipynb"))


def title(chapter):
    cells = nbformat.read(chapter, as_version=4).cells
    return cells[0].source.partition("\n")[0].removeprefix("# ")


def test_the_map_leads_to_every_chapter():
    rows = re.findall(r"^\| \[(\d+)\. (.+)\]\((.+)\) \| .+ \|$", INTRO, re.MULTILINE)
    assert rows == [(str(n), title(path), path.name) for n, path in enumerate(CHAPTERS, 1)]


def test_each_chapter_has_a_row_of_its_run_time():
    """Where this fails: `make run-times`, with no other program running."""
    rows = run_times.read_rows(run_times.TABLE.read_text("utf-8"))
    assert list(rows) == [path.name for path in CHAPTERS]


def test_it_names_the_chapters_that_read_the_chosen_data():
    (sentence,) = re.findall(r"데이터를 읽어 훈련하는 (.+?)은 다음 두 명령으로", INTRO)
    reading = [
        f"{n}장"
        for n, path in enumerate(CHAPTERS, 1)
        if any(
            "datasets.load(" in cell.source
            for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "code"
        )
    ]
    assert sentence.split(", ") == reading


@pytest.mark.slow
def test_the_picture_shows_the_scenes_as_they_are_drawn_now():
    """Where this fails: `make pictures`, and look at it."""
    stored = Image.open(intro_picture.TARGET).convert("RGB")
    new = Image.fromarray(intro_picture.draw())
    assert new.size == stored.size
    file = io.BytesIO()
    new.save(file, "WEBP", quality=88, method=6)
    difference = np.asarray(Image.open(file).convert("RGB"), int) - np.asarray(stored, int)
    assert np.abs(difference).mean() < 1


@pytest.mark.parametrize(
    ("seconds", "said"), [(3, "10초"), (44, "40초"), (119, "2분"), (170, "3분"), (200, "3분 30초")]
)
def test_times_are_rounded_as_a_reader_needs_them(seconds, said):
    assert run_times.duration(seconds) == said


def test_rows_that_are_not_measured_again_stay():
    rows = {CHAPTERS[0].name: ("2분", "CPU 2코어, 2026-01-01")}
    table = run_times.table(CHAPTERS, rows)
    assert run_times.read_rows(table)[CHAPTERS[0].name] == rows[CHAPTERS[0].name]
    assert run_times.read_rows(table)[CHAPTERS[-1].name][0] == "–"
