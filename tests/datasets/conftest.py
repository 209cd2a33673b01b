"""Photographs with the warts of the real archive: made here, and real ones where they are."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

#: 480 photographs of three breeds, beside the repository; nobody else needs to have them.
SAMPLE = Path(__file__).parents[3] / "shared/data/oxford-iiit-pet-sample"

XML = """<annotation><object><name>cat</name><bndbox><xmin>3</xmin><ymin>2</ymin><xmax>9</xmax>\
<ymax>8</ymax></bndbox></object></annotation>"""


def make_photographs(root: Path) -> Path:
    """Write a small folder as the real archive is: formats, strays and gaps included."""
    images, annotations = root / "images", root / "annotations"
    for folder in (images, annotations / "trimaps", annotations / "xmls"):
        folder.mkdir(parents=True)
    g = np.random.default_rng(0)
    formats = {  # whatever the format, the name ends in .jpg
        "Abyssinian_1": ("JPEG", "RGB"),
        "Abyssinian_5": ("PNG", "RGBA"),
        "Abyssinian_34": ("GIF", "P"),
        "Bengal_1": ("JPEG", "L"),
        "Bengal_2": ("JPEG", "CMYK"),
        "american_bulldog_1": ("JPEG", "RGB"),
        "american_bulldog_2": ("JPEG", "RGB"),
    }
    for number, (name, (kind, mode)) in enumerate(formats.items()):
        height, width = 12 + number, 16
        image = Image.fromarray(g.integers(0, 256, (height, width, 3), np.uint8)).convert(mode)
        if mode == "RGBA":
            image.putalpha(Image.fromarray(g.integers(0, 256, (height, width), np.uint8)))
        more = {"save_all": True, "append_images": [image.rotate(180)]} if kind == "GIF" else {}
        image.save(images / f"{name}.jpg", kind, **more)
        trimap = Image.fromarray(g.integers(1, 4, (height, width), np.uint8))
        if number % 2:
            trimap.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255])
        trimap.save(annotations / "trimaps" / f"{name}.png")
    for name in ("Abyssinian_1", "Bengal_1", "american_bulldog_1"):
        (annotations / "xmls" / f"{name}.xml").write_text(XML)
    # As macOS leaves them, and as the archive holds them.
    (images / "._Abyssinian_1.jpg").write_bytes(b"\0\5\x16\7Mac OS X")
    (images / "Abyssinian_101.mat").write_bytes(b"MATLAB 5.0 MAT-file")
    (annotations / "trimaps" / "._Abyssinian_1.png").write_bytes(b"\0\5\x16\7Mac OS X")
    (annotations / "list.txt").write_text(
        "#Image CLASS-ID SPECIES BREED ID\n#ID: 1:37 Class ids\n\n"
        "Abyssinian_1 1 1 1\nAbyssinian_5 1 1 1\nBengal_1 6 1 2\nBengal_2 6 1 2\n"
        "american_bulldog_1 2 2 1\n"
    )
    (annotations / "trainval.txt").write_text("Abyssinian_1 1 1 1\nBengal_1 6 1 2\n")
    (annotations / "test.txt").write_text(
        "Abyssinian_5 1 1 1\nBengal_2 6 1 2\namerican_bulldog_1 2 2 1\n"
    )
    return root


@pytest.fixture(scope="module", params=["made", "real"])
def photographs(request, tmp_path_factory):
    """A folder of photographs in the Oxford-IIIT Pet layout."""
    if request.param == "made":
        return make_photographs(tmp_path_factory.mktemp("photographs") / "pets")
    if not SAMPLE.is_dir():
        pytest.skip(f"no real photographs in {SAMPLE}; the same is tested with made ones")
    return SAMPLE
