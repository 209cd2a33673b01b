"""Drawn pets: cats and dogs with every kind of label, in the Oxford-IIIT Pet layout.

A picture is determined by `(seed, index)`, byte for byte, whatever the number of processes.
Cats and dogs share coats, poses, sizes and places; only their shapes differ.
"""

from cvbook.datasets.drawn.export import write
from cvbook.datasets.drawn.labels import TAGS, DrawnPet, from_run_lengths, mask_box, run_lengths
from cvbook.datasets.drawn.pet import draw_pet
from cvbook.datasets.drawn.scene import SEMANTIC_CLASSES, DrawnScene, DrawnThing, draw_scene
from cvbook.datasets.drawn.traits import BREEDS, SKELETON

#: Increased whenever a picture would look different, so that cached pictures are drawn anew.
VERSION = 2

__all__ = [
    "BREEDS",
    "SEMANTIC_CLASSES",
    "SKELETON",
    "TAGS",
    "VERSION",
    "DrawnPet",
    "DrawnScene",
    "DrawnThing",
    "draw_pet",
    "draw_scene",
    "from_run_lengths",
    "mask_box",
    "run_lengths",
    "write",
]
