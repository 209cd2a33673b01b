"""The drawn pets: cats and dogs with every kind of label, in the Oxford-IIIT Pet layout.

Everything about a picture follows from `(seed, index)`, to the byte, whatever the number of
processes. Cats and dogs share coats, poses, sizes and places; only their shapes differ.
"""

import json
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from scipy.ndimage import maximum_filter, minimum_filter, uniform_filter
from tqdm.auto import tqdm

from cvbook.datasets.drawn.animal import BREEDS, FUR, PATTERNS, POSES, SKELETON, Animal
from cvbook.datasets.drawn.backgrounds import PAINTERS, PLACES, THINGS, any_color, draw_thing
from cvbook.datasets.drawn.canvas import Array, Canvas, Coat, Frame, soften, to_image
from cvbook.datasets.oxford_pets import Species

#: Raised whenever a picture would look different, so that cached pictures are drawn anew.
VERSION = 1

#: Every tag that a picture can have.
TAGS = ("cat", "dog", *THINGS, *PLACES)

_SUPERSAMPLING = 2

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class DrawnPet:
    """One animal of a picture, with its labels.

    Attributes
    ----------
    image : uint8 array, (height, width, 3)
        The picture.
    trimap : uint8 array, (height, width)
        1 body, 2 background, 3 border.
    instance_mask : bool array, (height, width)
        The visible pixels of the animal.
    head_box : (int, int, int, int)
        `(xmin, ymin, xmax, ymax)` in pixels, the last ones exclusive.
    keypoints : dict of str to (float, float, bool)
        x, y in pixels and whether the point is in the picture and not hidden. "left" is left in
        the picture. Points that the pose does not show are missing.
    skeleton : tuple of (str, str)
        Which keypoints are joined.
    head_angles : (float, float, float)
        Yaw, pitch, roll in degrees; positive to the right, down and clockwise in the picture.
    species : {"cat", "dog"}
    breed, pose : str
    tags : tuple of str
        What is to be seen, out of `TAGS`.
    """

    image: Array
    trimap: Array
    instance_mask: Array
    head_box: Box
    keypoints: dict[str, tuple[float, float, bool]]
    skeleton: tuple[tuple[str, str], ...]
    head_angles: tuple[float, float, float]
    species: Species
    breed: str
    pose: str
    tags: tuple[str, ...]

    @property
    def box(self) -> Box:
        """Box around the visible pixels, the last ones exclusive."""
        return mask_box(self.instance_mask)


@dataclass(frozen=True)
class DrawnThing:
    """A thing of a scene.

    Attributes
    ----------
    name : str
        One of ball, box, plant, bowl, cushion.
    mask : bool array, (height, width)
        Its visible pixels.
    """

    name: str
    mask: Array

    @property
    def box(self) -> Box:
        """Box around the visible pixels, the last ones exclusive."""
        return mask_box(self.mask)


@dataclass(frozen=True)
class DrawnScene:
    """Several pets and things in one place.

    Attributes
    ----------
    image : uint8 array, (height, width, 3)
    pets : tuple of DrawnPet
        From back to front; their `image` is the scene's.
    objects : tuple of DrawnThing
        Those of which something is to be seen.
    tags : tuple of str
    semantic : uint8 array, (height, width)
        0 background, then 1 + the index in `SEMANTIC_CLASSES`.
    instances : uint8 array, (height, width)
        0 background, then 1 + the index of the pet.
    """

    image: Array
    pets: tuple[DrawnPet, ...]
    objects: tuple[DrawnThing, ...]
    tags: tuple[str, ...]
    semantic: Array
    instances: Array


#: Classes of a scene's semantic mask, after the background.
SEMANTIC_CLASSES = ("cat", "dog", *THINGS)


def mask_box(mask: Array) -> Box:
    """Box `(xmin, ymin, xmax, ymax)` around the true pixels, the last ones exclusive.

    Raises
    ------
    ValueError
        Where no pixel is true.
    """
    if not mask.any():
        raise ValueError("an empty mask has no box")
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


