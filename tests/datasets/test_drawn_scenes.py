"""Scenes of drawn pets: everything stands on one floor, in perspective, and is labelled exactly."""

import itertools

import numpy as np
import pytest
from scipy import ndimage

from cvbook.datasets import drawn

PAWS = ("front_left_paw", "front_right_paw", "back_left_paw", "back_right_paw")


@pytest.fixture(scope="module")
def scenes():
    return [drawn.draw_scene(5, index) for index in range(40)]


def everything(scene):
    """Mask and floor height of every pet and thing of a scene."""
    return [(pet.instance_mask, pet.floor_y) for pet in scene.pets] + [
        (thing.mask, thing.floor_y) for thing in scene.objects
    ]


def test_a_scenes_labels_agree(scenes):
    for scene in scenes:
        assert 2 <= len(scene.pets) <= 3
        assert scene.image.shape[:2] == scene.semantic.shape == scene.instances.shape
        for number, pet in enumerate(scene.pets, start=1):
            np.testing.assert_array_equal(scene.instances == number, pet.instance_mask)
            label = 1 + drawn.SEMANTIC_CLASSES.index(pet.species)
            assert (scene.semantic[pet.instance_mask] == label).all()
        for thing in scene.objects:
            label = 1 + drawn.SEMANTIC_CLASSES.index(thing.name)
            assert (scene.semantic[thing.mask] == label).all()
        assert sum(mask.astype(int) for mask, _ in everything(scene)).max() == 1
        labelled = sum(mask for mask, _ in everything(scene)).astype(bool)
        np.testing.assert_array_equal(scene.semantic > 0, labelled)


def test_a_box_touches_its_mask_on_every_side(scenes):
    for scene in scenes:
        for one in (*scene.pets, *scene.objects):
            mask = one.mask if isinstance(one, drawn.DrawnThing) else one.instance_mask
            xmin, ymin, xmax, ymax = one.box
            inside = mask[ymin:ymax, xmin:xmax]
            assert inside.sum() == mask.sum()
            for side in (inside[0], inside[-1], inside[:, 0], inside[:, -1]):
                assert side.any()


def test_tags_name_what_is_visible(scenes):
    for scene in scenes:
        seen = {pet.species for pet in scene.pets} | {thing.name for thing in scene.objects}
        assert seen == set(scene.tags[:-1])
        assert all(pet.tags == scene.tags for pet in scene.pets)
        for mask, _ in everything(scene):
            assert mask.sum() > 60


def test_instances_are_numbered_from_left_to_right(scenes):
    for scene in scenes:
        for ones in (scene.pets, scene.objects):
            middles = [one.box[0] + one.box[2] for one in ones]
            assert middles == sorted(middles)


def test_every_foot_and_base_is_below_the_floor_line(scenes):
    for scene in scenes:
        assert 0 < scene.floor_line < scene.image.shape[0]
        for pet in scene.pets:
            assert pet.floor_y > scene.floor_line
            paws = [pet.keypoints[name][1] for name in PAWS if name in pet.keypoints]
            assert len(paws) >= 3
            assert min(paws) > scene.floor_line
        for thing in scene.objects:
            assert thing.floor_y > scene.floor_line
            assert thing.box[3] > scene.floor_line


def test_the_floor_begins_at_the_floor_line(scenes):
    """In a room the floor line is where wall and floor meet: the steepest change down a picture."""
    rooms = [scene for scene in scenes if "room" in scene.tags]
    found = []
    for scene in rooms:
        grey = np.where(scene.semantic == 0, scene.image.mean(axis=2), np.nan)
        rows = np.nanmedian(grey, axis=1)
        change = np.abs(rows[6:] - rows[:-6])
        found.append(np.abs(np.nanargmax(change) + 3 - scene.floor_line) < 5)
    assert len(rooms) > 10
    assert np.mean(found) > 0.7


def test_nothing_floats_or_sinks(scenes):
    """The lowest pixel of what nothing hides is at the floor, or at the picture's edge."""
    checked = 0
    for scene in scenes:
        height = scene.image.shape[0]
        for mask, floor_y in everything(scene):
            around = scene.semantic[ndimage.binary_dilation(mask, np.ones((3, 3))) & ~mask]
            if around.any():
                continue
            checked += 1
            assert abs(drawn.mask_box(mask)[3] - min(floor_y, height)) < 6
    assert checked > 100


def test_a_pet_that_nothing_hides_is_of_one_piece(scenes):
    for scene in scenes:
        for pet in scene.pets:
            mask = pet.instance_mask
            near = ndimage.binary_dilation(mask, np.ones((3, 3)))
            cut = mask[0].any() or mask[-1].any() or mask[:, 0].any() or mask[:, -1].any()
            if not cut and not scene.semantic[near & ~mask].any():
                assert ndimage.label(near)[1] == 1


def test_a_shadow_touches_every_base(scenes):
    """Just below what stands, the floor is darker than a little farther down."""
    darker = []
    for scene in scenes:
        grey, height = scene.image.mean(axis=2), scene.image.shape[0]
        for mask, _ in everything(scene):
            _, _, _, ymax = drawn.mask_box(mask)
            columns = mask[ymax - 1]
            if ymax + 14 > height or (scene.semantic[ymax : ymax + 14, columns] > 0).any():
                continue
            darker.append(
                grey[ymax + 10 : ymax + 14, columns].mean() - grey[ymax : ymax + 2, columns].mean()
            )
    assert len(darker) > 80
    assert np.mean(np.array(darker) > 0) > 0.9


def test_of_two_sitting_pets_the_nearer_is_larger(scenes):
    def size(pet):
        paws = [pet.keypoints[name][1] for name in PAWS[:2]]
        return np.mean(paws) - pet.keypoints["neck"][1]

    pairs = 0
    for scene in scenes:
        sitting = [pet for pet in scene.pets if pet.pose == "sit"]
        for one, other in itertools.combinations(sitting, 2):
            pairs += 1
            assert (size(one) > size(other)) == (one.floor_y > other.floor_y)
    assert pairs > 10


def test_a_hidden_point_is_behind_something_nearer(scenes):
    hidden = 0
    for scene in scenes:
        height, width = scene.semantic.shape
        for pet in scene.pets:
            nearer = [mask for mask, floor_y in everything(scene) if floor_y > pet.floor_y]
            cover = np.any([np.zeros((height, width), bool), *nearer], axis=0)
            around = ndimage.binary_dilation(cover, np.ones((3, 3)))
            for x, y, visible in pet.keypoints.values():
                if 0 <= x < width and 0 <= y < height:
                    hidden += not visible
                    assert visible or around[int(y), int(x)]
    assert hidden > 20


def test_every_head_can_be_seen(scenes):
    for scene in scenes:
        for pet in scene.pets:
            xmin, ymin, xmax, ymax = pet.head_box
            assert pet.instance_mask[ymin:ymax, xmin:xmax].mean() > 0.35
            assert sum(pet.keypoints[name][2] for name in ("left_eye", "right_eye", "nose")) >= 2


def test_a_scene_too_small_is_refused():
    with pytest.raises(ValueError, match="at least 64"):
        drawn.draw_scene(0, 0, size=32)
