"""Comparison of images, on figures drawn here and against Matplotlib's own RMS."""

import base64
import io

import numpy as np
import pytest
from matplotlib import image
from matplotlib.figure import Figure
from matplotlib.testing.compare import calculate_rms

from cvbook.reproduce.compare import images


def draw(offset: float = 0.0, label: str = "0.3", format: str = "png", color: str = "C0") -> str:
    figure = Figure(figsize=(6.4, 4.8))
    axes = figure.add_subplot()
    axes.plot([0, 1, 2, 3], [0, 1 + offset, 0.5 + offset, 2], linewidth=1, color=color)
    axes.set(xlim=(0, 3), ylim=(0, 2.2))
    axes.set_xlabel(label)
    file = io.BytesIO()
    figure.savefig(file, format=format)
    content = file.getvalue()
    return content.decode() if format == "svg" else base64.b64encode(content).decode()


def compare(one: str, other: str, mime: str = "image/png", **tolerances):
    tolerances = {"rms": 2.0, **tolerances}
    decoded = images.decode(one, mime), images.decode(other, mime)
    return images.compare(*decoded, **tolerances)


def test_whole_measure_is_that_of_matplotlib():
    one, other = draw(), draw(0.3)
    plain = [
        (image.imread(io.BytesIO(base64.b64decode(data)))[..., :3] * 255).round()
        for data in (one, other)
    ]
    found = compare(one, other, rms=100)
    assert found.rms == pytest.approx(calculate_rms(*plain), rel=1e-3)


@pytest.mark.parametrize("offset", [0.01, 0.03, 0.1, 0.5])
def test_shifted_curve_is_seen(offset):
    assert compare(draw(), draw(offset)).difference is not None


def test_changed_digit_of_a_label_is_seen_in_its_window_only():
    found = compare(draw(label="0.3"), draw(label="0.8"))
    assert found.rms < 2
    assert "window" in found.difference


def test_noise_of_antialiasing_passes():
    pixels = images.decode(draw(), "image/png")
    noise = np.random.default_rng(0).integers(-3, 4, pixels.shape)
    noisy = np.clip(pixels + noise, 0, 255).astype(np.uint8)
    assert images.compare(pixels, noisy, rms=2.0).difference is None


def test_shift_passes_moved_curves_and_no_others():
    # 0.03 of the y axis are 5 pixels, 0.1 are 17.
    assert compare(draw(), draw(0.03), shift=6).difference is None
    assert compare(draw(), draw(0.1), shift=6).difference is not None


def test_plain_rms_cannot_tell_far_from_near_but_shift_can():
    """Why a cell that trains declares `shift` and not a wide `rms`."""
    near, far = compare(draw(), draw(0.1), rms=100), compare(draw(), draw(0.6), rms=100)
    assert far.rms < 1.5 * near.rms
    assert compare(draw(), draw(0.1), shift=20).difference is None
    assert compare(draw(), draw(0.6), shift=20).difference is not None


def test_black_and_white_do_not_move():
    """Text, axes and black lines stay where they are, whatever a cell declares."""
    for tolerance in ({"shift": 40}, {"rms": 40}):
        assert (
            "black and white"
            in compare(draw(label="0.3"), draw(label="0.8"), **tolerance).difference
        )
        black, moved = draw(color="black"), draw(0.03, color="black")
        assert "black and white" in compare(black, moved, **tolerance).difference
    pixels = images.decode(draw(), "image/png")
    for axis in (0, 1):
        rolled = np.roll(pixels, 1, axis)
        assert "black and white" in images.compare(pixels, rolled, shift=40).difference


def test_curve_does_not_vanish():
    """The axes alone are no image of the curve."""
    without = draw(color="white")
    for tolerance in ({"shift": 40}, {"rms": 40}):
        assert compare(draw(), without, **tolerance).difference is not None


def test_areas_may_change_but_not_vanish():
    mask = np.full((64, 64, 6), 255, np.uint8)
    mask[16:48, 16:48] = (0, 114, 178, 0, 114, 178)
    wider, gone = mask.copy(), np.full_like(mask, 255)
    wider[16:48, 48:50] = mask[20, 20]
    assert images.compare(mask, wider, rms=2).difference is not None
    assert images.compare(mask, wider, rms=40).difference is None
    assert images.compare(mask, gone, rms=1000).difference is not None


def test_transparency_counts():
    def square(alpha: int) -> str:
        from PIL import Image

        file = io.BytesIO()
        Image.new("RGBA", (32, 32), (255, 255, 255, alpha)).save(file, "png")
        return base64.b64encode(file.getvalue()).decode()

    assert compare(square(255), square(0)).difference is not None


def test_svg_is_compared_as_an_image():
    svg = draw(format="svg")
    assert compare(svg, draw(format="svg"), "image/svg+xml").difference is None
    assert compare(svg, draw(0.1, format="svg"), "image/svg+xml").difference is not None
