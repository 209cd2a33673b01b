"""Silence on file descriptors, below Python's own streams."""

import contextlib
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def silenced(*descriptors: int) -> Iterator[None]:
    """Send what is written to file descriptors to nowhere, by C++ libraries too.

    Parameters
    ----------
    *descriptors : int
        1, 2 or both; one that is closed stays closed.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    with contextlib.ExitStack() as kept:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        kept.callback(os.close, nowhere)
        for descriptor in descriptors:
            try:
                copy = os.dup(descriptor)
            except OSError:
                continue
            kept.callback(os.close, copy)
            kept.callback(os.dup2, copy, descriptor)
            os.dup2(nowhere, descriptor)
        yield
