"""The lecture's models against the lecture's own table and counts."""

import keras
import numpy as np
import pytest

from cvbook import models

pytestmark = pytest.mark.slow  # TensorFlow

#: The lecture's layer table: kind, output shape, parameters.
TABLE = """
InputLayer 200 200 3 0
Rescaling 200 200 3 0
Conv2D 100 100 64 1792
Conv2D 100 100 64 36928
Conv2D 50 50 128 73856
Conv2D 50 50 128 147584
Conv2D 25 25 256 295168
Conv2D 25 25 256 590080
Conv2DTranspose 25 25 256 590080
Conv2DTranspose 50 50 256 590080
Conv2DTranspose 50 50 128 295040
Conv2DTranspose 100 100 128 147584
Conv2DTranspose 100 100 64 73792
Conv2DTranspose 200 200 64 36928
Conv2D 200 200 3 1731
"""


def trainable(model: keras.Model) -> int:
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)


def test_segmentation_is_the_lectures_table_row_for_row():
    model = models.segmentation_model()
    rows = [
        " ".join(map(str, [type(x).__name__, *x.output.shape[1:], x.count_params()]))
        for x in model.layers
    ]
    assert rows == TABLE.split("\n")[1:-1]
    assert model.count_params() == 2_880_643


def test_segmentation_gives_a_probability_for_each_class_of_each_pixel():
    model = models.segmentation_model((64, 48), num_classes=5, width=8)
    images = np.random.default_rng(0).integers(0, 256, (2, 64, 48, 3), "uint8")
    probabilities = model.predict(images, verbose=0)
    assert probabilities.shape == (2, 64, 48, 5)
    np.testing.assert_allclose(probabilities.sum(-1), 1, rtol=1e-5)


def test_segmentation_refuses_a_size_that_would_not_come_back():
    with pytest.raises(ValueError, match="divisible by 8"):
        models.segmentation_model((100, 100))


def test_mini_xception_has_the_lectures_parameters():
    model = models.mini_xception()
    assert model.count_params() == 721_857
    assert trainable(model) == 718_849
    assert model.output.shape == (None, 1)


def test_augmentation_adds_no_parameters_and_is_off_in_inference():
    keras.utils.set_random_seed(0)
    flip = keras.Sequential([keras.layers.RandomFlip("horizontal"), keras.layers.RandomZoom(0.2)])
    model = models.mini_xception((48, 48, 3), sizes=(16, 32), augmentation=flip)
    plain = models.mini_xception((48, 48, 3), sizes=(16, 32))
    assert model.count_params() == plain.count_params()
    images = np.random.default_rng(0).integers(0, 256, (4, 48, 48, 3)).astype("float32")
    np.testing.assert_array_equal(model(images, training=False), model(images, training=False))


def test_momentum_reaches_every_normalisation():
    model = models.mini_xception((48, 48, 3), sizes=(16, 32), momentum=0.9)
    found = [x.momentum for x in model.layers if isinstance(x, keras.layers.BatchNormalization)]
    assert found == [0.9] * 4


def test_sizes_that_crash_tensorflow_are_refused():
    with pytest.raises(ValueError, match="at least 16"):
        models.mini_xception(sizes=(8, 16, 32, 64, 128))


def test_the_smallest_allowed_sizes_survive_a_training_step():
    """Narrower shortcuts kill the process (oneDNN, AVX-512), at 60 pixels among others."""
    model = models.mini_xception((60, 60, 3), sizes=(16, 32, 64, 128, 256))
    model.compile("rmsprop", "binary_crossentropy")
    images = np.zeros((4, 60, 60, 3), "uint8")
    loss = model.train_on_batch(images, np.array([[0.0], [1.0], [0.0], [1.0]]))
    assert np.isfinite(loss)


@pytest.mark.parametrize("pooling", [False, True])
@pytest.mark.parametrize("filters", [16, 32])
@pytest.mark.parametrize("side", [7, 8])
def test_a_residual_block_adds_whatever_it_is_given(pooling, filters, side):
    inputs = keras.Input((side, side, 16))
    expected = -(-side // 2) if pooling else side
    outputs = models.residual_block(inputs, filters, pooling)
    assert outputs.shape == (None, expected, expected, filters)


def test_the_shortcut_is_the_identity_where_shapes_agree():
    inputs = keras.Input((8, 8, 16))
    model = keras.Model(inputs, models.residual_block(inputs, 16))
    model.set_weights([np.zeros_like(w) for w in model.get_weights()])
    x = np.random.default_rng(0).normal(size=(2, 8, 8, 16)).astype("float32")
    np.testing.assert_allclose(model(x), x)


def test_the_residual_model_is_the_lectures():
    model = models.residual_model()
    shapes = [x.output.shape[1:] for x in model.layers if isinstance(x, keras.layers.Add)]
    assert shapes == [(16, 16, 32), (8, 8, 64), (8, 8, 128)]
    # By hand: 3×3 convolutions, 1×1 shortcuts and the final unit, biases included.
    blocks = [(3, 32), (32, 64), (64, 128)]
    expected = sum(9 * i * f + f + 9 * f * f + f + i * f + f for i, f in blocks) + 128 + 1
    assert model.count_params() == expected


def test_a_vgg_block_is_vgg16s():
    reference = keras.applications.VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
    inputs = keras.Input((64, 64, 3))
    x = inputs
    for filters, convs in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        x = models.vgg_block(x, filters, convs)
    ours = keras.Model(inputs, x)
    assert ours.count_params() == reference.count_params()
    ours.set_weights(reference.get_weights())
    images = np.random.default_rng(0).random((1, 64, 64, 3)).astype("float32")
    np.testing.assert_allclose(ours(images), reference(images), atol=1e-5)
