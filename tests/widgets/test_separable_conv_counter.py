"""The counts are those of Keras's layers."""

import numpy as np
import pytest

from cvbook.widgets import SeparableConvCounter

STATE = "separable_conv_counter/state.js"


def random_settings(count, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield {
            "kernel_size": int(rng.integers(1, 8)),
            "channels": int(rng.integers(1, 40)),
            "filters": int(rng.integers(1, 40)),
            "size": int(rng.integers(1, 257)),
            "use_bias": bool(rng.integers(2)),
        }


@pytest.mark.slow
def test_parameters_are_keras_s():
    from keras import layers

    for one in random_settings(30):
        widget = SeparableConvCounter(**one)
        for name, count in widget.params.items():
            layer = getattr(layers, name)(
                one["filters"], one["kernel_size"], use_bias=one["use_bias"]
            )
            layer.build((None, 8, 8, one["channels"]))
            assert layer.count_params() == count


def test_lecture_s_cases():
    assert SeparableConvCounter(channels=3).params == {"Conv2D": 1728, "SeparableConv2D": 219}
    assert SeparableConvCounter(channels=10).params == {"Conv2D": 5760, "SeparableConv2D": 730}


def test_page_module_equals_python(node):
    settings = list(random_settings(100, seed=1))
    counts = node(STATE, settings, "given.map((state) => m.count(state))")
    for count, one in zip(counts, settings, strict=True):
        widget = SeparableConvCounter(**one)
        for kind, by_python in (("params", widget.params), ("macs", widget.macs)):
            assert count[kind]["conv"] == by_python["Conv2D"]
            parts = [count[kind][name] for name in ("depthwise", "pointwise", "bias")]
            assert sum(parts) == count[kind]["separable"] == by_python["SeparableConv2D"]


@pytest.mark.slow
def test_presets_and_sliders_by_keyboard(show):
    page = show(SeparableConvCounter())
    page.get_by_role("button", name="경우 2").press("Enter")
    assert page.get_by_text("3·3·10 + 10·64 = 730", exact=False).first.is_visible()
    page.get_by_role("slider", name="필터 크기").press("ArrowRight")
    assert page.evaluate("window.models[0].get('kernel_size')") == 4
    assert "0.078" in page.get_by_role("status").inner_text()  # 1/64 + 1/16
