"""Traits of drawn pets: breeds, poses, coats, colours, keypoints."""

import numpy as np

from cvbook.datasets.oxford_pets import Species

#: Invented breeds and their species; cats are capitalized, as in the real data set.
BREEDS: dict[str, Species] = {
    "Spitzohr": "cat",
    "Rundkopf": "cat",
    "schlappohr": "dog",
    "langnase": "dog",
}
POSES = ("sit", "stand", "lie", "portrait")
PATTERNS = ("tabby", "spots", "patches", "plain", "ticked")

FUR = np.array(
    [
        (205, 128, 62),  # ginger
        (128, 128, 132),  # grey
        (48, 44, 44),  # black
        (224, 200, 164),  # cream
        (126, 88, 58),  # brown
        (232, 228, 222),  # white
        (86, 56, 40),  # chocolate
        (206, 164, 96),  # golden
    ],
    np.float32,
)
CAT_EYES = np.array([(150, 170, 60), (196, 160, 50), (96, 150, 190), (110, 150, 90)])
DOG_EYES = np.array([(74, 46, 28), (96, 60, 30), (50, 34, 26), (120, 90, 50)])
PINK = np.array([214, 150, 145], np.float32)

#: Which keypoints a skeleton joins.
SKELETON = (
    ("nose", "left_eye"),
    ("nose", "right_eye"),
    ("left_eye", "left_ear"),
    ("right_eye", "right_ear"),
    ("nose", "neck"),
    ("neck", "front_left_paw"),
    ("neck", "front_right_paw"),
    ("neck", "tail_base"),
    ("tail_base", "back_left_paw"),
    ("tail_base", "back_right_paw"),
    ("tail_base", "tail_tip"),
)
