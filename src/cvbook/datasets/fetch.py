"""Download of the real data sets: retry, checksums, safe extraction, atomic result."""

import errno
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pooch
import requests
from PIL import Image, UnidentifiedImageError
from tqdm.auto import tqdm

from cvbook._files import staged_folder
from cvbook.datasets import oxford_pets
from cvbook.datasets.oxford_pets import DataError

#: Attempts for each address.
ATTEMPTS = 2


@dataclass(frozen=True)
class Archive:
    """An archive to download.

    Attributes
    ----------
    name : str
        Its file name.
    urls : tuple of str
        Where to download it, in the order of the attempts.
    known_hash : str
        In pooch's notation: `md5:…` or `sha256:…`.
    size : int
        In bytes.
    """

    name: str
    urls: tuple[str, ...]
    known_hash: str
    size: int


@dataclass(frozen=True)
class Source:
    """A data set on the web.

    Attributes
    ----------
    archives : tuple of Archive
        What to download.
    unpack : callable
        `unpack(archive_path, folder)` fills a folder in the Oxford-IIIT Pet layout.
    licence : str
        Shown before the download.
    """

    archives: tuple[Archive, ...]
    unpack: Callable[[Path, Path], None]
    licence: str


def unpack_tar(path: Path, folder: Path) -> None:
    """Extract a tar archive of plain files and folders, refusing path traversal.

    `tarfile.data_filter` would do, but Python 3.11.0 to 3.11.3 (Debian 12) lack it.

    Parameters
    ----------
    path : Path
        The archive, compressed or not.
    folder : Path
        Where to extract it.

    Raises
    ------
    tarfile.TarError
        If the archive is unreadable, or a member is a link or a device or lies outside
        `folder`.
    """
    with tarfile.open(path) as archive:
        for member in tqdm(archive, f"unpacking {path.name}", unit="file", leave=False):
            place = PurePosixPath(member.name)
            if not (member.isfile() or member.isdir()):
                raise tarfile.TarError(f"{member.name!r} is a link or a device")
            if place.is_absolute() or ".." in place.parts:
                raise tarfile.TarError(f"{member.name!r} is outside of the folder")
            target = Path(folder, place)
            (target if member.isdir() else target.parent).mkdir(parents=True, exist_ok=True)
            content = archive.extractfile(member)
            if content is not None:  # not through a link: none was extracted
                with content, target.open("wb") as copy:
                    shutil.copyfileobj(content, copy)


def unpack_cats_vs_dogs(path: Path, folder: Path) -> None:
    """Extract the Kaggle/Microsoft archive into the layout, without corrupt pictures.

    The pictures become `images/Cat_N.jpg` and `images/dog_N.jpg`. The data set has no trimaps.

    Parameters
    ----------
    path : Path
        The zip archive.
    folder : Path
        Where to make `images/` and `annotations/`.

    Raises
    ------
    zipfile.BadZipFile
        If the archive is unreadable, or holds a picture elsewhere than in `Cat/` and `Dog/`.
    """
    images, annotations = folder / "images", folder / "annotations"
    images.mkdir(parents=True, exist_ok=True)
    annotations.mkdir(exist_ok=True)
    lines, corrupt = [], 0
    with zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if name.lower().endswith(".jpg")]
        for name in tqdm(sorted(members), f"unpacking {path.name}", unit="picture", leave=False):
            breed, number = _breed_and_number(name)
            target = images / f"{breed}_{number}.jpg"
            target.write_bytes(archive.read(name))
            if _is_readable(target):
                species = 1 if breed == "Cat" else 2
                lines.append(f"{target.stem} {species} {species} 1")
            else:
                target.unlink()
                corrupt += 1
    (annotations / "list.txt").write_text("".join(f"{line}\n" for line in lines))
    print(f"{len(lines)} pictures, {corrupt} corrupt ones left out")


def _breed_and_number(member: str) -> tuple[str, str]:
    """Breed and number of a picture; a cat's breed is capitalized, as in the layout."""
    parts, number = Path(member).parts, Path(member).stem
    if len(parts) != 3 or parts[1] not in ("Cat", "Dog") or not number.isdigit():
        raise zipfile.BadZipFile(f"{member!r} is not where a picture belongs")
    return ("Cat" if parts[1] == "Cat" else "dog"), number


def _is_readable(picture: Path) -> bool:
    try:
        with Image.open(picture) as image:
            image.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return False
    return True


