"""The drawn pets: deterministic, well labelled, told apart by shape only."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from cvbook.datasets import drawn, oxford_pets


@pytest.fixture(scope="module")
def some_pets():
    return [drawn.draw_pet(5, index) for index in range(48)]


@pytest.fixture(scope="module")
def scenes():
    return [drawn.draw_scene(5, index) for index in range(8)]


def bytes_below(folder):
    paths = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in paths}


def test_the_same_seed_gives_the_same_bytes_whatever_the_processes(tmp_path, monkeypatch):
    monkeypatch.setenv("CVBOOK_QUIET", "1")
    drawn.write(tmp_path / "one", 16, size=64, seed=3, processes=1)
    drawn.write(tmp_path / "two", 16, size=64, seed=3, processes=2)
    assert bytes_below(tmp_path / "one") == bytes_below(tmp_path / "two")


def test_pictures_differ_from_version_2_only_where_the_version_does(some_pets, scenes):
    """Cached data sets and stored outputs of the book show version 2."""
    assert drawn.VERSION == 2
    digest = hashlib.sha256()
    for pet in some_pets:
        digest.update(pet.image.tobytes() + pet.trimap.tobytes())
    for scene in scenes:
        digest.update(scene.image.tobytes() + scene.semantic.tobytes() + scene.instances.tobytes())
    assert digest.hexdigest() == "4090205cb3bd8d184b10ea30b2bbf117d0ee56d1d80e23eee10ede0212827820"


def test_pictures_of_one_pet_are_those_of_version_1(some_pets):
    """Most chapters train on them: only their trimaps' border and the scenes have changed."""
    digest = hashlib.sha256(b"".join(pet.image.tobytes() for pet in some_pets))
    assert digest.hexdigest() == "62254762963fa7eb88b37a05ecefb21809dd36f9a22ad74b9feaf6ddc802266b"


def test_another_seed_gives_another_picture():
    first, second = drawn.draw_pet(1, 0), drawn.draw_pet(2, 0)
    assert first.image.shape != second.image.shape or (first.image != second.image).any()


def test_every_label_fits_the_picture(some_pets):
    for pet in some_pets:
        height, width, channels = pet.image.shape
        assert max(height, width) == 128
        assert channels == 3
        assert pet.image.dtype == np.uint8
        assert pet.trimap.shape == pet.instance_mask.shape == (height, width)
        assert set(np.unique(pet.trimap)) <= {1, 2, 3}
        xmin, ymin, xmax, ymax = pet.head_box
        assert 0 <= xmin < xmax <= width
        assert 0 <= ymin < ymax <= height
        assert set(pet.tags) <= set(drawn.TAGS)
        assert pet.species in pet.tags


def test_the_trimap_is_the_mask_with_a_border_between(some_pets):
    for pet in some_pets:
        assert pet.instance_mask[pet.trimap == 1].all()
        assert not pet.instance_mask[pet.trimap == 2].any()
        body, background = pet.trimap == 1, pet.trimap == 2
        assert not (body[:, 1:] & background[:, :-1]).any()
        assert not (body[:, :-1] & background[:, 1:]).any()
        assert not (body[1:] & background[:-1]).any()
        assert not (body[:-1] & background[1:]).any()


def test_the_border_takes_the_share_of_real_trimaps(some_pets):
    """0.124 of a picture on 480 photographs of Oxford-IIIT Pet, the middle half 0.09–0.15."""
    shares = [np.mean(pet.trimap == 3) for pet in some_pets]
    assert 0.10 < np.mean(shares) < 0.13
    assert 0.08 < np.quantile(shares, 0.25) < np.quantile(shares, 0.75) < 0.16


def test_the_face_lies_in_the_head_box_and_on_the_animal(some_pets):
    for pet in some_pets:
        xmin, ymin, xmax, ymax = pet.head_box
        for name in ("left_eye", "right_eye", "nose"):
            x, y, visible = pet.keypoints[name]
            if visible:
                assert xmin - 2 <= x <= xmax + 2
                assert ymin - 2 <= y <= ymax + 2
                assert pet.instance_mask[int(y), int(x)]


def test_left_and_right_are_the_pictures(some_pets):
    for pet in some_pets:
        assert pet.keypoints["left_eye"][0] <= pet.keypoints["right_eye"][0]


def test_a_point_outside_the_picture_is_not_visible(some_pets):
    outside = 0
    for pet in some_pets:
        height, width = pet.trimap.shape
        for x, y, visible in pet.keypoints.values():
            if not (0 <= x < width and 0 <= y < height):
                outside += 1
                assert not visible
    assert outside > 0


def test_the_skeleton_joins_points_that_are_there(some_pets):
    for pet in some_pets:
        assert pet.skeleton
        assert all(a in pet.keypoints and b in pet.keypoints for a, b in pet.skeleton)


