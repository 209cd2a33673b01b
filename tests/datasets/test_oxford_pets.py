"""The reader of the Oxford-IIIT layout, on photographs with their warts and on broken folders."""

import shutil

import numpy as np
import pytest
from PIL import Image

from cvbook.datasets import drawn, oxford_pets


def listed(root, name):
    """Lines of a list of the layout, read independently: name → other columns."""
    lines = (root / "annotations" / name).read_text().splitlines()
    return {line.split()[0]: line.split()[1:] for line in lines if line and line[0] != "#"}


def test_every_photograph_is_read_with_its_trimap(photographs):
    records = oxford_pets.read(photographs).records
    assert len(records) == len(list((photographs / "images").glob("[!.]*.jpg")))
    for record in records:
        image = oxford_pets.read_image(record.image_path)
        trimap = oxford_pets.read_trimap(record.trimap_path, image.shape[:2])
        assert image.dtype == trimap.dtype == np.uint8
        assert set(np.unique(trimap)) <= {1, 2, 3}
        if record.head_box:
            xmin, ymin, xmax, ymax = record.head_box
            assert 0 <= xmin < xmax <= image.shape[1]
            assert 0 <= ymin < ymax <= image.shape[0]


def test_breeds_are_the_names_without_numbers(photographs):
    breeds = oxford_pets.read(photographs).breeds
    assert breeds == ("Abyssinian", "Bengal", "american_bulldog")


def test_pictures_of_other_formats_named_jpg_are_read_in_rgb(photographs):
    kinds = {}
    for record in oxford_pets.read(photographs).records:
        with Image.open(record.image_path) as image:
            kinds.setdefault((image.format, image.mode), record.image_path)
    assert {kind for kind, _ in kinds} == {"JPEG", "GIF", "PNG"}
    for path in kinds.values():
        with Image.open(path) as image:
            expected = np.asarray(image.convert("RGB"))
        np.testing.assert_array_equal(oxford_pets.read_image(path), expected)


def test_pictures_without_a_list_entry_or_a_head_box_are_kept(photographs):
    records = oxford_pets.read(photographs).records
    unlisted = [r for r in records if r.name not in listed(photographs, "list.txt")]
    assert unlisted
    for record in unlisted:
        assert record.species == ("cat" if record.name[0].isupper() else "dog")
    assert any(record.head_box is None for record in records)
    assert any(record.head_box for record in records)


def test_species_and_splits_are_those_of_the_lists(photographs):
    dataset = oxford_pets.read(photographs)
    species = {
        name: {"1": "cat", "2": "dog"}[columns[1]]
        for name, columns in listed(photographs, "list.txt").items()
    }
    for record in dataset.records:
        assert record.species == species.get(record.name, record.species)
    for part, name in zip(dataset.official_split(), ("trainval.txt", "test.txt"), strict=True):
        assert {record.name for record in part} == listed(photographs, name).keys()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CVBOOK_QUIET", "1")
    drawn.write(tmp_path / "pets", 4, size=48, processes=1)
    return tmp_path / "pets"


FILES = {  # where a record says that it lies, and what reads it
    "picture": ("image_path", oxford_pets.read_image),
    "trimap": ("trimap_path", oxford_pets.read_trimap),
}


def first(folder, kind):
    """Path of the first picture or trimap, and its reader."""
    attribute, reader = FILES[kind]
    return getattr(oxford_pets.read(folder).records[0], attribute), reader


def test_stray_files_are_ignored(folder):
    (folder / "images/._Rundkopf_1.jpg").write_bytes(b"x")
    (folder / "images/Rundkopf_1.mat").write_bytes(b"x")
    (folder / "annotations/trimaps/._Rundkopf_1.png").write_bytes(b"x")
    assert len(oxford_pets.read(folder).records) == 4


def test_a_missing_folder_is_named_with_the_command_that_fetches_one(tmp_path):
    with pytest.raises(oxford_pets.DataError, match=r"nowhere.*fetch oxford-pets"):
        oxford_pets.read(tmp_path / "nowhere")


def test_a_folder_without_pictures_is_named(folder):
    for path in (folder / "images").iterdir():
        path.unlink()
    with pytest.raises(oxford_pets.DataError, match=r"images holds no \.jpg"):
        oxford_pets.read(folder)


@pytest.mark.parametrize("kind", FILES)
def test_a_missing_file_is_named(folder, kind):
    path, _ = first(folder, kind)
    path.unlink()
    with pytest.raises(oxford_pets.DataError, match=f"missing {kind}.*{path.name}"):
        oxford_pets.read(folder)


@pytest.mark.parametrize("kind", FILES)
def test_a_file_removed_since_is_named(folder, kind):
    path, reader = first(folder, kind)
    path.unlink()
    with pytest.raises(oxford_pets.DataError, match=f"missing {kind}.*{path.name}"):
        reader(path)


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("content", [b"", b"no picture", "half"])
def test_a_corrupt_file_is_named(folder, kind, content):
    path, reader = first(folder, kind)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if content == "half" else content)
    with pytest.raises(oxford_pets.DataError, match=f"corrupt {kind}.*{path.name}"):
        reader(path)


def test_a_missing_official_list_is_named(folder):
    (folder / "annotations/test.txt").unlink()
    with pytest.raises(oxford_pets.DataError, match=r"missing list.*test\.txt"):
        oxford_pets.read(folder).official_split()


def test_a_trimap_of_another_size_is_named(folder):
    path, _ = first(folder, "trimap")
    with pytest.raises(oxford_pets.DataError, match=rf"another size.*{path.name}.*\(5, 6\)"):
        oxford_pets.read_trimap(path, (5, 6))


@pytest.mark.parametrize("value", [0, 4, 255])
def test_an_invalid_value_in_a_trimap_is_named(folder, value):
    path, _ = first(folder, "trimap")
    Image.fromarray(np.full((4, 4), value, np.uint8)).save(path)
    with pytest.raises(oxford_pets.DataError, match=f"{path.name}: {value} is not 1, 2 or 3"):
        oxford_pets.read_trimap(path)


def test_a_colour_trimap_is_named(folder):
    path, _ = first(folder, "trimap")
    Image.fromarray(np.ones((4, 4, 3), np.uint8)).save(path)
    with pytest.raises(oxford_pets.DataError, match=path.name):
        oxford_pets.read_trimap(path)


@pytest.mark.parametrize("content", ["<annotation>", "<a><object><bndbox/></object></a>"])
def test_an_unreadable_head_box_is_named(folder, content):
    path = next((folder / "annotations/xmls").iterdir())
    path.write_text(content)
    with pytest.raises(oxford_pets.DataError, match=f"unreadable head box.*{path.name}"):
        oxford_pets.read(folder)


def test_a_data_set_without_any_trimaps_has_none(folder):
    shutil.rmtree(folder / "annotations/trimaps")
    assert all(record.trimap_path is None for record in oxford_pets.read(folder).records)
