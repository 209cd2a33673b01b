"""Batches against the files they come from."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from cvbook.datasets import drawn, oxford_pets, pipelines


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    root = tmp_path_factory.mktemp("data") / "pets"
    drawn.write(root, 40, size=48, processes=1)
    return oxford_pets.read(root).records


def test_the_split_keeps_the_share_of_every_breed(records):
    train, validation = pipelines.split(records, 0.3, seed=1)
    assert len(train) + len(validation) == 40
    assert not {r.name for r in train} & {r.name for r in validation}
    assert set(Counter(r.breed for r in validation).values()) == {3}


def test_the_split_follows_the_seed_not_the_order(records):
    first = pipelines.split(records, seed=1)
    assert pipelines.split(reversed(records), seed=1) == first
    assert pipelines.split(records, seed=2) != first


@pytest.mark.parametrize("fraction", [0, 1, -0.1, 1.5])
def test_a_fraction_that_leaves_nothing_is_refused(records, fraction):
    with pytest.raises(ValueError, match=f"fraction {fraction}"):
        pipelines.split(records, fraction)


def test_reading_and_drawing_do_not_import_tensorflow():
    code = "import sys, cvbook.datasets.drawn; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
class TestBatches:
    def test_pictures_of_other_formats_named_jpg_give_their_first_frame_in_rgb(self, photographs):
        kinds = {}
        for record in oxford_pets.read(photographs).records:
            with Image.open(record.image_path) as image:
                kinds.setdefault(image.format, (record, np.asarray(image.convert("RGB"))))
        assert {"GIF", "PNG"} <= kinds.keys()
        for record, expected in kinds.values():
            images, targets = next(iter(pipelines.segmentation([record], expected.shape[:2], 1)))
            np.testing.assert_array_equal(images[0], expected)
            with Image.open(record.trimap_path) as trimap:
                np.testing.assert_array_equal(targets[0, ..., 0], np.asarray(trimap) - 1)

    def test_segmentation_batches(self, records):
        batches = list(pipelines.segmentation(records, (24, 32), 16))
        images, targets = batches[0]
        assert images.shape == (16, 24, 32, 3)
        assert targets.shape == (16, 24, 32, 1)
        assert images.dtype == targets.dtype == "uint8"
        assert sum(len(x) for x, _ in batches) == 40
        values = set(np.unique(np.concatenate([y for _, y in batches])))
        assert values == {0, 1, 2}

    def test_targets_are_the_trimaps_nearest_pixels(self, records):
        record = records[0]
        trimap = oxford_pets.read_trimap(record.trimap_path)
        height, width = trimap.shape
        _, targets = next(iter(pipelines.segmentation([record], (height, width), 1)))
        np.testing.assert_array_equal(targets[0, ..., 0], trimap - 1)
        _, halved = next(iter(pipelines.segmentation([record], (height // 2, width // 2), 1)))
        near = np.stack(
            [trimap[i::2, j::2][: height // 2, : width // 2] for i in (0, 1) for j in (0, 1)]
        )
        assert (near - 1 == halved.numpy()[0, ..., 0]).any(0).mean() > 0.99

    def test_augmentation_moves_picture_and_target_together(self, records, tmp_path):
        """A picture whose colour is its target's value stays so, wherever the window lies."""
        values = (
            np.random.default_rng(0)
            .integers(1, 4, (4, 4))
            .astype("uint8")
            .repeat(24, 0)
            .repeat(24, 1)
        )
        Image.fromarray(values).save(tmp_path / "trimap.png")
        Image.fromarray((values[..., None] * 60).repeat(3, -1)).save(tmp_path / "image.png")
        record = replace(
            records[0], image_path=tmp_path / "image.png", trimap_path=tmp_path / "trimap.png"
        )
        batches = pipelines.segmentation([record] * 40, 64, 40, augment=True)
        images, targets = next(iter(batches))
        assert images.shape == (40, 64, 64, 3)
        assert targets.shape == (40, 64, 64, 1)
        agree = np.round(images.numpy()[..., 0] / 60) == targets.numpy()[..., 0] + 1
        assert agree.mean() > 0.9
        assert len({target.tobytes() for target in targets.numpy()}) > 20

    def test_augmentation_follows_the_seed_and_changes_each_epoch(self, records):
        def pictures(seed):
            batches = pipelines.segmentation(records, 16, 40, seed=seed, augment=True)
            return [next(iter(batches))[0].numpy().tobytes() for _ in range(2)]

        assert pictures(1) == pictures(1)
        assert pictures(1)[0] != pictures(1)[1]
        assert pictures(1) != pictures(2)

    def test_pictures_are_those_of_the_files(self, records):
        image = oxford_pets.read_image(records[3].image_path)
        images, _ = next(iter(pipelines.cats_dogs([records[3]], image.shape[:2], 1)))
        np.testing.assert_array_equal(images[0], image)

    def test_cats_are_0_and_dogs_1_in_the_records_order(self, records):
        targets = np.concatenate([y for _, y in pipelines.cats_dogs(records, 16, 16)])
        assert targets.shape == (40, 1)
        assert targets[:, 0].tolist() == [int(r.species == "dog") for r in records]

    def test_shuffling_follows_the_seed_and_changes_each_epoch(self, records):
        def order(seed):
            batches = pipelines.cats_dogs(records, 16, 40, shuffle=True, seed=seed)
            return [next(iter(batches))[0].numpy().tobytes() for _ in range(2)]

        assert order(1) == order(1)
        assert order(1) != order(2)
        assert order(1)[0] != order(1)[1]

    def test_a_corrupt_picture_is_named_where_the_batch_is_asked_for(self, records, tmp_path):
        import tensorflow as tf

        broken = tmp_path / "Broken_1.jpg"
        broken.write_bytes(b"no picture")
        record = oxford_pets.Record(
            "Broken_1", broken, records[0].trimap_path, None, "cat", "Broken"
        )
        with pytest.raises(tf.errors.OpError, match=r"Broken_1\.jpg"):
            list(pipelines.segmentation([record], 16, 1))

    def test_no_records_are_refused(self):
        with pytest.raises(oxford_pets.DataError, match="no pictures"):
            pipelines.cats_dogs([], 16, 1)
