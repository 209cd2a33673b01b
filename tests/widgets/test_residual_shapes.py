"""The widget's verdict is Keras's, on the very code that the widget hands out."""

import numpy as np
import pytest

from cvbook.widgets import ResidualShapes

STATE = "residual_shapes/state.js"


def random_settings(count, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield {
            "size": int(rng.integers(16, 65)),
            "channels": int(rng.choice([1, 2, 8])),
            "filters": int(rng.choice([1, 2, 8])),
            "strides": int(rng.integers(1, 4)),
            "padding": str(rng.choice(["valid", "same"])),
            "pooling": bool(rng.integers(2)),
            "shortcut": str(rng.choice(["identity", "conv"])),
            "shortcut_filters": int(rng.choice([1, 2, 8])),
            "shortcut_strides": int(rng.choice([1, 2, 3, 4, 6])),
        }


def cured(settings):
    """A setting after its remedies; a second one may be needed after `padding="same"`."""
    widget = ResidualShapes(**settings)
    for _ in range(2):
        for name, value in widget.remedy.items():
            setattr(widget, name, value)
    return {name: getattr(widget, name) for name in settings}


@pytest.mark.slow
def test_code_does_in_keras_what_the_widget_says():
    import keras
    from keras import layers

    wanted = {"right": 0, "broadcast": 0, "wrong": 0}
    for settings in random_settings(80):
        for one in (settings, cured(settings)):
            widget = ResidualShapes(**one)
            wanted[widget.verdict] += 1
            names = {"keras": keras, "layers": layers}
            try:
                exec(widget.code, names)
            except ValueError:
                assert widget.verdict == "wrong"
            else:
                assert widget.verdict != "wrong"
                assert names["residual"].shape[1:] == widget.shortcut_shape
                assert names["x"].shape[1:3] == widget.block_shape[:2]
                assert names["x"].shape[3] == max(widget.block_shape[2], widget.shortcut_shape[2])
    assert min(wanted.values()) > 0


def test_remedies_make_the_shapes_fit():
    for settings in random_settings(200, seed=1):
        assert ResidualShapes(**cured(settings)).verdict == "right"


def test_page_module_equals_python(node):
    settings = list(random_settings(200, seed=2))
    results = node(STATE, settings, "given.map((state) => [m.compareShapes(state), m.code(state)])")
    for (result, code), one in zip(results, settings, strict=True):
        widget = ResidualShapes(**one)
        assert tuple(result["block"]) == widget.block_shape
        assert tuple(result["shortcut"]) == widget.shortcut_shape
        assert result["verdict"] == widget.verdict
        assert result["remedy"] == widget.remedy
        assert code == widget.code


@pytest.mark.slow
def test_fixing_by_keyboard(show):
    page = show(ResidualShapes())
    assert "더할 수 없다" in page.locator(".cvbook-result").inner_text()
    assert not page.get_by_text("지름길에 Conv2D(64, 1)를 둔다").is_visible()  # until asked
    page.get_by_role("button", name="고치는 법 보기").press("Enter")
    assert page.get_by_text("지름길에 Conv2D(64, 1)를 둔다").first.is_visible()
    page.keyboard.press("Enter")  # 고치기
    assert "더할 수 있다" in page.locator(".cvbook-result").inner_text()
    assert "residual = layers.Conv2D(64, 1)(inputs)" in page.locator("pre").inner_text()
    assert "더할 수 있다" in page.get_by_role("status").inner_text()


@pytest.mark.slow
def test_copied_code_is_the_code_shown(show):
    page = show(ResidualShapes(), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="코드 복사").click()
    page.get_by_role("button", name="복사했다").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == ResidualShapes().code
