"""Export of drawn pets to disk, in the layout of the Oxford-IIIT Pet data set."""

import json
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from PIL import Image
from tqdm.auto import tqdm

from cvbook._files import staged_folder
from cvbook.datasets.drawn.labels import DrawnPet, run_lengths
from cvbook.datasets.drawn.pet import draw_pet
from cvbook.datasets.drawn.traits import BREEDS

_XML = """<annotation>
	<folder>drawn</folder>
	<filename>{name}.jpg</filename>
	<size><width>{width}</width><height>{height}</height><depth>3</depth></size>
	<segmented>0</segmented>
	<object>
		<name>{species}</name>
		<pose>{pose}</pose>
		<truncated>0</truncated>
		<occluded>0</occluded>
		<bndbox><xmin>{xmin}</xmin><ymin>{ymin}</ymin><xmax>{xmax}</xmax><ymax>{ymax}</ymax></bndbox>
		<difficult>0</difficult>
	</object>
</annotation>
"""


def write(
    root: str | Path, count: int, size: int = 128, seed: int = 2024, processes: int | None = None
) -> None:
    """Write a data set of drawn pets in the Oxford-IIIT Pet layout, with a progress bar.

    The folder is created only when it is complete: an interrupt leaves nothing, and if two
    processes write the same folder, one of the two equal results is kept.

    Parameters
    ----------
    root : path
        Folder to make; it must not exist.
    count : int
        Number of pictures, a quarter of each breed.
    size : int
        Longer side of a picture, in pixels.
    seed : int
        The same seed gives the same bytes.
    processes : int, optional
        How many draw at once; by default one a core.

    Raises
    ------
    FileExistsError
        If `root` is there already.
    """
    root = Path(root)
    if root.exists():
        raise FileExistsError(f"{root} exists already; remove it or name another folder")
    try:
        with staged_folder(root) as folder:
            _fill(folder, count, size, seed, processes)
    except OSError:
        if not root.is_dir():  # else another process was faster
            raise


def _fill(folder: Path, count: int, size: int, seed: int, processes: int | None) -> None:
    for name in ("images", "annotations/trimaps", "annotations/xmls", "annotations/labels"):
        (folder / name).mkdir(parents=True)
    jobs = [(folder, seed, index, size) for index in range(count)]
    processes = min(processes or os.cpu_count() or 1, max(1, count // 8))
    with ExitStack() as stack:
        drawn: Iterator[str] = map(_write_one, jobs)
        if processes > 1:
            # Spawned, not forked: TensorFlow's threads do not survive a fork. Ctrl-C reaches the
            # workers too; only the parent handles it.
            pool = multiprocessing.get_context("spawn").Pool(
                processes, signal.signal, (signal.SIGINT, signal.SIG_IGN)
            )
            drawn = stack.enter_context(pool).imap(_write_one, jobs, chunksize=8)
        quiet = bool(os.environ.get("CVBOOK_QUIET"))
        bar = tqdm(drawn, "drawing pets", count, unit="picture", leave=False, disable=quiet)
        lines = list(bar)
    _write_lists(folder / "annotations", lines)


def _write_one(job: tuple[Path, int, int, int]) -> str:
    """Write one picture with its labels; returns its line of list.txt."""
    root, seed, index, size = job
    pet = draw_pet(seed, index, size)
    name = f"{pet.breed}_{index // len(BREEDS) + 1}"
    annotations = root / "annotations"
    Image.fromarray(pet.image).save(root / "images" / f"{name}.jpg", quality=92)
    Image.fromarray(pet.trimap).save(annotations / "trimaps" / f"{name}.png")
    (annotations / "xmls" / f"{name}.xml").write_text(_xml(name, pet))
    (annotations / "labels" / f"{name}.json").write_text(_json(pet))
    breeds = list(BREEDS)
    same_species = [b for b in breeds if BREEDS[b] == pet.species]
    species = 1 if pet.species == "cat" else 2
    number = breeds.index(pet.breed) + 1
    return f"{name} {number} {species} {same_species.index(pet.breed) + 1}"


def _xml(name: str, pet: DrawnPet) -> str:
    height, width = pet.trimap.shape
    box = dict(zip(("xmin", "ymin", "xmax", "ymax"), pet.head_box, strict=True))
    return _XML.format(
        name=name, width=width, height=height, species=pet.species, pose=pet.pose, **box
    )


def _json(pet: DrawnPet) -> str:
    """JSON of the labels that the layout does not provide for."""
    labels = {
        "keypoints": {k: [round(x, 2), round(y, 2), v] for k, (x, y, v) in pet.keypoints.items()},
        "skeleton": pet.skeleton,
        "head_angles": [round(angle, 2) for angle in pet.head_angles],
        "head_box": pet.head_box,
        "instance_mask": run_lengths(pet.instance_mask),
        "pose": pet.pose,
        "tags": pet.tags,
    }
    return json.dumps(labels)


def _write_lists(annotations: Path, lines: list[str]) -> None:
    """Write `list.txt`; odd numbers are also in `trainval.txt`, even ones in `test.txt`."""
    lines = sorted(lines)
    parts: dict[str, list[str]] = {"list.txt": lines, "trainval.txt": [], "test.txt": []}
    for line in lines:
        even = int(line.split()[0].rsplit("_", 1)[1]) % 2 == 0
        parts["test.txt" if even else "trainval.txt"].append(line)
    for name, content in parts.items():
        (annotations / name).write_text("".join(f"{line}\n" for line in content))