# ---- drawing -----------------------------------------------------------------------------------


def draw_pet(seed: int, index: int, size: int = 128) -> DrawnPet:
    """Draw one cat or dog.

    Parameters
    ----------
    seed, index : int
        Decide everything; the breed is `index` modulo 4.
    size : int
        The picture's longer side in pixels, at least 32.

    Returns
    -------
    DrawnPet
        The picture and its labels.

    Raises
    ------
    ValueError
        Where `size` is below 32.
    """
    if size < 32:
        raise ValueError(f"size {size}: must be at least 32 pixels")
    g = np.random.default_rng([seed, index])
    ratio = g.choice([1.0, 1.33, 0.75, 1.5, 0.8], p=[0.2, 0.35, 0.15, 0.15, 0.15])
    width, height = (size, int(size / ratio)) if ratio >= 1 else (int(size * ratio), size)
    big = width * _SUPERSAMPLING, height * _SUPERSAMPLING
    place = str(g.choice(PLACES, p=[0.38, 0.24, 0.2, 0.18]))
    pixels, things = _set_scene(g, place, *big, count=int(g.poisson(2.6)), blurred=True)
    canvas = Canvas(pixels, *_light(g))
    breed = list(BREEDS)[index % len(BREEDS)]
    pose = str(g.choice(POSES, p=[0.32, 0.26, 0.2, 0.22]))
    low, high = {
        "sit": (0.38, 0.58),
        "stand": (0.36, 0.58),
        "lie": (0.40, 0.62),
        "portrait": (0.55, 0.95),
    }[pose]
    level = {"sit": 0.48, "stand": 0.52, "lie": 0.58, "portrait": 0.55}[pose]
    origin = (big[0] * (0.5 + g.normal() * 0.08), big[1] * (level + g.normal() * 0.05))
    animal = _add_animal(g, canvas, breed, pose, min(big) * g.uniform(low, high), origin)
    image = _photograph(g, canvas.pixels, width, height)
    tags = _tags(
        [BREEDS[breed]], [name for name, mask in things if _seen(mask, canvas.alpha)], place
    )
    nothing = np.zeros_like(canvas.alpha), np.zeros(image.shape[:2], bool)
    return _label(animal, image, canvas.alpha, *nothing, tags)


