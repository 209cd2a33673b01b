"""The playground computes what Keras's BatchNormalization does."""

import numpy as np
import pytest

from cvbook.widgets import BatchNormPlayground
from cvbook.widgets.batch_norm_playground import batch

STATE = "batch_norm_playground/state.js"

SETTINGS = [
    {"gamma": 1.7, "beta": -0.6, "momentum": 0.9, "batch_size": 5, "steps": 12},
    {"gamma": 0.3, "beta": 2.0, "momentum": 0.5, "batch_size": 2, "steps": 3},
    {"momentum": 0.99, "batch_size": 16, "steps": 7, "activation": "after"},
    {"gamma": 2.0, "beta": 0.5, "batch_size": 8, "steps": 0, "activation": "before"},
]
SETTINGS = [{**one, "mode": mode} for one in SETTINGS for mode in ("training", "inference")]


@pytest.mark.slow
@pytest.mark.parametrize("settings", SETTINGS)
def test_python_equals_keras(settings):
    from keras import layers, ops

    widget = BatchNormPlayground(**settings)
    relu = layers.ReLU()
    layer = layers.BatchNormalization(momentum=widget.momentum)
    layer.build((None, 3, 3, 3))
    layer.gamma.assign(np.full(3, widget.gamma))
    layer.beta.assign(np.full(3, widget.beta))

    def incoming(index):
        x = batch(index, widget.batch_size).astype("float32")
        return relu(x) if widget.activation == "after" else x

    for index in range(widget.steps):
        layer(incoming(index), training=True)
    mean, variance = widget.moving
    np.testing.assert_allclose(ops.convert_to_numpy(layer.moving_mean), mean, atol=1e-5)
    np.testing.assert_allclose(ops.convert_to_numpy(layer.moving_variance), variance, rtol=1e-4)
    y = layer(incoming(widget.steps), training=widget.mode == "training")
    y = relu(y) if widget.activation == "before" else y
    np.testing.assert_allclose(ops.convert_to_numpy(y), widget.output, atol=1e-4)


def test_page_module_equals_python(node):
    states = [
        {name: getattr(BatchNormPlayground(**one), name) for name in (*BASE, "steps")}
        for one in SETTINGS
    ]
    results = node(STATE, states, "given.map((state) => m.normalize(state))")
    for page, one in zip(results, SETTINGS, strict=True):
        widget = BatchNormPlayground(**one)
        mean, variance = widget.moving
        np.testing.assert_allclose([m["mean"] for m in page["moving"]], mean, atol=1e-9)
        np.testing.assert_allclose([m["variance"] for m in page["moving"]], variance, atol=1e-9)
        for name in ("input", "output"):
            by_channel = getattr(widget, name).transpose(3, 0, 1, 2).reshape(3, -1)
            np.testing.assert_allclose(page[name], by_channel, atol=1e-9)


BASE = ("gamma", "beta", "momentum", "batch_size", "mode", "activation")


def test_batches_have_the_moments_they_are_said_to_have():
    x = np.concatenate([batch(index, 32) for index in range(40)])
    np.testing.assert_allclose(x.mean((0, 1, 2)), [2, -1, 0.5], atol=0.15)
    np.testing.assert_allclose(x.std((0, 1, 2)), [0.78, 0.36, 2.5], rtol=0.1)


@pytest.mark.slow
def test_batches_and_modes_by_keyboard(show):
    page = show(BatchNormPlayground())
    page.get_by_role("button", name="배치 10개").press("Enter")
    page.get_by_role("button", name="추론").press("Space")
    page.get_by_role("slider", name="모멘텀").press("Home")
    state = page.evaluate("['steps', 'mode', 'momentum'].map((n) => window.models[0].get(n))")
    assert state == [10, "inference", 0]
    assert "배치 10개로 훈련함" in page.get_by_role("status").inner_text()
    shown = page.get_by_role("img", name="채널 0: 평균")
    mean = BatchNormPlayground(steps=10).input[..., 0].mean()
    assert f"평균 {mean:.3f}".rstrip("0") in shown.get_attribute("aria-label")
