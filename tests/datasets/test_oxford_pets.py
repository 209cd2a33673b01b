"""The reader of the Oxford-IIIT layout, on real photographs with their warts and on broken ones."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cvbook.datasets import drawn, oxford_pets

SAMPLE = Path(__file__).parents[3] / "shared/data/oxford-iiit-pet-sample"
needs_sample = pytest.mark.skipif(not SAMPLE.is_dir(), reason=f"no photographs in {SAMPLE}")


@pytest.fixture(scope="module")
def photographs():
    return oxford_pets.read(SAMPLE)


@needs_sample
def test_all_480_photographs_are_read(photographs):
    records = photographs.records
    assert len(records) == 480
    assert photographs.breeds == ("Abyssinian", "Bengal", "american_bulldog")
    for record in records:
        image = oxford_pets.read_image(record.image_path)
        trimap = oxford_pets.read_trimap(record.trimap_path, image.shape[:2])
        assert image.dtype == trimap.dtype == np.uint8
        assert set(np.unique(trimap)) <= {1, 2, 3}
        if record.head_box:
            xmin, ymin, xmax, ymax = record.head_box
            assert 0 <= xmin < xmax <= image.shape[1]
            assert 0 <= ymin < ymax <= image.shape[0]


@needs_sample
def test_a_gif_and_a_transparent_png_named_jpg_are_read(photographs):
    by_name = {record.name: record for record in photographs.records}
    for name, kind in (("Abyssinian_34", "GIF"), ("Abyssinian_5", "PNG")):
        with Image.open(by_name[name].image_path) as image:
            assert image.format == kind
            size = image.size
        assert oxford_pets.read_image(by_name[name].image_path).shape == (size[1], size[0], 3)


@needs_sample
def test_pictures_without_a_list_entry_or_a_head_box_are_kept(photographs):
    listed = (SAMPLE / "annotations/list.txt").read_text().split()
    unlisted = [record for record in photographs.records if record.name not in listed]
    assert unlisted
    for record in unlisted:
        assert record.species == ("cat" if record.name[0].isupper() else "dog")
    assert any(record.head_box is None for record in photographs.records)


@needs_sample
def test_species_and_splits_are_those_of_the_lists(photographs):
    columns = [line.split() for line in (SAMPLE / "annotations/list.txt").read_text().splitlines()]
    species = {line[0]: {"1": "cat", "2": "dog"}[line[2]] for line in columns if line[0] != "#"}
    for record in photographs.records:
        assert record.species == species.get(record.name, record.species)
    trainval, test = photographs.official_split()
    assert (len(trainval), len(test)) == (246, 232)
    assert not {r.name for r in trainval} & {r.name for r in test}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CVBOOK_QUIET", "1")
    drawn.write(tmp_path / "pets", 4, size=48, processes=1)
    return tmp_path / "pets"


def first_files(folder):
    record = oxford_pets.read(folder).records[0]
    return record.image_path, record.trimap_path


def test_stray_files_are_passed_over(folder):
    (folder / "images/._Rundkopf_1.jpg").write_bytes(b"x")
    (folder / "images/Rundkopf_1.mat").write_bytes(b"x")
    (folder / "annotations/trimaps/._Rundkopf_1.png").write_bytes(b"x")
    assert len(oxford_pets.read(folder).records) == 4


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(oxford_pets.DataError, match=r"nowhere.*fetch oxford-pets"):
        oxford_pets.read(tmp_path / "nowhere")


def test_an_empty_data_set_is_told(folder):
    for path in (folder / "images").iterdir():
        path.unlink()
    with pytest.raises(oxford_pets.DataError, match=r"images holds no \.jpg"):
        oxford_pets.read(folder)


def test_a_missing_picture_is_named(folder):
    image_path, _ = first_files(folder)
    image_path.unlink()
    with pytest.raises(oxford_pets.DataError, match=f"missing picture.*{image_path.name}"):
        oxford_pets.read(folder)


def test_a_missing_trimap_is_named(folder):
    _, trimap_path = first_files(folder)
    trimap_path.unlink()
    with pytest.raises(oxford_pets.DataError, match=f"missing trimap.*{trimap_path.name}"):
        oxford_pets.read(folder)


def test_a_missing_official_list_is_named(folder):
    (folder / "annotations/test.txt").unlink()
    with pytest.raises(oxford_pets.DataError, match=r"missing list.*test\.txt"):
        oxford_pets.read(folder).official_split()


@pytest.mark.parametrize("content", [b"", b"no picture", "half"])
def test_a_corrupt_picture_is_named(folder, content):
    image_path, _ = first_files(folder)
    whole = image_path.read_bytes()
    image_path.write_bytes(whole[: len(whole) // 2] if content == "half" else content)
    with pytest.raises(oxford_pets.DataError, match=f"corrupt picture.*{image_path.name}"):
        oxford_pets.read_image(image_path)


def test_a_picture_gone_since_is_named(folder):
    image_path, _ = first_files(folder)
    image_path.unlink()
    with pytest.raises(oxford_pets.DataError, match=f"missing picture.*{image_path.name}"):
        oxford_pets.read_image(image_path)


def test_a_corrupt_trimap_is_named(folder):
    _, trimap_path = first_files(folder)
    trimap_path.write_bytes(b"no picture")
    with pytest.raises(oxford_pets.DataError, match=f"corrupt trimap.*{trimap_path.name}"):
        oxford_pets.read_trimap(trimap_path)


def test_a_trimap_of_another_size_is_named(folder):
    _, trimap_path = first_files(folder)
    with pytest.raises(oxford_pets.DataError, match=rf"another size.*{trimap_path.name}.*\(5, 6\)"):
        oxford_pets.read_trimap(trimap_path, (5, 6))


@pytest.mark.parametrize("value", [0, 4, 255])
def test_a_strange_value_in_a_trimap_is_named(folder, value):
    _, trimap_path = first_files(folder)
    Image.fromarray(np.full((4, 4), value, np.uint8)).save(trimap_path)
    with pytest.raises(
        oxford_pets.DataError, match=f"{trimap_path.name}: {value} is not 1, 2 or 3"
    ):
        oxford_pets.read_trimap(trimap_path)


def test_a_colour_trimap_is_named(folder):
    _, trimap_path = first_files(folder)
    Image.fromarray(np.ones((4, 4, 3), np.uint8)).save(trimap_path)
    with pytest.raises(oxford_pets.DataError, match=trimap_path.name):
        oxford_pets.read_trimap(trimap_path)


@pytest.mark.parametrize("content", ["<annotation>", "<a><object><bndbox/></object></a>"])
def test_an_unreadable_head_box_is_named(folder, content):
    path = next((folder / "annotations/xmls").iterdir())
    path.write_text(content)
    with pytest.raises(oxford_pets.DataError, match=f"unreadable head box.*{path.name}"):
        oxford_pets.read(folder)


def test_a_data_set_without_any_trimaps_has_none(folder):
    shutil.rmtree(folder / "annotations/trimaps")
    assert all(record.trimap_path is None for record in oxford_pets.read(folder).records)