def draw_scene(seed: int, index: int, size: int = 192) -> DrawnScene:
    """Draw a scene with two or three pets and two to four things, labelled in every way.

    Parameters
    ----------
    seed, index : int
        Decide everything.
    size : int
        The picture's width in pixels, at least 64; its height is three quarters of it.

    Raises
    ------
    ValueError
        Where `size` is below 64.
    """
    if size < 64:
        raise ValueError(f"size {size}: must be at least 64 pixels")
    g = np.random.default_rng([seed, index, 1])
    width, height = size, size * 3 // 4
    big = width * _SUPERSAMPLING, height * _SUPERSAMPLING
    place = str(g.choice(PLACES, p=[0.5, 0.3, 0.1, 0.1]))
    pixels, things = _set_scene(g, place, *big, count=int(g.integers(2, 5)), blurred=False)
    canvas = Canvas(pixels, *_light(g))
    count = int(g.integers(2, 4))
    columns = (np.arange(count) + 0.5 + g.uniform(-0.15, 0.15, count)) / count
    # Those further back are drawn first, higher up and smaller.
    animals, alphas = [], []
    for depth, column in enumerate(g.permutation(columns)):
        near = depth / max(1, count - 1)
        scale = big[1] * g.uniform(0.24, 0.29) * (0.85 + 0.3 * near)
        origin = big[0] * column, big[1] * (0.5 + 0.14 * near + g.normal() * 0.02)
        breed = str(g.choice(list(BREEDS)))
        pose = str(g.choice(POSES[:3]))
        animals.append(_add_animal(g, canvas, breed, pose, scale, origin))
        alphas.append(canvas.alpha)
    image = _photograph(g, canvas.pixels, width, height)
    visible = [name for name, mask in things if _seen(mask, np.max(alphas, axis=0))]
    tags = _tags([BREEDS[a.breed] for a in animals], visible, place)
    pets: tuple[DrawnPet, ...] = ()
    cover, taken = np.zeros_like(canvas.alpha), np.zeros((height, width), bool)
    for animal, alpha in zip(reversed(animals), reversed(alphas), strict=True):
        pet = _label(animal, image, alpha, cover, taken, tags)
        pets = (pet, *pets)
        cover, taken = np.maximum(cover, alpha), taken | pet.instance_mask
    semantic = np.zeros((height, width), np.uint8)
    instances = np.zeros((height, width), np.uint8)
    owner = np.zeros((height, width), np.uint8)
    for number, (name, mask) in enumerate(things, start=1):
        small = _shrink(mask.astype(np.float32), width, height) > 0.5
        owner[small] = number
        semantic[small] = 1 + SEMANTIC_CLASSES.index(name)
    for number, pet in enumerate(pets, start=1):
        owner[pet.instance_mask] = 0
        semantic[pet.instance_mask] = 1 + SEMANTIC_CLASSES.index(pet.species)
        instances[pet.instance_mask] = number
    objects = tuple(
        DrawnThing(name, owner == number)
        for number, (name, _) in enumerate(things, start=1)
        if (owner == number).sum() >= 9
    )
    return DrawnScene(image, pets, objects, tags, semantic, instances)


def _light(g: np.random.Generator) -> tuple[tuple[float, float], Array]:
    angle = g.uniform(-2.5, -0.6)
    tint = np.array([1 + g.normal() * 0.05, 1, 1 + g.normal() * 0.05]) * g.uniform(0.8, 1.15)
    return (float(np.cos(angle)), float(np.sin(angle))), tint


def _set_scene(
    g: np.random.Generator, place: str, width: int, height: int, count: int, blurred: bool
) -> tuple[Array, list[tuple[str, Array]]]:
    """A place with things in it, and the things' masks from back to front."""
    image = to_image(PAINTERS[place](g, width, height))
    draw = ImageDraw.Draw(image)
    things = []
    for _ in range(count):
        name = str(g.choice(THINGS))
        center = g.uniform(-0.02, 1.02) * width, g.uniform(0.25, 0.97) * height
        size = g.uniform(0.07, 0.18) * min(width, height)
        color = any_color(g, 40, 220, 0.45)
        dark, light = (tuple(int(v) for v in np.clip(color * k, 0, 255)) for k in (0.7, 1.25))
        fill = tuple(int(v) for v in color)
        state = g.bit_generator.state
        draw_thing(draw, g, name, center, size, fill, dark, light)
        g.bit_generator.state = state  # the mask is the same strokes in white
        mask = Image.new("L", (width, height))
        draw_thing(ImageDraw.Draw(mask), g, name, center, size, 255, 255, 255)
        things.append((name, np.asarray(mask) > 0))
    sigma = _SUPERSAMPLING * (g.uniform(0.3, 1.6) if blurred else 0.4)
    return soften(image, sigma), things


def _add_animal(
    g: np.random.Generator,
    canvas: Canvas,
    breed: str,
    pose: str,
    scale: float,
    origin: tuple[float, float],
) -> Animal:
    frame = Frame(scale, int(g.choice([-1, 1])), g.normal() * 0.07, origin)
    first, second = FUR[g.integers(len(FUR), size=2)]
    first = first * np.float32(g.uniform(0.85, 1.15))
    pattern = str(g.choice(PATTERNS, p=[0.24, 0.18, 0.25, 0.22, 0.11]))
    if pattern in ("tabby", "ticked") or (pattern == "spots" and g.random() < 0.6):
        second = first * np.float32(0.45)
    coat = Coat(g, canvas.width, canvas.height, scale, first, second, pattern)
    animal = Animal(g, canvas, breed, pose, frame, coat)
    animal.draw()
    return animal


