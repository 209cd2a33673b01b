"""Scenes from the user's cache."""

import numpy as np
import pytest

from cvbook.datasets import drawn, load_scenes, scenes


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
