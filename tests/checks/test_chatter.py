"""What a right answer writes beside its result costs nothing and reveals nothing."""

import subprocess
import sys

import pytest

NOISY = """
import logging, os, sys, warnings
from cvbook.checks import call, hidden, visible

def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    print("python", file=sys.stderr)
    os.write(2, b"descriptor 2\\n")
    os.write(1, b"descriptor 1\\n")
    logging.getLogger("absl").warning("log")
    logging.error("log")
    warnings.warn("warning")
    print("to stdout")
    return kernel_size**2 * in_channels * filters + (filters if use_bias else 0)

{kind}("conv2d_params", call(3, 3, 64))
logging.warning("logs work again")
os.write(2, b"and so does the descriptor")
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["visible", "hidden"])
def test_a_right_answer_writes_nothing_on_stderr(kind):
    done = subprocess.run(
        [sys.executable, "-c", NOISY.format(kind=kind)], capture_output=True, text=True, timeout=100
    )
    assert done.stderr.splitlines() == [
        "WARNING:root:logs work again",
        "and so does the descriptor",
    ]
    shown = kind == "visible"
    assert ("to stdout" in done.stdout) is shown
    assert ("descriptor 1" in done.stdout) is shown