def _photograph(g: np.random.Generator, pixels: Array, width: int, height: int) -> Array:
    """Vignette, exposure, a little blur, the final size, sensor noise."""
    big_height, big_width = pixels.shape[:2]
    y, x = np.ogrid[-1 : 1 : big_height * 1j, -1 : 1 : big_width * 1j]
    vignette = (1 - g.uniform(0, 0.25) * (x**2 + y**2)).astype(np.float32)
    gamma, sigma = g.uniform(0.85, 1.2), _SUPERSAMPLING * g.uniform(0.05, 0.55)
    curve = [round(255 * (v / 255) ** gamma) for v in range(256)] * 3
    image = to_image(pixels * vignette[..., None]).point(curve)
    image = image.filter(ImageFilter.GaussianBlur(sigma))
    image = image.resize((width, height), Image.Resampling.LANCZOS)
    grain = g.standard_normal((height, width, 1), np.float32) * np.float32(g.uniform(0.5, 4))
    return np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)


# ---- labels ------------------------------------------------------------------------------------


def _shrink(field: Array, width: int, height: int) -> Array:
    image = Image.fromarray(field)
    return np.asarray(image.resize((width, height), Image.Resampling.BOX))


def _seen(mask: Array, covered: Array) -> bool:
    """Whether at least a third of a thing, and more than a speck, is in the open."""
    open_pixels = (mask & (covered < 0.5)).sum()
    return bool(open_pixels > max(40, mask.sum() / 3))


def _tags(species: list[str], things: list[str], place: str) -> tuple[str, ...]:
    present = {*species, *things, place}
    return tuple(tag for tag in TAGS if tag in present)


def _label(
    animal: Animal, image: Array, alpha: Array, cover: Array, taken: Array, tags: tuple[str, ...]
) -> DrawnPet:
    """Labels of an animal with opacity `alpha`.

    `cover` is the opacity of what lies in front of it, `taken` the pixels that belong to that.
    """
    height, width = image.shape[:2]
    visible = _shrink(alpha * (1 - cover), width, height) > 0.43
    smoothed = uniform_filter(visible.astype(np.float32), 5, mode="nearest") > 0.5  # the median
    mask = smoothed & ~taken
    border = int(np.clip(round(animal.frame.scale / _SUPERSAMPLING * 0.055), 1, 4)) * 2 + 1
    trimap = np.where(maximum_filter(mask, border), 3, 2).astype(np.uint8)
    trimap[minimum_filter(mask, border)] = 1
    head = _shrink(animal.head_mask * (1 - cover), width, height) > 0.43
    keypoints = {}
    for name, point in animal.keypoints.items():
        x, y = (float(v) / _SUPERSAMPLING for v in point)
        inside = 0 <= x < width and 0 <= y < height
        hidden = inside and cover[int(y * _SUPERSAMPLING), int(x * _SUPERSAMPLING)] > 0.5
        keypoints[name] = (x, y, bool(inside and not hidden))
    return DrawnPet(
        image=image,
        trimap=trimap,
        instance_mask=mask,
        head_box=mask_box(head if head.any() else mask),
        keypoints=keypoints,
        skeleton=tuple(pair for pair in SKELETON if set(pair) <= keypoints.keys()),
        head_angles=animal.head_angles,
        species="cat" if BREEDS[animal.breed] == "cat" else "dog",
        breed=animal.breed,
        pose=animal.pose,
        tags=tags,
    )


