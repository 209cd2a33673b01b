"""The pictures of the book: real ones and drawn ones, in one layout on disk."""

from cvbook.datasets.location import load
from cvbook.datasets.oxford_pets import DataError, PetDataset, Record, read, read_image, read_trimap
from cvbook.datasets.pipelines import cats_dogs, segmentation, split

__all__ = [
    "DataError",
    "PetDataset",
    "Record",
    "cats_dogs",
    "load",
    "read",
    "read_image",
    "read_trimap",
    "segmentation",
    "split",
]