_OXFORD = "https://thor.robots.ox.ac.uk/pets/", "https://www.robots.ox.ac.uk/~vgg/data/pets/data/"

SOURCES = {
    "oxford-pets": Source(
        archives=(
            Archive(
                "images.tar.gz",
                tuple(f"{base}images.tar.gz" for base in _OXFORD),
                "md5:5c4f3ee8e5d25df40f4fd59a7f44e54c",
                791_918_971,
            ),
            Archive(
                "annotations.tar.gz",
                tuple(f"{base}annotations.tar.gz" for base in _OXFORD),
                "md5:95a8c909bbe2e81eed6a22bccdf3f68f",
                19_173_078,
            ),
        ),
        unpack=unpack_tar,
        licence="Oxford-IIIT Pet, Parkhi et al. 2012, CC BY-SA 4.0",
    ),
    "cats-vs-dogs": Source(
        archives=(
            Archive(
                "kagglecatsanddogs_5340.zip",
                (
                    "https://download.microsoft.com/download/3/E/1/"
                    "3E1C3F21-ECDB-4869-8368-6DEBA77B919F/kagglecatsanddogs_5340.zip",
                ),
                "sha256:b7974bd00a84a99921f36ee4403f089853777b5ae8d151c76a86e64900334af9",
                824_887_076,
            ),
        ),
        unpack=unpack_cats_vs_dogs,
        licence="Asirra (Microsoft/Petfinder), as used by Kaggle's Dogs vs. Cats, for research",
    ),
}


def fetch(source: Source, target: Path) -> None:
    """Download, check and unpack a data set.

    Archives that were downloaded completely stay beside the target until all is unpacked, so that
    a later try does not download them again. The target is created only when it is complete.

    Parameters
    ----------
    source : Source
        What to fetch.
    target : Path
        Folder to make; where it holds a data set already, nothing happens.

    Raises
    ------
    DataError
        If the target holds something else or cannot be made, the disk is too full, no address
        gave the right file, or the archive is unsafe.
    """
    try:
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            oxford_pets.read(target)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
    except (DataError, OSError) as error:
        raise DataError(
            f"folder not free – {target} ({error}) – remove it, or name another with --to"
        ) from error
    archives = target.with_name(f".{target.name}-archives")
    print(source.licence)
    _require_space(source, archives)
    paths = [_download(archive, archives) for archive in source.archives]
    with staged_folder(target) as folder:
        for path in paths:
            _unpack(source, path, folder)
    shutil.rmtree(archives)


def _require_space(source: Source, archives: Path) -> None:
    """Print what is downloaded and needed; raise where the disk is too full for it."""
    parent = archives.parent
    total = sum(archive.size for archive in source.archives)
    kept = sum(a.size for a in source.archives if (archives / a.name).is_file())
    download, needed = total - kept, 2 * total - kept
    free = shutil.disk_usage(parent).free
    print(
        f"{download / 1e6:,.0f} MB to download, {needed / 1e6:,.0f} MB needed, "
        f"{free / 1e6:,.0f} MB free in {parent}"
    )
    if free < needed:
        raise DataError(
            f"disk too full – {parent} – free {(needed - free) / 1e6:,.0f} MB, "
            "or name another folder with --to"
        )


def _unpack(source: Source, path: Path, folder: Path) -> None:
    try:
        source.unpack(path, folder)
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise DataError(
                f"disk full – {folder.parent} – free some space and try again; "
                "what was downloaded is kept"
            ) from error
        raise DataError(f"unsafe or broken archive – {path.name}: {error} – report it") from error


def _download(archive: Archive, folder: Path) -> Path:
    """Download one archive, trying every address; a file with a wrong checksum is discarded."""
    failures = []
    for url in archive.urls * ATTEMPTS:
        try:
            path = pooch.retrieve(
                url,
                archive.known_hash,
                archive.name,
                folder,
                downloader=pooch.HTTPDownloader(progressbar=True, timeout=60),
            )
        except (requests.RequestException, OSError, ValueError) as error:
            reason = "wrong checksum" if isinstance(error, ValueError) else type(error).__name__
            failures.append(f"{url}: {reason}")
        else:
            return Path(path)
    raise DataError(
        f"download failed – {'; '.join(dict.fromkeys(failures))} – check the network and try "
        f"again, or put {archive.name} into {folder}"
    )