# ---- the data set on disk ----------------------------------------------------------------------

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

    The folder appears when it is complete: an interrupt leaves nothing, and where two processes
    write the same folder, one of the two equal results stays.

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
        Where `root` is there already.
    """
    root = Path(root)
    if root.exists():
        raise FileExistsError(f"{root} exists already; remove it or name another folder")
    root.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=root.parent))
    try:
        for folder in ("images", "annotations/trimaps", "annotations/xmls", "annotations/labels"):
            (building / folder).mkdir(parents=True)
        jobs = [(building, seed, index, size) for index in range(count)]
        processes = min(processes or os.cpu_count() or 1, max(1, count // 8))
        with ExitStack() as stack:
            drawn: Iterator[str] = map(_write_one, jobs)
            if processes > 1:
                # Spawned, not forked: TensorFlow's threads do not survive a fork.
                pool = stack.enter_context(multiprocessing.get_context("spawn").Pool(processes))
                drawn = pool.imap(_write_one, jobs, chunksize=8)
            quiet = bool(os.environ.get("CVBOOK_QUIET"))
            bar = tqdm(drawn, "drawing pets", count, unit="picture", leave=False, disable=quiet)
            lines = list(bar)
        _write_lists(building / "annotations", lines)
        try:
            building.chmod(0o755)
            building.rename(root)
        except OSError:
            if not root.is_dir():  # else another process was faster
                raise
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _write_one(job: tuple[Path, int, int, int]) -> str:
    """Write one picture with its labels; returns its line of list.txt."""
    root, seed, index, size = job
    pet = draw_pet(seed, index, size)
    name = f"{pet.breed}_{index // len(BREEDS) + 1}"
    annotations = root / "annotations"
    Image.fromarray(pet.image).save(root / "images" / f"{name}.jpg", quality=92)
    Image.fromarray(pet.trimap).save(annotations / "trimaps" / f"{name}.png")
    height, width = pet.trimap.shape
    box = dict(zip(("xmin", "ymin", "xmax", "ymax"), pet.head_box, strict=True))
    xml = _XML.format(
        name=name, width=width, height=height, species=pet.species, pose=pet.pose, **box
    )
    (annotations / "xmls" / f"{name}.xml").write_text(xml)
    labels = {
        "keypoints": {k: [round(x, 2), round(y, 2), v] for k, (x, y, v) in pet.keypoints.items()},
        "skeleton": pet.skeleton,
        "head_angles": [round(angle, 2) for angle in pet.head_angles],
        "head_box": pet.head_box,
        "instance_mask": run_lengths(pet.instance_mask),
        "pose": pet.pose,
        "tags": pet.tags,
    }
    (annotations / "labels" / f"{name}.json").write_text(json.dumps(labels))
    breeds = list(BREEDS)
    same_species = [b for b in breeds if BREEDS[b] == BREEDS[pet.breed]]
    species = 1 if pet.species == "cat" else 2
    number = breeds.index(pet.breed) + 1
    return f"{name} {number} {species} {same_species.index(pet.breed) + 1}"


def _write_lists(annotations: Path, lines: list[str]) -> None:
    """`list.txt`, and its halves by the number in the name."""
    lines = sorted(lines)
    parts: dict[str, list[str]] = {"list.txt": lines, "trainval.txt": [], "test.txt": []}
    for line in lines:
        even = int(line.split()[0].rsplit("_", 1)[1]) % 2 == 0
        parts["test.txt" if even else "trainval.txt"].append(line)
    for name, content in parts.items():
        (annotations / name).write_text("".join(f"{line}\n" for line in content))


def run_lengths(mask: Array) -> list[int]:
    """Lengths of the runs of a flattened mask, false first (COCO's uncompressed coding)."""
    flat = np.concatenate([[False], mask.ravel(), [not mask.ravel()[-1]]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    return np.diff(edges, prepend=0).tolist()


def from_run_lengths(lengths: list[int], shape: tuple[int, int]) -> Array:
    """The mask that `run_lengths` coded: bool, `shape`."""
    values = np.arange(len(lengths)) % 2 == 1
    return np.repeat(values, lengths).reshape(shape)
