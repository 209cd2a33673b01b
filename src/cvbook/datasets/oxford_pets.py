"""Reader of the Oxford-IIIT Pet layout (Parkhi et al., "Cats and Dogs", CVPR 2012).

::

    images/NAME.jpg                  pictures, whatever their real format
    annotations/list.txt             NAME CLASS SPECIES BREED (may miss pictures)
    annotations/trainval.txt, test.txt
    annotations/trimaps/NAME.png     1 body, 2 background, 3 border (a data set may have none)
    annotations/xmls/NAME.xml        box of the head (not for every picture)
    annotations/labels/NAME.json     further labels of drawn pets (only there)
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import numpy as np
from PIL import Image, UnidentifiedImageError

from cvbook.errors import CvbookError

Species = Literal["cat", "dog"]
SPECIES: dict[str, Species] = {"1": "cat", "2": "dog"}


class DataError(CvbookError):
    """Unusable data set; the message names the file and what to do."""


@dataclass(frozen=True)
class Record:
    """One picture and the files of its labels.

    Attributes
    ----------
    name : str
        Breed and number, as `Abyssinian_101`.
    image_path : Path
        The picture.
    trimap_path : Path or None
        Its trimap; None in a data set without any.
    head_box : (int, int, int, int) or None
        `(xmin, ymin, xmax, ymax)` in pixels; None where the picture has no box.
    species : {"cat", "dog"}
        From `list.txt`; for pictures missing there from the name, which begins with a capital
        for cats.
    breed : str
        The name without its number.
    labels_path : Path or None
        The JSON file with the further labels of a drawn pet.
    """

    name: str
    image_path: Path
    trimap_path: Path | None
    head_box: tuple[int, int, int, int] | None
    species: Species
    breed: str
    labels_path: Path | None = None


@dataclass(frozen=True)
class PetDataset:
    """A folder in the Oxford-IIIT Pet layout.

    Attributes
    ----------
    root : Path
        The folder.
    records : tuple of Record
        One a picture, ordered by name.
    """

    root: Path
    records: tuple[Record, ...]

    @cached_property
    def breeds(self) -> tuple[str, ...]:
        """Names of the breeds, in alphabetical order."""
        return tuple(sorted({record.breed for record in self.records}))

    def official_split(self) -> tuple[list[Record], list[Record]]:
        """Records named in `trainval.txt`, and those in `test.txt`.

        Returns
        -------
        (list of Record, list of Record)

        Raises
        ------
        DataError
            If one of the two lists is missing.
        """
        parts = []
        for name in ("trainval.txt", "test.txt"):
            names = set(_read_list(self.root / "annotations" / name, required=True))
            parts.append([record for record in self.records if record.name in names])
        return parts[0], parts[1]


def read(root: str | Path) -> PetDataset:
    """Index a data set, without opening its pictures and trimaps.

    Stray files (`._*`, `.mat` and the like) are ignored; a picture may be missing from
    `list.txt` and may lack a head box.

    Parameters
    ----------
    root : path
        Folder that holds `images/` and `annotations/`.

    Returns
    -------
    PetDataset
        One record for each picture.

    Raises
    ------
    DataError
        If folders or pictures are missing, a picture has no trimap, a listed picture does not
        exist, or a head box cannot be read.
    """
    root = Path(root).expanduser().resolve()
    annotations = root / "annotations"
    for folder in (root / "images", annotations):
        if not folder.is_dir():
            raise DataError(
                f"no data set – {folder} is not a folder – name the folder that holds images/ "
                "and annotations/, or run `cvbook data fetch oxford-pets`"
            )
    paths = sorted(p for p in (root / "images").glob("*.jpg") if not p.name.startswith("._"))
    if not paths:
        raise DataError(
            f"empty data set – {root / 'images'} holds no .jpg – fetch it again, or name another"
        )
    listed = _read_list(annotations / "list.txt")
    missing = sorted(set(listed) - {path.stem for path in paths})
    if missing:
        raise DataError(
            f"missing picture – {root / 'images' / missing[0]}.jpg is in list.txt but not there "
            f"({len(missing)} such) – fetch the data set again"
        )
    return PetDataset(root, tuple(_record(path, annotations, listed) for path in paths))


def _read_list(path: Path, required: bool = False) -> dict[str, list[str]]:
    """Name → other columns of a list file; comments and empty lines are skipped."""
    if not path.is_file():
        if required:
            raise DataError(f"missing list – {path} – fetch the data set again")
        return {}
    lines = (line.split() for line in path.read_text().splitlines())
    return {columns[0]: columns[1:] for columns in lines if columns and columns[0][0] != "#"}


def _record(image_path: Path, annotations: Path, listed: dict[str, list[str]]) -> Record:
    name = image_path.stem
    folder = annotations / "trimaps"
    trimap_path = folder / f"{name}.png" if folder.is_dir() else None
    if trimap_path is not None and not trimap_path.is_file():
        raise DataError(
            f"missing trimap – {trimap_path} – fetch the data set again, or remove {image_path}"
        )
    columns = listed.get(name, [])
    known = SPECIES.get(columns[1]) if len(columns) > 1 else None
    labels_path = annotations / "labels" / f"{name}.json"
    return Record(
        name=name,
        image_path=image_path,
        trimap_path=trimap_path,
        head_box=_read_head_box(annotations / "xmls" / f"{name}.xml"),
        species=known or ("cat" if name[0].isupper() else "dog"),
        breed=re.sub(r"_\d+$", "", name),
        labels_path=labels_path if labels_path.is_file() else None,
    )


def _read_head_box(path: Path) -> tuple[int, int, int, int] | None:
    if not path.is_file():
        return None
    try:
        box = ElementTree.parse(path).find("object/bndbox")
        if box is None:
            return None
        xmin, ymin, xmax, ymax = (
            round(float(box.findtext(side) or "")) for side in ("xmin", "ymin", "xmax", "ymax")
        )
    except (ElementTree.ParseError, ValueError) as error:
        raise DataError(f"unreadable head box – {path} – repair or remove the file") from error
    return xmin, ymin, xmax, ymax


def read_image(path: str | Path) -> np.ndarray:
    """Read a picture as RGB, whatever its format.

    Parameters
    ----------
    path : path
        A JPEG, or another format that Pillow reads; of a GIF, the first frame.

    Returns
    -------
    uint8 array, (height, width, 3)

    Raises
    ------
    DataError
        If the file is missing or corrupt.
    """
    with _open(path, "picture") as image:
        return np.asarray(image.convert("RGB"))


def read_trimap(path: str | Path, size: tuple[int, int] | None = None) -> np.ndarray:
    """Read a trimap.

    Parameters
    ----------
    path : path
        A single-channel PNG.
    size : (int, int), optional
        Height and width of its picture, which it must have.

    Returns
    -------
    uint8 array, (height, width)
        1 body, 2 background, 3 border.

    Raises
    ------
    DataError
        If the file is missing or corrupt, has another size, or holds another value.
    """
    with _open(path, "trimap") as image:
        trimap = np.asarray(image)
    if trimap.ndim != 2 or (size is not None and trimap.shape != tuple(size)):
        expected = f"{size} as its picture has" if size else "one channel"
        raise DataError(
            f"trimap of another size – {path}: {trimap.shape}, not {expected} – fetch it again"
        )
    invalid = np.setdiff1d(trimap, [1, 2, 3])
    if invalid.size:
        raise DataError(
            f"invalid value in trimap – {path}: {invalid[0]} is not 1, 2 or 3 – fetch it again"
        )
    return trimap.astype(np.uint8)


def _open(path: str | Path, kind: str) -> Image.Image:
    """Open and decode a picture, so that a truncated file fails here."""
    try:
        image = Image.open(path)
        image.load()
    except FileNotFoundError as error:
        raise DataError(f"missing {kind} – {path} – fetch the data set again") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DataError(
            f"corrupt {kind} – {path} ({error}) – fetch it again, or remove picture and trimap"
        ) from error
    return image
