"""`cvbook.reference` on small cases worked by hand and, where slow, against Keras and SciPy."""

import itertools
import math

import numpy as np
import pytest

from cvbook import reference


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_multi_hot():
    names = ["bike", "person", "tree"]
    encoded = reference.multi_hot([["tree", "bike"], [], ["tree", "tree"]], names)
    np.testing.assert_array_equal(encoded, [[1, 0, 1], [0, 0, 0], [0, 0, 1]])
    with pytest.raises(ValueError, match="boat"):
        reference.multi_hot([["boat"]], names)


def test_predictions():
    probs = np.array([[0.2, 0.5, 0.5], [0.6, 0.1, 0.49]])
    np.testing.assert_array_equal(reference.predict_single_label(probs), [1, 0])
    np.testing.assert_array_equal(
        reference.predict_multi_label(probs), [[False, True, True], [True, False, False]]
    )
    assert reference.predict_multi_label(probs, 0.05).all()


def test_box_iou():
    assert reference.box_iou([0, 0, 2, 2], [1, 1, 3, 3]) == pytest.approx(1 / 7)
    assert reference.box_iou([0, 0, 1, 1], [5, 5, 6, 6]) == 0.0
    assert reference.box_iou([0, 0, 1, 1], [1, 0, 2, 1]) == 0.0
    assert reference.box_iou([1, 1, 1, 1], [1, 1, 1, 1]) == 0.0


def test_non_max_suppression_drops_above_the_threshold_only():
    boxes = np.array([[0, 0, 2, 2], [0, 0, 2, 1], [0, 0, 2, 2.0]])
    np.testing.assert_array_equal(
        reference.non_max_suppression(boxes, np.array([0.5, 0.9, 0.4])), [1, 0]
    )
    assert reference.non_max_suppression(np.zeros((0, 4)), np.zeros(0)).shape == (0,)


def test_cosine_similarity_of_a_zero_vector_is_zero():
    similarity = reference.cosine_similarity([[3, 0], [0, 0], [1, 1]])
    root = 1 / math.sqrt(2)
    np.testing.assert_allclose(similarity, [[1, 0, root], [0, 0, 0], [root, 0, 1]])


def test_trimap_to_target():
    target = reference.trimap_to_target(np.array([[1, 2], [3, 1]], dtype="uint8"))
    assert target.dtype == np.uint8
    np.testing.assert_array_equal(target, [[0, 1], [2, 0]])
    for wrong in (0, 4, 255):
        with pytest.raises(ValueError, match=str(wrong)):
            reference.trimap_to_target(np.array([1, wrong], dtype="uint8"))


def test_mean_iou_leaves_out_absent_classes():
    assert reference.mean_iou([0, 0, 1], [0, 1, 1], 3) == pytest.approx(0.5)
    assert reference.pixel_accuracy([0, 0, 1], [0, 1, 1]) == pytest.approx(2 / 3)


def test_crossentropy_is_finite():
    loss = reference.sparse_categorical_crossentropy([0, 1], [[0.5, 0.5], [1.0, 0.0]])
    assert loss == pytest.approx((math.log(2) - math.log(1e-7)) / 2)


def test_binary_accuracy_counts_one_half_as_class_1():
    assert reference.binary_accuracy([1, 0, 1], [[0.5], [0.5], [0.2]]) == pytest.approx(1 / 3)


def test_moving_average_ensembles_and_search_spaces():
    np.testing.assert_allclose(reference.update_moving([1.0], [2.0]), [1.01])
    np.testing.assert_allclose(reference.ensemble([[[1, 0]], [[0, 1]]], [3, 1]), [[0.75, 0.25]])
    for weights in ([1], [0, 0], [1, -2]):
        with pytest.raises(ValueError, match="weight"):
            reference.ensemble([[[1, 0]], [[0, 1]]], weights)
    space = {"a": [1, 2, 3], "b": ["x", "y"]}
    grid = reference.grid_search_space(space)
    assert [tuple(d.values()) for d in grid] == list(itertools.product([1, 2, 3], "xy"))
    drawn = reference.random_search_space(space, 4, seed=1)
    assert drawn == reference.random_search_space(space, 4, seed=1)
    assert len({tuple(d.values()) for d in drawn}) == 4
    with pytest.raises(ValueError):  # noqa: PT011  (random.sample's own message)
        reference.random_search_space(space, 7, seed=1)


def test_overlap_count():
    np.testing.assert_array_equal(
        reference.overlap_count(2, 3, 2),
        np.outer([1, 1, 2, 1, 1], [1, 1, 2, 1, 1]),
    )
    assert (reference.overlap_count(2, 1, 3) == 0).any()


