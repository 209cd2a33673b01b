"""The page resizes as Pillow does, and says what each pixel is the mean of."""

import math

import numpy as np
import pytest
from PIL import Image

from cvbook.widgets import MaskResizing

STATE = "mask_resizing/state.js"


def random_widgets(count, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        coarse = rng.integers(1, 4, rng.integers(2, 12, 2))
        mask = np.kron(coarse, np.ones(rng.integers(1, 10, 2), int))
        size = int(rng.integers(4, 65))
        row, column = map(int, rng.integers(0, size, 2))
        yield MaskResizing(mask, size=size, row=row, column=column)


def corner(**traits):
    """Border and body that meet in the middle, without any background."""
    return MaskResizing(np.kron([[3, 1], [1, 3]], np.ones((15, 15), int)), **traits)


def test_page_module_equals_python(node):
    widgets = list(random_widgets(120))
    states = [
        {"trimap": w.trimap, "size": w.size, "row": w.row, "column": w.column} for w in widgets
    ]
    expression = (
        "given.map(({ trimap, size, row, column }) => { const mask = m.parse(trimap);"
        " return [m.compare(mask, size), m.average(mask, size, row, column)]; })"
    )
    for (page, average), widget in zip(node(STATE, states, expression), widgets, strict=True):
        assert page["nearest"] == widget.resized("nearest").tolist()
        assert page["bilinear"] == widget.resized("bilinear").tolist()
        assert page["count"] == widget.invented
        assert average["shares"] == pytest.approx(widget.shares.tolist(), abs=1e-9)
        assert page["bilinear"][widget.row][widget.column] == math.floor(
            average["mean"] + 0.5 + 1e-9
        )
    assert sum(widget.invented > 0 for widget in widgets) > 50


def test_means_are_pillow_s():
    for widget in random_widgets(200):
        mask = np.array([list(line) for line in widget.trimap], dtype="uint8")
        size = (widget.size, widget.size)
        means = Image.fromarray(mask.astype("float32")).resize(size, Image.Resampling.BILINEAR)
        sure = np.abs(np.asarray(means) % 1 - 0.5) > 1e-4
        assert (widget.resized("bilinear") == np.round(means))[sure].all()
        shares = [
            Image.fromarray((mask == value).astype("float32")).resize(
                size, Image.Resampling.BILINEAR
            )
            for value in (1, 2, 3)
        ]
        pixel = [np.asarray(one)[widget.row, widget.column] for one in shares]
        assert widget.shares == pytest.approx(pixel, abs=1e-5)


def test_a_mean_is_that_of_the_pixels_that_the_page_frames(node):
    for widget in random_widgets(20, seed=1):
        state = {"trimap": widget.trimap, "size": widget.size}
        place = f"{widget.row}, {widget.column}"
        found = node(STATE, state, f"m.average(m.parse(given.trimap), given.size, {place})")
        framed = [
            line[found["x"] : found["x"] + found["width"]]
            for line in widget.trimap[found["y"] : found["y"] + found["height"]]
        ]
        values = {int(digit) - 1 for line in framed for digit in line}
        assert {n for n, share in enumerate(found["shares"]) if share > 1e-9} <= values
        assert sum(found["shares"]) == pytest.approx(1)


def test_a_body_inside_a_border_gets_background_by_bilinear_interpolation_only():
    widget = corner(size=7)
    assert 2 not in widget.resized("nearest")
    assert widget.invented == (widget.resized("bilinear") == 2).sum() > 0


def test_a_new_widget_explains_a_pixel_that_became_background():
    widget = corner(size=7)
    assert widget.resized("bilinear")[widget.row, widget.column] == 2
    assert widget.shares == pytest.approx([0.5, 0, 0.5], abs=0.2)


@pytest.mark.parametrize(
    ("trimap", "says"),
    [
        (np.ones((200, 10), int), r"shape \(200, 10\): give at most 128×128"),
        (np.ones((4, 4, 3), int), r"shape \(4, 4, 3\)"),
        (np.zeros((4, 4), int), "values .0.: give 1, 2 and 3"),
    ],
)
def test_what_is_no_trimap_is_refused(trimap, says):
    with pytest.raises(ValueError, match=says):
        MaskResizing(trimap)


@pytest.mark.slow
def test_size_pixel_and_values_by_keyboard_and_by_a_click(show):
    page = show(corner(image=np.full((30, 30, 3), 200, "uint8"), size=6, row=0, column=0))
    nearest, bilinear = (page.locator(".cvbook-digits").nth(n) for n in range(2))
    assert nearest.inner_text() == bilinear.inner_text() == "333111"
    page.get_by_role("slider", name="줄인 크기").press("ArrowRight")
    assert nearest.inner_text() == "3331111"
    assert bilinear.inner_text() == "3332111"
    page.get_by_role("slider", name="열").press("ArrowRight")
    spoken = page.get_by_role("status")
    assert "0행 1열. 최근접 보간은 한 픽셀의 값을 그대로 가져온다: 3(경계)." in spoken.inner_text()
    page.locator(".cvbook-mask").nth(2).click()
    assert "3행 3열." in spoken.inner_text()
    assert "1(몸) 50%, 3(경계) 50%, 평균 2.00. 반올림하면 2(배경)." in spoken.inner_text()
    page.get_by_role("button", name="타깃(0, 1, 2)").press("Enter")
    assert "0(몸) 50%, 2(경계) 50%, 평균 1.00. 반올림하면 1(배경)." in spoken.inner_text()
    assert nearest.inner_text() == "0002222"
    assert page.locator("svg .invented").count()
    assert page.locator("svg image").first.get_attribute("href").startswith("data:image/jpeg")
    page.get_by_role("slider", name="행", exact=True).press("End")
    assert page.get_by_text("6행의 값", exact=True).is_visible()
