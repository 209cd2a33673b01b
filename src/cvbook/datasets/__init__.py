"""Data sets of the book, real and drawn, in the Oxford-IIIT Pet layout, and their pipelines."""

from cvbook.datasets.location import load, load_drawn
from cvbook.datasets.oxford_pets import DataError, PetDataset, Record, read, read_image, read_trimap
from cvbook.datasets.pipelines import cats_dogs, segmentation, split
from cvbook.datasets.scenes import (
    KEYPOINTS,
    crop_square,
    keypoint_arrays,
    load_scenes,
    square_around,
)

__all__ = [
    "KEYPOINTS",
    "DataError",
    "PetDataset",
    "Record",
    "cats_dogs",
    "crop_square",
    "keypoint_arrays",
    "load",
    "load_drawn",
    "load_scenes",
    "read",
    "read_image",
    "read_trimap",
    "segmentation",
    "split",
    "square_around",
]
