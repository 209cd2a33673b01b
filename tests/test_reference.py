"""`cvbook.reference` on small cases worked by hand and, where slow, against Keras and SciPy."""

import itertools
import math

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

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


def test_pairwise_iou_is_box_iou_of_every_pair(rng):
    a, b = (np.sort(rng.uniform(0, 9, size=(n, 2, 2)), axis=1).reshape(n, 4) for n in (5, 3))
    expected = [[reference.box_iou(x, y) for y in b] for x in a]
    np.testing.assert_allclose(reference.pairwise_iou(a, b), expected)
    assert reference.pairwise_iou(a, np.zeros((0, 4))).shape == (5, 0)


def test_iou_of_masks_counts_pixels():
    masks = np.zeros((3, 4, 4), bool)
    masks[0, :2], masks[1, 1:3] = True, True
    ious = reference.pairwise_mask_iou(masks, masks)
    np.testing.assert_allclose(ious, [[1, 1 / 3, 0], [1 / 3, 1, 0], [0, 0, 0]])


def test_each_object_is_given_to_one_detection_the_best_scored_first():
    ious = [[0.9, 0.6], [0.95, 0.6], [0.5, 0.1], [0.2, 0.3]]
    np.testing.assert_array_equal(
        reference.match_detections(ious, [0.8, 0.9, 0.7, 0.6]), [1, 0, -1, -1]
    )
    np.testing.assert_array_equal(reference.match_detections(np.zeros((2, 0)), [0.8, 0.9]), -1)


def test_a_picture_without_detections_has_no_matches():
    no_masks, masks = np.zeros((0, 4, 4), bool), np.ones((2, 4, 4), bool)
    assert reference.pairwise_mask_iou(no_masks, masks).shape == (0, 2)
    assert reference.match_detections(np.zeros((0, 2)), []).shape == (0,)


# The example of Padilla et al., "A survey on performance metrics for object-detection algorithms"
# (2020): 15 objects in seven pictures, 24 detections by falling confidence, an AP of 24.56 %.
CONFIDENCES = [
    *(95, 95, 91, 88, 84, 80, 78, 74, 71, 70, 67, 62),
    *(54, 48, 45, 45, 44, 44, 43, 38, 35, 23, 18, 14),
]
TRUE_POSITIVES = np.isin(np.arange(24), (0, 2, 9, 11, 12, 13, 22))


def test_average_precision_of_the_published_example():
    correct = TRUE_POSITIVES
    # That is the area; COCO's mean at 101 recalls differs by less than 0.01.
    assert reference.average_precision(CONFIDENCES, correct, 15) == pytest.approx(0.2456, abs=0.01)
    precision, recall = reference.precision_recall(CONFIDENCES, correct, 15)
    assert precision[13] == pytest.approx(0.4285, abs=1e-4)
    assert recall[-1] == pytest.approx(0.4666, abs=1e-4)


def test_detections_are_ranked_by_their_scores():
    correct = np.array([False, True, True])
    assert reference.average_precision([0.1, 0.9, 0.8], correct, 2) == 1
    expected = 2 / 3  # at every recall
    assert reference.average_precision([0.9, 0.8, 0.1], correct, 2) == pytest.approx(expected)


def test_average_precision_is_that_of_coco_s_evaluation():
    rng = np.random.default_rng(0)
    for count in range(1, 40):
        scores, correct = rng.permutation(count), rng.random(count) < 0.6
        objects = int(correct.sum()) + int(rng.integers(1, 5))
        # As in `COCOeval.accumulate` of pycocotools, with whole numbers for the recalls.
        found = np.cumsum(correct[np.argsort(-scores)])
        precision = (found / np.arange(1, count + 1)).tolist()
        for i in range(count - 1, 0, -1):
            precision[i - 1] = max(precision[i - 1], precision[i])
        places = np.searchsorted(100 * found, np.arange(101) * objects, side="left")
        expected = np.mean([precision[i] if i < count else 0 for i in places])
        ap = reference.average_precision(scores, correct, objects)
        assert ap == pytest.approx(expected, abs=1e-12)


def test_average_precision_at_its_limits():
    assert reference.average_precision([0.9, 0.8], [True, True], 2) == 1
    assert reference.average_precision([], [], 3) == 0
    with pytest.raises(ValueError, match="num_objects"):
        reference.average_precision([0.9], [True], 0)


