"""The field is the one from which a gradient comes back."""

import numpy as np
import pytest
import traitlets

from cvbook.widgets import ReceptiveField

STATE = "receptive_field/state.js"


def random_stacks(count, seed=0, most=20):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        length = int(rng.integers(1, most + 1))
        yield [(int(rng.integers(1, 8)), int(rng.integers(1, 5))) for _ in range(length)]


def test_page_module_equals_python(node):
    stacks = list(random_stacks(100))
    by_page = node(STATE, stacks, "given.map((layers) => m.fields(layers).map((f) => f.field))")
    for found, layers in zip(by_page, stacks, strict=True):
        assert found == ReceptiveField(layers).fields


def test_the_stacks_that_the_page_offers_are_allowed_in_python(node):
    for preset in node(STATE, None, "m.PRESETS"):
        assert ReceptiveField(preset).layers == preset


def test_a_stack_must_have_layers_and_a_picture_must_be_square():
    with pytest.raises(traitlets.TraitError):
        ReceptiveField([])
    with pytest.raises(ValueError, match="2×3 pixels: give a square one"):
        ReceptiveField(image=np.zeros((2, 3, 3), "uint8"))


@pytest.mark.slow
def test_the_field_is_where_a_gradient_comes_back_in_keras():
    import keras
    import tensorflow as tf
    from keras import layers

    for stack in [(5, 1), (3, 2), (3, 1)], [(3, 1), (2, 2), (3, 1), (2, 2)], [(7, 3), (3, 2)]:
        inputs = x = keras.Input((96, 1))
        for kernel_size, strides in stack:
            x = layers.Conv1D(1, kernel_size, strides, kernel_initializer="ones")(x)
        signal = tf.ones((1, 96, 1))
        with tf.GradientTape() as tape:
            tape.watch(signal)
            middle = keras.Model(inputs, x)(signal)[0, x.shape[1] // 2, 0]
        reached = np.flatnonzero(tape.gradient(middle, signal).numpy())
        assert reached[-1] - reached[0] + 1 == ReceptiveField(stack).fields[-1]


@pytest.mark.slow
def test_layer_by_layer_by_keyboard(show):
    page = show(ReceptiveField(image=np.full((64, 64, 3), 200, "uint8"), step=1))
    result = page.locator(".cvbook-result")
    assert "1층 뒤: 한 칸이 3×3픽셀을" in result.inner_text()
    page.get_by_role("slider", name="지난 층").press("ArrowRight")
    assert "2층 뒤: 한 칸이 5×5픽셀을" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="이 층의 보폭 +1").press("Enter")
    page.get_by_role("slider", name="지난 층").press("End")
    assert "사진(64픽셀) 전체를 본다" in result.inner_text()
    page.get_by_role("button", name="층 더하기").press("Enter")
    assert page.locator("tbody tr").count() == 11
    assert page.locator("tr[aria-current=step] td").first.inner_text() == "11층"
