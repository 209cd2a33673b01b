"""Choice of the data set that chapters and exercises use.

In this order: the folder in the environment variable `CVBOOK_DATA`; the one chosen by
`cvbook data use`; the drawn pets, which are drawn into the user's cache at first use.
"""

import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path, user_config_path

from cvbook._files import write_atomic
from cvbook._translation import translate as _
from cvbook.datasets import oxford_pets

#: The drawn data set of the book.
COUNT, SIZE, SEED = 1000, 128, 2024


def _choice() -> Path:
    return user_config_path("cvbook") / "data"


def drawn_root() -> Path:
    """Cache folder of the drawn pets, by version; it may not exist yet.

    Returns
    -------
    Path
    """
    from cvbook.datasets import drawn

    name = f"drawn-v{drawn.VERSION}-{COUNT}x{SIZE}-{SEED}"
    return user_cache_path("cvbook") / name


def chosen() -> tuple[Path | None, str]:
    """Return the folder in use and the setting that selects it.

    Returns
    -------
    Path or None
        None for the drawn pets.
    str
        "CVBOOK_DATA", "cvbook data use" or "default".
    """
    if os.environ.get("CVBOOK_DATA"):
        return Path(os.environ["CVBOOK_DATA"]), "CVBOOK_DATA"
    if _choice().is_file():
        return Path(_choice().read_text("utf-8").strip()), "cvbook data use"
    return None, "default"


def load(root: str | Path | None = None) -> oxford_pets.PetDataset:
    """Load the data set in use, and draw the drawn pets at first use.

    Parameters
    ----------
    root : path, optional
        A folder to read instead of the one in use.

    Returns
    -------
    PetDataset
        The records.

    Raises
    ------
    DataError
        If the folder cannot be read; see `oxford_pets.read`.
    """
    if root is not None:
        return oxford_pets.read(root)
    folder, chooser = chosen()
    if folder is not None:
        return _read_chosen(folder, chooser)
    return load_drawn()


def load_drawn() -> oxford_pets.PetDataset:
    """Load the drawn pets, whatever data set is in use, and draw them at first use.

    Returns
    -------
    PetDataset
        The records.
    """
    folder = drawn_root()
    if not folder.is_dir():
        from cvbook.datasets import drawn

        with suppress(FileExistsError):  # another process was faster
            drawn.write(folder, COUNT, size=SIZE, seed=SEED)
    return oxford_pets.read(folder)


def _read_chosen(folder: Path, chooser: str) -> oxford_pets.PetDataset:
    try:
        return oxford_pets.read(folder)
    except oxford_pets.DataError as error:
        undo = "unset CVBOOK_DATA" if chooser == "CVBOOK_DATA" else "run `cvbook data use drawn`"
        raise oxford_pets.DataError(f"{error}; or {undo} to go back from this choice") from error


def use(root: str | Path | None) -> None:
    """Save the choice of a data set for this user.

    Parameters
    ----------
    root : path or None
        A folder in the Oxford-IIIT Pet layout; None for the drawn pets.

    Raises
    ------
    DataError
        If the folder cannot be read; the previous choice is then kept.
    """
    if root is None:
        _choice().unlink(missing_ok=True)
        return
    dataset = oxford_pets.read(root)
    write_atomic(_choice(), f"{dataset.root}\n")


def describe() -> str:
    """Describe the data set in use in one line, without drawing it.

    Returns
    -------
    str

    Raises
    ------
    DataError
        If its folder cannot be read.
    """
    folder, chooser = chosen()
    if folder is None:
        found = _("drawn pets, {count} pictures ({folder})")
        if not drawn_root().is_dir():
            found = _("drawn pets, {count} pictures ({folder}, drawn at first use)")
        return found.format(count=COUNT, folder=drawn_root())
    dataset = _read_chosen(folder, chooser)
    count, breeds = len(dataset.records), len(dataset.breeds)
    found = _("{count} pictures of {breeds} breeds ({folder}, by {chooser})")
    return found.format(count=count, breeds=breeds, folder=dataset.root, chooser=chooser)
