"""Pyodide's files, and what the tests of live code share."""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.fixture(scope="session")
def pyodide(unavailable):
    """The folder with Pyodide's files: that of the environment, or the one beside the repository."""
    beside = HERE.parents[2].parent / "shared"
    given = [os.environ.get("CVBOOK_PYODIDE"), *sorted(beside.glob("pyodide-*"))]
    for folder in filter(None, given):
        if Path(folder, "pyodide.asm.wasm").is_file():
            return Path(folder)
    unavailable("no files of Pyodide: set CVBOOK_PYODIDE to a folder with its release")
    raise AssertionError
