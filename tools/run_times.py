"""Measure how long each chapter runs, for the table of the book's first page.

    python tools/run_times.py                          every chapter (`make run-times`)
    python tools/run_times.py book/05_residual.ipynb   some of them; the others' rows stay

Each chapter is executed alone, from the start of its kernel to its last cell, and stored as by
`cvbook run --force`. Close other programs: they take their share of the processor.
"""

import argparse
import datetime
import os
import platform
import re
import sys
import time
from pathlib import Path

import nbformat

from cvbook.reproduce.run import run_notebooks

BOOK = Path("book")
TABLE = BOOK / "_static/run_times.md"
ROW = re.compile(r"^\| \[[^]]*\]\((?P<file>[^)]+)\) \| (?P<time>[^|]+) \| (?P<machine>[^|]*) \|$")
UNKNOWN = "–"


def duration(seconds: float) -> str:
    """Round a time as a reader needs it.

    Parameters
    ----------
    seconds : float

    Returns
    -------
    str
        To ten seconds below two minutes, to half minutes above.
    """
    if seconds < 115:
        return f"{max(10, round(seconds, -1)):.0f}초"
    halves = round(seconds / 30)
    return f"{halves // 2}분" + (" 30초" if halves % 2 else "")


def machine() -> str:
    """Name this computer's architecture, how many cores may be used, and today's date.

    Returns
    -------
    str
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.machine()} {cores}코어, {datetime.date.today()}"


def read_rows(text: str) -> dict[str, tuple[str, str]]:
    """Read a table that `table` wrote.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict
        Name of the notebook to its time and machine.
    """
    found = filter(None, map(ROW.match, text.splitlines()))
    return {row["file"]: (row["time"], row["machine"]) for row in found}


def table(chapters: list[Path], rows: dict[str, tuple[str, str]]) -> str:
    """Format the table.

    Parameters
    ----------
    chapters : list of Path
        Every chapter, measured or not.
    rows : dict
        As of `read_rows`.

    Returns
    -------
    str
        Markdown.
    """
    lines = ["| 장 | 실행 시간 | 잰 컴퓨터와 날짜 |", "|---|---:|---|"]
    for number, path in enumerate(chapters, 1):
        title = nbformat.read(path, as_version=4).cells[0].source.partition("\n")[0].lstrip("# ")
        time_, where = rows.get(path.name, (UNKNOWN, ""))
        # The table is included from the folder above its own.
        lines.append(f"| [{number}. {title}]({path.name}) | {time_} | {where} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("chapter", nargs="*", type=Path)
    args = parser.parse_args()
    every = sorted(BOOK.glob("[0-9][0-9]_*.ipynb"))
    rows = read_rows(TABLE.read_text("utf-8")) if TABLE.exists() else {}
    for path in args.chapter or every:
        start = time.perf_counter()
        outcome = run_notebooks([path], force=True, jobs=1)
        if outcome.failed:
            sys.exit(f"{path} failed – {outcome.failed[path]}")
        rows[path.name] = duration(time.perf_counter() - start), machine()
        TABLE.write_text(table(every, rows), "utf-8")
        print(f"{path}: {rows[path.name][0]}")


if __name__ == "__main__":
    main()
