"""Measurements of designed classifiers, against Keras's shapes and the formulas of the book."""

import numpy as np
import pytest

from cvbook import arithmetic, checks

pytestmark = pytest.mark.slow  # imports TensorFlow


def test_multiply_adds_are_those_of_the_formulas_in_nested_shared_and_dilated_layers():
    import keras
    from keras import layers

    inner = keras.Sequential([keras.Input((12, 10, 8)), layers.SeparableConv2D(8, 3)])
    shared = layers.Conv2D(8, 3, padding="same", dilation_rate=2)
    inputs = keras.Input((12, 10, 3))
    x = layers.DepthwiseConv2D(3, padding="same")(inputs)
    x = layers.Conv2D(8, 5, padding="same")(x)
    x = inner(shared(shared(x)))
    outputs = layers.Dense(4)(layers.GlobalAveragePooling2D()(layers.MaxPooling2D(2)(x)))
    expected = 12 * 10 * 9 * 3 + arithmetic.conv2d_macs(12, 10, 5, 3, 8)
    expected += 2 * arithmetic.conv2d_macs(12, 10, 3, 8, 8)
    expected += arithmetic.separable_conv2d_macs(10, 8, 3, 8, 8) + 8 * 4
    assert checks.multiply_adds(keras.Model(inputs, outputs)) == expected


@pytest.mark.parametrize("pooling", ["MaxPooling2D", "AveragePooling2D"])
def test_an_entry_sees_the_receptive_field_of_the_formula(pooling):
    import keras
    from keras import layers

    inputs = x = keras.Input((96, 96, 1))
    stack = []
    for _ in range(3):
        x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
        x = getattr(layers, pooling)(2)(x)
        stack += [(3, 1), (2, 2)]
    body = keras.Model(inputs, layers.GlobalAveragePooling2D()(x))
    outer = keras.Input((96, 96, 1))
    model = keras.Model(outer, layers.Dense(3, activation="softmax")(body(outer)))
    before = model.get_weights()
    field = arithmetic.receptive_field(stack)
    assert checks.seen_by_one_entry(model) == (field, field)
    assert all(map(np.array_equal, before, model.get_weights()))


def test_a_weighted_sum_of_pixels_does_not_tell_the_direction():
    images, labels = checks.runways(6000, (24, 24, 1), 4, seed=0)
    assert set(labels) == {0, 1, 2, 3}
    known, new = np.split(images.reshape(len(images), -1), [4000])
    targets = np.eye(4)[labels[:4000]] - 0.25
    weights = np.linalg.solve(known.T @ known + 10 * np.eye(known.shape[1]), known.T @ targets)
    assert np.mean(np.argmax(new @ weights, axis=1) == labels[4000:]) < 0.65