def test_anchors_are_centred_in_cells_and_have_the_size_and_ratio():
    anchors = reference.make_anchors(48, 40, stride=16, sizes=(16, 32), ratios=(0.5, 2))
    assert anchors.shape == (3 * 3 * 4, 4)
    np.testing.assert_allclose((anchors[:4, :2] + anchors[:4, 2:]) / 2, 8)
    np.testing.assert_allclose((anchors[4, :2] + anchors[4, 2:]) / 2, [24, 8])
    width, height = (anchors[:, 2:] - anchors[:, :2]).T
    np.testing.assert_allclose(np.sqrt(width * height)[:4], [16, 16, 32, 32])
    np.testing.assert_allclose((height / width)[:4], [0.5, 2, 0.5, 2])


def test_anchors_are_positive_ignored_or_background():
    boxes = [[0, 0, 10, 10], [20, 0, 30, 10]]
    anchors = [[0, 0, 10, 5], [20, 0, 30, 4.9], [0, 0, 10, 4], [20, 0, 30, 3.9], [20, 0, 30, 10]]
    assigned = reference.assign_anchors(anchors, boxes)
    ignored, background = reference.IGNORED, reference.BACKGROUND
    np.testing.assert_array_equal(assigned, [0, ignored, ignored, background, 1])
    np.testing.assert_array_equal(reference.assign_anchors(anchors, []), background)


def test_pck_counts_visible_points_within_a_share_of_the_scale():
    true = np.zeros((2, 3, 2))
    predicted = np.array([[[3, 4], [0, 5.1], [9, 9]], [[0, 10], [0, 0], [8, 8]]])
    visible = [[True, True, False], [True, True, True]]
    assert reference.pck(true, predicted, visible, scale=[50, 100]) == pytest.approx(3 / 5)
    with pytest.raises(ValueError, match="visible"):
        reference.pck(true, predicted, np.zeros((2, 3)), scale=[50, 100])


def test_rotations_are_scipys(rng):
    for yaw, pitch, roll in rng.uniform(-80, 80, size=(5, 3)):
        matrix = reference.rotation_matrix(yaw, pitch, roll)
        # SciPy's y and z turn as ours; its positive turn about x looks up, ours down.
        turns = Rotation.from_euler("yxz", [yaw, -pitch, roll], degrees=True)
        np.testing.assert_allclose(matrix, turns.as_matrix(), atol=1e-12)
        angle = np.degrees(turns.magnitude())
        assert reference.rotation_distance(np.eye(3), matrix) == pytest.approx(angle)


def test_a_turned_heads_nose_moves_right_down_and_clockwise():
    nose = np.array([0, 0.28, 1.2])
    assert (reference.rotation_matrix(30, 0, 0) @ nose)[0] > 0.5
    assert (reference.rotation_matrix(0, 30, 0) @ nose)[1] > 0.28 + 0.5
    right_eye = reference.rotation_matrix(0, 0, 30) @ np.array([1, 0, 0])
    assert right_eye[1] == pytest.approx(0.5)


def test_the_head_mesh_is_closed():
    triangles = reference.head_mesh()
    corners = np.unique(triangles.reshape(-1, 3).round(9), axis=0, return_inverse=True)[1]
    a, b, c = corners.reshape(-1, 3).T
    edges = np.sort(np.stack([np.r_[a, b, c], np.r_[b, c, a]]), axis=0)
    np.testing.assert_array_equal(np.unique(edges, axis=1, return_counts=True)[1], 2)


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
@pytest.mark.parametrize("alpha", [None, 0.25])
def test_focal_loss_is_keras(rng, alpha):
    import keras

    y_true, y_pred = rng.integers(0, 2, size=(9, 1)), rng.uniform(0.01, 0.99, size=(9, 1))
    options = {} if alpha is None else {"apply_class_balancing": True, "alpha": alpha}
    loss = keras.losses.BinaryFocalCrossentropy(gamma=3.0, reduction="none", **options)
    expected = np.asarray(loss(y_true, y_pred))
    got = reference.binary_focal_crossentropy(y_true, y_pred, gamma=3.0, alpha=alpha)
    np.testing.assert_allclose(got[:, 0], expected, rtol=1e-4)


@pytest.mark.slow
def test_non_max_suppression_is_tensorflows(rng):
    import tensorflow as tf

    corners = rng.uniform(0, 20, size=(60, 2))
    boxes = np.hstack([corners, corners + rng.uniform(4, 12, size=(60, 2))]).astype("float32")
    scores = rng.uniform(size=60).astype("float32")
    for threshold in (0.2, 0.5, 0.8):
        expected = tf.image.non_max_suppression(boxes, scores, 60, iou_threshold=threshold)
        got = reference.non_max_suppression(boxes, scores, threshold)
        np.testing.assert_array_equal(got, expected)


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
