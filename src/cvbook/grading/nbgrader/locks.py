"""Lock files, and staging folders that are locked while their process lives."""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def locked(path: Path, wait: bool = True) -> Iterator[None]:
    """Hold a lock file; the lock ends with the process, however that ends.

    Parameters
    ----------
    path : Path
    wait : bool

    Raises
    ------
    BlockingIOError
        If another process holds it and `wait` is false.
    """
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


@contextlib.contextmanager
def staging_folder(parent: Path) -> Iterator[Path]:
    """Make a folder for unfinished work, and remove those of killed processes.

    Parameters
    ----------
    parent : Path
        Made if it is missing.

    Yields
    ------
    Path
        Removed at the end.
    """
    parent.mkdir(exist_ok=True)
    with contextlib.ExitStack() as owner:
        with locked(parent / "stage.lock"):
            for left in parent.glob("stage-*/"):
                # Of a run that goes on, or of another user.
                with (
                    contextlib.suppress(BlockingIOError, PermissionError),
                    locked(left / ".lock", wait=False),
                ):
                    shutil.rmtree(left, ignore_errors=True)
            stage = Path(tempfile.mkdtemp(prefix="stage-", dir=parent))
            owner.enter_context(locked(stage / ".lock", wait=False))
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)