def test_arguments_stay_as_they_were(rng):
    x, kernel = rng.normal(size=(2, 5, 4, 3)), rng.normal(size=(3, 3, 3))
    before = x.copy(), kernel.copy()
    reference.batch_norm_train(x, np.ones(3), np.zeros(3))
    reference.separable_conv2d(x[0], kernel, np.ones((3, 2)))
    reference.conv2d_transpose_channels(x[0], np.ones((2, 2, 4, 3)), 2, "same")
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(kernel, before[1])


@pytest.mark.slow
def test_transposed_convolution_is_keras(rng):
    import keras

    for n, k, s, padding in itertools.product(
        range(1, 5), range(1, 6), range(1, 7), ("valid", "same")
    ):
        x = rng.normal(size=(n, n + 1, 2)).astype("float32")
        kernel = rng.normal(size=(k, k, 3, 2)).astype("float32")
        expected = keras.ops.conv_transpose(x[None], kernel, s, padding)[0]
        got = reference.conv2d_transpose_channels(x, kernel, s, padding)
        np.testing.assert_allclose(got, expected, atol=1e-5)
        if padding == "valid":
            expected = keras.ops.conv_transpose(x[None, ..., :1], kernel[:, :, :1, :1], s)
            got = reference.conv2d_transpose(x[..., 0], kernel[:, :, 0, 0], s)
            np.testing.assert_allclose(got, expected[0, ..., 0], atol=1e-5)


@pytest.mark.slow
def test_separable_convolution_is_keras(rng):
    import keras

    for height, width, k, channels, filters in [(5, 7, 3, 2, 4), (4, 4, 1, 3, 1), (6, 5, 2, 1, 3)]:
        x = rng.normal(size=(height, width, channels)).astype("float32")
        depthwise = rng.normal(size=(k, k, channels)).astype("float32")
        pointwise = rng.normal(size=(channels, filters)).astype("float32")
        expected = keras.ops.separable_conv(x[None], depthwise[..., None], pointwise[None, None])
        got = reference.separable_conv2d(x, depthwise, pointwise)
        np.testing.assert_allclose(got, expected[0], atol=1e-5)


@pytest.mark.slow
def test_batch_normalization_is_keras(rng):
    from keras import Sequential, layers

    x = rng.normal(2, 3, size=(4, 5, 6, 3)).astype("float32")
    conv, norm = layers.Conv2D(2, 3, use_bias=False), layers.BatchNormalization(momentum=0.9)
    model = Sequential([conv, norm])
    model(x)
    gamma, beta = rng.normal(size=(2, 2))
    moving_mean, moving_variance = rng.normal(size=2), rng.uniform(0.1, 2, size=2)
    norm.set_weights([gamma, beta, moving_mean, moving_variance])
    features = np.asarray(conv(x))

    expected = np.asarray(model(x, training=False))
    got = reference.batch_norm_inference(features, gamma, beta, moving_mean, moving_variance)
    np.testing.assert_allclose(got, expected, atol=1e-4)
    (kernel,) = conv.get_weights()
    folded = layers.Conv2D(2, 3)
    folded.build(x.shape)
    folded.set_weights(reference.fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance))
    np.testing.assert_allclose(folded(x), expected, atol=1e-4)

    y, mean, variance = reference.batch_norm_train(features, gamma, beta)
    np.testing.assert_allclose(y, model(x, training=True), atol=1e-4)
    np.testing.assert_allclose(
        norm.moving_mean, reference.update_moving(moving_mean, mean, 0.9), atol=1e-5
    )
    np.testing.assert_allclose(
        norm.moving_variance, reference.update_moving(moving_variance, variance, 0.9), atol=1e-4
    )


@pytest.mark.slow
def test_metrics_are_keras(rng):
    import keras

    target = rng.integers(0, 2, size=(2, 4, 5))
    probs = rng.dirichlet(np.ones(4), size=(2, 4, 5)).astype("float32")
    probs[0, 0, 0] = [0, 0, 1, 0]
    predicted = reference.predict_single_label(probs)
    metric = keras.metrics.MeanIoU(num_classes=5)
    metric.update_state(target, predicted)
    assert reference.mean_iou(target, predicted, 5) == pytest.approx(float(metric.result()))
    expected = float(np.mean(keras.losses.sparse_categorical_crossentropy(target, probs)))
    got = reference.sparse_categorical_crossentropy(target, probs)
    assert got == pytest.approx(expected, rel=1e-5)
