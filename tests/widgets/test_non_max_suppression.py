"""The page keeps the boxes that NumPy and Keras's formula keep, and finds what they find."""

import numpy as np
import pytest

from cvbook import reference
from cvbook.widgets import NonMaxSuppression

STATE = "non_max_suppression/state.js"
SYNCED = ("boxes", "scores", "true_boxes", "score_threshold", "nms_threshold", "iou_threshold")


def random_widgets(count, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        corner = rng.integers(0, 60, (12, 2))
        boxes = np.concatenate([corner, corner + rng.integers(5, 60, (12, 2))], axis=1)
        yield NonMaxSuppression(
            boxes[:8],
            np.round(rng.random(8), 1),  # some are equal
            boxes[8:],
            score_threshold=float(rng.choice([0, 0.3, 0.6])),
            nms_threshold=float(rng.choice([0.05, 0.3, 0.5, 0.95])),
            iou_threshold=float(rng.choice([0.1, 0.3, 0.5])),
        )


def test_page_module_equals_python(node):
    widgets = list(random_widgets(150))
    states = [{name: getattr(one, name) for name in SYNCED} for one in widgets]
    expression = "given.map((s) => [m.detect(s), m.measure(m.detect(s), s.true_boxes.length)])"
    some = {"low": 0, "suppressed": 0, "kept": 0}
    for (detections, measured), widget in zip(
        node(STATE, states, expression), widgets, strict=True
    ):
        kept = [one for one in detections if one["fate"] == "kept"]
        assert [one["index"] for one in kept] == widget.kept
        assert [one["object"] for one in kept] == widget.matches
        assert measured["averagePrecision"] == pytest.approx(widget.average_precision, abs=1e-12)
        for one in detections:
            some[one["fate"]] += 1
            ious = reference.pairwise_iou([widget.boxes[one["index"]]], widget.true_boxes)[0]
            assert one["iou"] == pytest.approx(ious.max(), abs=1e-12)
            if one["fate"] == "suppressed":
                overlap = reference.box_iou(widget.boxes[one["index"]], widget.boxes[one["rival"]])
                assert one["overlap"] == pytest.approx(overlap, abs=1e-12)
                assert overlap > widget.nms_threshold
    assert min(some.values()) > 50


@pytest.mark.slow
def test_suppression_is_tensorflow_s():
    import tensorflow as tf

    for widget in random_widgets(60, seed=1):
        if len(set(widget.scores)) < len(widget.scores) or widget.score_threshold:
            continue  # the order of equal scores is not TensorFlow's promise
        kept = tf.image.non_max_suppression(
            np.array(widget.boxes, "float32")[:, [1, 0, 3, 2]],
            np.array(widget.scores, "float32"),
            max_output_size=8,
            iou_threshold=widget.nms_threshold,
        )
        assert kept.numpy().tolist() == widget.kept


def test_boxes_and_scores_must_be_as_many():
    with pytest.raises(ValueError, match="4 boxes, 1 scores"):
        NonMaxSuppression(scores=[0.5])


@pytest.mark.slow
def test_thresholds_and_the_selected_box_by_keyboard(show):
    image = np.full((288, 384, 3), 200, "uint8")
    page = show(NonMaxSuppression(image=image))
    result = page.locator(".cvbook-result")
    assert "상자 3개가 남아 3개 가운데 2개를 찾았다. AP 0.663" in result.inner_text()
    page.get_by_label("억제의 임계값").press("End")
    assert "상자 4개가 남아" in result.inner_text()
    assert "상자 4개가 남아" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="점수 0.60인 상자 고르기").press("Enter")
    for _ in range(24):
        page.get_by_label("가로").press("ArrowLeft")
    assert "3개 가운데 3개를 찾았다" in result.inner_text()
    page.get_by_role("button", name="처음 자리로").press("Enter")
    assert "3개 가운데 2개를 찾았다" in result.inner_text()
    assert page.locator("svg image").get_attribute("href").startswith("data:image/jpeg")
