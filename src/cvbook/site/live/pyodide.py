"""Pyodide's files: found in a folder or downloaded once, and checked against known hashes.

`CVBOOK_PYODIDE` names a folder with the files of the release; without it they come from Pyodide's
official distribution and stay in the user's cache. Core files have their hashes here, the release's
own lock file `pyodide-lock.json` too, which has those of the packages.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pooch
import requests
from platformdirs import user_cache_path

from cvbook.errors import CvbookError

VARIABLE = "CVBOOK_PYODIDE"
VERSION = "0.27.7"
ADDRESS = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
LOCK = "pyodide-lock.json"
CORE = {
    LOCK: "fb0ad28408332c4ee335cdca6add0585329b1594d0e923a6f83bea27ee773f29",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
#: Packages that a reader's browser gets, each with what it depends on.
PACKAGES = ("numpy", "matplotlib")
#: A machine without a network builds the site without them; it should not wait.
CONNECT_SECONDS = 5


class PyodideMissing(CvbookError):
    """Pyodide's files cannot be had."""


def find() -> Path:
    """Find the folder that has, or will have, the files.

    Returns
    -------
    Path
        That of `CVBOOK_PYODIDE`, or one in the user's cache.

    Raises
    ------
    PyodideMissing
        If `CVBOOK_PYODIDE` is no folder.
    """
    if configured := os.environ.get(VARIABLE):
        folder = Path(configured).expanduser().resolve()
        if not folder.is_dir():
            raise PyodideMissing(f"no such folder: {configured} – {VARIABLE} – correct or unset it")
        return folder
    return user_cache_path("cvbook") / f"pyodide-{VERSION}"


def fetch(folder: Path) -> dict[str, Path]:
    """Provide all files, each with the hash that it must have.

    Parameters
    ----------
    folder : Path
        Where they are, or, unless `CVBOOK_PYODIDE` names it, are downloaded to.

    Returns
    -------
    dict
        Name to file; the lock file is not among them, since it lists more than these.

    Raises
    ------
    PyodideMissing
        If a file is missing and cannot be downloaded, or differs from the release's.
    """
    files = {name: _provide(folder, name, CORE[name]) for name in CORE if name != LOCK}
    for package in locked(folder)["packages"].values():
        name = package["file_name"]
        files[name] = _provide(folder, name, package["sha256"])
    return files


def locked(folder: Path) -> dict[str, Any]:
    """Read the release's lock file, and keep what `PACKAGES` need of it.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict
        As `pyodide-lock.json`.

    Raises
    ------
    PyodideMissing
        If it cannot be had, or belongs to another version.
    """
    lock = json.loads(_provide(folder, LOCK, CORE[LOCK]).read_text())
    if lock["info"]["version"] != VERSION:
        raise PyodideMissing(f"Pyodide {lock['info']['version']} – {folder} – {VERSION} is needed")
    kept: dict[str, Any] = {}
    left = list(PACKAGES)
    while left:
        name = left.pop()
        if name not in kept:
            kept[name] = lock["packages"][name]
            left += kept[name]["depends"]
    return {**lock, "packages": dict(sorted(kept.items()))}


def _provide(folder: Path, name: str, sha256: str) -> Path:
    file = folder / name
    if not file.is_file():
        if os.environ.get(VARIABLE):
            raise PyodideMissing(f"{name} is missing – {folder} – copy Pyodide {VERSION} there")
        _download(name, sha256, folder)
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        raise PyodideMissing(f"{name} differs from Pyodide {VERSION} – {folder} – copy it again")
    return file


def _download(name: str, sha256: str, folder: Path) -> None:
    downloader = pooch.HTTPDownloader(timeout=(CONNECT_SECONDS, 60))
    try:
        pooch.retrieve(ADDRESS + name, sha256, fname=name, path=folder, downloader=downloader)
    except (requests.RequestException, ValueError, OSError) as error:
        raise PyodideMissing(
            f"cannot download {name} – {ADDRESS} – set {VARIABLE} to a folder with it"
        ) from error
