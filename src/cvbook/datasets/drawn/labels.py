"""Labels of drawn pictures: masks, boxes, keypoints, tags."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy.ndimage import maximum_filter, minimum_filter, uniform_filter

from cvbook.datasets.drawn.animal import Animal
from cvbook.datasets.drawn.backgrounds import PLACES, THINGS
from cvbook.datasets.drawn.canvas import SUPERSAMPLING
from cvbook.datasets.drawn.pixels import Array
from cvbook.datasets.drawn.traits import BREEDS, SKELETON
from cvbook.datasets.oxford_pets import Species

#: Every tag that a picture can have.
TAGS = ("cat", "dog", *THINGS, *PLACES)

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
        Visible species and things, and the place, out of `TAGS`.
    floor_y : float or None
        Height at which it stands on a scene's floor, in pixels: what is nearer stands lower. None
        in a picture of its own.
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
    floor_y: float | None = None

    @property
    def box(self) -> Box:
        """Box around the visible pixels, the last ones exclusive."""
        return mask_box(self.instance_mask)


@dataclass(frozen=True)
class Cover:
    """Everything that occludes an animal.

    Attributes
    ----------
    alpha : float32 array, (canvas height, canvas width)
        Its opacity.
    mask : bool array, (height, width)
        The pixels of the picture that belong to it.
    """

    alpha: Array
    mask: Array


def mask_box(mask: Array) -> Box:
    """Bounding box `(xmin, ymin, xmax, ymax)` of a mask, the last ones exclusive.

    Parameters
    ----------
    mask : bool array, (height, width)

    Returns
    -------
    (int, int, int, int)
        In pixels.

    Raises
    ------
    ValueError
        If no pixel is true.
    """
    if not mask.any():
        raise ValueError("an empty mask has no box")
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def run_lengths(mask: Array) -> list[int]:
    """Run-length encoding of a mask, false first (COCO's uncompressed coding, row by row).

    Parameters
    ----------
    mask : bool array, (height, width)

    Returns
    -------
    list of int
        Lengths of the runs of the flattened mask; they alternate between false and true.
    """
    flat = np.concatenate([[False], mask.ravel(), [not mask.ravel()[-1]]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    return [int(length) for length in np.diff(edges, prepend=0)]


def from_run_lengths(lengths: list[int], shape: tuple[int, int]) -> Array:
    """Decode a mask from its run lengths.

    Parameters
    ----------
    lengths : list of int
    shape : (int, int)
        Height and width of the mask.

    Returns
    -------
    bool array, `shape`
    """
    values = np.arange(len(lengths)) % 2 == 1
    return np.repeat(values, lengths).reshape(shape)


def shrink(field: Array, width: int, height: int) -> Array:
    """Average a canvas's values over each pixel of the picture.

    Parameters
    ----------
    field : float32 array, (canvas height, canvas width)
    width, height : int
        Size of the picture.

    Returns
    -------
    float32 array, (height, width)
    """
    image = Image.fromarray(field)
    return np.asarray(image.resize((width, height), Image.Resampling.BOX))


def picture_tags(species: list[Species], things: list[str], place: str) -> tuple[str, ...]:
    """Tags of a picture, in the order of `TAGS`.

    Parameters
    ----------
    species : list of {"cat", "dog"}
    things : list of str
        Visible things, of `backgrounds.THINGS`.
    place : str
        One of `backgrounds.PLACES`.

    Returns
    -------
    tuple of str
    """
    present = {*species, *things, place}
    return tuple(tag for tag in TAGS if tag in present)


def label(
    animal: Animal, image: Array, alpha: Array, cover: Cover, tags: tuple[str, ...]
) -> DrawnPet:
    """Label a drawn animal.

    Parameters
    ----------
    animal : Animal
        Drawn already.
    image : uint8 array, (height, width, 3)
        The finished picture.
    alpha : float32 array, (canvas height, canvas width)
        The animal's opacity.
    cover : Cover
        What occludes it.
    tags : tuple of str
        Of the picture.

    Returns
    -------
    DrawnPet
    """
    height, width = image.shape[:2]
    visible = shrink(alpha * (1 - cover.alpha), width, height) > 0.43
    smoothed = uniform_filter(visible.astype(np.float32), 5, mode="nearest") > 0.5  # the median
    mask = smoothed & ~cover.mask
    border = int(np.clip(round(animal.frame.scale / SUPERSAMPLING * 0.037), 1, 3)) * 2 + 1
    trimap = np.where(maximum_filter(mask, border), 3, 2).astype(np.uint8)
    trimap[minimum_filter(mask, border)] = 1
    head = shrink(animal.head_mask * (1 - cover.alpha), width, height) > 0.43
    keypoints = {}
    for name, point in animal.keypoints.items():
        x, y = (float(v) / SUPERSAMPLING for v in point)
        inside = 0 <= x < width and 0 <= y < height
        hidden = inside and cover.alpha[int(y * SUPERSAMPLING), int(x * SUPERSAMPLING)] > 0.5
        keypoints[name] = (x, y, bool(inside and not hidden))
    return DrawnPet(
        image=image,
        trimap=trimap,
        instance_mask=mask,
        head_box=mask_box(head if head.any() else mask),
        keypoints=keypoints,
        skeleton=tuple(pair for pair in SKELETON if set(pair) <= keypoints.keys()),
        head_angles=animal.head_angles,
        species=BREEDS[animal.breed],
        breed=animal.breed,
        pose=animal.pose,
        tags=tags,
        floor_y=None if animal.floor is None else animal.floor / SUPERSAMPLING,
    )
