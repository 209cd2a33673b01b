"""Scenes from the user's cache, and what is cut out of them."""

import numpy as np
import pytest

from cvbook.datasets import (
    KEYPOINTS,
    crop_square,
    drawn,
    keypoint_arrays,
    load_scenes,
    scenes,
    square_around,
)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(scenes, "user_cache_path", lambda name: tmp_path)
    return tmp_path


def fields(scene):
    pets = [(pet.box, pet.keypoints, pet.species, pet.head_angles) for pet in scene.pets]
    return scene.tags, pets, [(thing.name, thing.box) for thing in scene.objects]


@pytest.mark.slow
def test_scenes_are_those_that_draw_scene_draws_at_first_use_and_from_the_cache(cache):
    expected = [drawn.draw_scene(3, index, size=64) for index in range(3)]
    for loaded in (load_scenes(3, seed=3, size=64), load_scenes(3, seed=3, size=64)):
        for one, other in zip(loaded, expected, strict=True):
            np.testing.assert_array_equal(one.image, other.image)
            np.testing.assert_array_equal(one.semantic, other.semantic)
            np.testing.assert_array_equal(one.instances, other.instances)
            assert fields(one) == fields(other)


@pytest.mark.slow
def test_scenes_are_drawn_once(cache):
    load_scenes(2, size=64)
    (stored,) = cache.iterdir()
    before = stored.stat().st_mtime_ns
    load_scenes(2, size=64)
    assert stored.stat().st_mtime_ns == before
    load_scenes(2, seed=5, size=64)
    assert len(list(cache.iterdir())) == 2


def test_a_square_around_a_box_has_its_centre_and_its_longer_side():
    center, side = square_around((10, 20, 50, 40), margin=1.5)
    np.testing.assert_allclose(center, (30, 30))
    assert side == pytest.approx(60)


def test_a_crop_at_the_pictures_own_scale_is_a_slice_and_black_outside():
    image = np.random.default_rng(0).integers(1, 255, (40, 60, 3), dtype=np.uint8)
    np.testing.assert_array_equal(crop_square(image, (30, 20), 16, 16), image[12:28, 22:38])
    assert not crop_square(image, (-40, 20), 16, 16).any()


def test_keypoints_are_those_of_the_drawing_in_a_fixed_order():
    scene = drawn.draw_scene(1, 5, size=64)
    assert {name for pair in drawn.SKELETON for name in pair} == set(KEYPOINTS)
    for pet in scene.pets:
        points, visible = keypoint_arrays(pet)
        for name, point, seen in zip(KEYPOINTS, points, visible, strict=True):
            assert (*point, seen) == pet.keypoints.get(name, (0, 0, False))