def test_a_head_turned_to_the_right_has_its_nose_to_the_right(some_pets):
    yaw, shift = [], []
    for pet in some_pets:
        left, right, nose = (pet.keypoints[n][0] for n in ("left_eye", "right_eye", "nose"))
        yaw.append(pet.head_angles[0])
        shift.append((nose - (left + right) / 2) / (right - left))
    assert np.corrcoef(yaw, shift)[0, 1] > 0.7


def test_a_written_data_set_is_read_back(tmp_path, monkeypatch):
    monkeypatch.setenv("CVBOOK_QUIET", "1")
    drawn.write(tmp_path / "pets", 12, size=64, seed=1, processes=1)
    dataset = oxford_pets.read(tmp_path / "pets")
    assert len(dataset.records) == 12
    assert dataset.breeds == tuple(sorted(drawn.BREEDS))
    trainval, test = dataset.official_split()
    assert len(trainval) + len(test) == 12
    for record in dataset.records:
        index = (int(record.name.rsplit("_", 1)[1]) - 1) * 4 + list(drawn.BREEDS).index(
            record.breed
        )
        pet = drawn.draw_pet(1, index, 64)
        assert record.species == pet.species
        assert record.head_box == pet.head_box
        np.testing.assert_array_equal(oxford_pets.read_trimap(record.trimap_path), pet.trimap)
        image = oxford_pets.read_image(record.image_path).astype(int)
        assert np.abs(image - pet.image).mean() < 8  # JPEG
        labels = json.loads(record.labels_path.read_text())
        mask = drawn.from_run_lengths(labels["instance_mask"], pet.trimap.shape)
        np.testing.assert_array_equal(mask, pet.instance_mask)
        assert labels["keypoints"].keys() == pet.keypoints.keys()
        np.testing.assert_allclose(labels["head_angles"], pet.head_angles, atol=0.01)
        assert tuple(labels["tags"]) == pet.tags


@pytest.mark.parametrize("first", [True, False])
def test_run_lengths_round_trip(first):
    mask = np.random.default_rng(0).random((7, 5)) > 0.5
    mask[0, 0] = first
    np.testing.assert_array_equal(drawn.from_run_lengths(drawn.run_lengths(mask), (7, 5)), mask)


def test_ctrl_c_while_drawing_leaves_nothing(tmp_path):
    command = [sys.executable, "-m", "cvbook.cli", "data", "draw", str(tmp_path / "pets")]
    environment = {name: value for name, value in os.environ.items() if name != "CVBOOK_QUIET"}
    with subprocess.Popen(
        [*command, "--count=4000", "--size=64"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a terminal sends Ctrl-C to the workers too
    ) as user:
        try:
            bar = ""
            while not re.search(r" [1-9]\d*/4000", bar):  # the first picture is drawn
                letter = user.stderr.read(1)
                assert letter, bar
                bar += letter
            os.killpg(user.pid, signal.SIGINT)
            _, printed = user.communicate(timeout=60)
        finally:
            user.kill()
    assert user.returncode == 130
    assert "interrupted" in printed
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "pets").mkdir()
    with pytest.raises(FileExistsError, match="remove it or name another"):
        drawn.write(tmp_path / "pets", 4)


def test_a_picture_too_small_is_refused():
    with pytest.raises(ValueError, match="at least 32"):
        drawn.draw_pet(0, 0, size=16)


@pytest.fixture(scope="module")
def thousand():
    many = [drawn.draw_pet(11, index, size=64) for index in range(1000)]
    target = np.array([pet.species == "dog" for pet in many])
    return many, target


def accuracy(features, target):
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from threadpoolctl import threadpool_limits

    best = 0.0
    for strength in (1e-4, 1e-2, 1):
        model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=300))
        with threadpool_limits(1):  # more threads wait for each other on so small matrices
            best = max(best, cross_val_score(model, np.array(features), target, cv=5).mean())
    return best


@pytest.mark.slow
@pytest.mark.drawn(turn=0)
def test_a_linear_model_on_raw_pixels_stays_under_75_percent(thousand):
    many, target = thousand
    small = [np.asarray(Image.fromarray(pet.image).resize((32, 32))).ravel() for pet in many]
    assert accuracy(small, target) < 0.75


@pytest.mark.slow
def test_neither_colour_nor_size_nor_place_tells_cats_from_dogs(thousand):
    many, target = thousand

    def colors(pet):
        return np.histogramdd(pet.image.reshape(-1, 3), bins=4, range=[(0, 256)] * 3)[0].ravel()

    def fur(pet):
        return np.histogramdd(pet.image[pet.trimap == 1], bins=4, range=[(0, 256)] * 3)[0].ravel()

    def size(pet):
        xmin, ymin, xmax, ymax = pet.box
        return [
            pet.instance_mask.mean(),
            (xmax - xmin) / pet.image.shape[1],
            (ymax - ymin) / pet.image.shape[0],
            *pet.image.shape[:2],
        ]

    def place(pet):
        return [tag in pet.tags for tag in drawn.TAGS[2:]]

    for features in (colors, fur, size, place):
        assert accuracy([features(pet) for pet in many], target) < 0.75, features.__name__
