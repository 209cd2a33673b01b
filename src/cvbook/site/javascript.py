"""Bundling of the site's JavaScript by esbuild, in each build."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from cvbook.errors import CvbookError


def bundle(script: Path, target: Path) -> dict[str, str]:
    """Run a build script with Node.

    Parameters
    ----------
    script : Path
        A `build.js`, which bundles into a folder and prints the name of each entry's bundle as
        JSON.
    target : Path
        The folder.

    Returns
    -------
    dict of str to str
        Name of the entry to name of its bundle.

    Raises
    ------
    CvbookError
        If Node or esbuild cannot be had.
    """
    beside = Path(sys.executable).with_name("node")
    node = str(beside) if beside.exists() else shutil.which("node")
    if node is None:
        raise CvbookError("Node.js is missing – this environment – run: make env")
    command = [node, str(script), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        line = next((one for one in done.stderr.splitlines() if "rror" in one), "unknown error")
        raise CvbookError(f"JavaScript cannot be bundled – {line.strip()} – run: make env")
    names: dict[str, str] = json.loads(done.stdout)
    return names
