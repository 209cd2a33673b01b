"""What `cvbook.plots` draws, read back from the figure."""

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from cvbook import plots, reference


@pytest.fixture
def ax():
    _, ax = plt.subplots()
    yield ax
    plt.close("all")


def test_overlay_mixes_the_colour_of_a_label_and_leaves_label_0_as_it_is():
    image = np.full((1, 3, 3), 100, "uint8")
    mixed = plots.overlay(image, [[0, 1, 3]], colors=["#ff0000", "#00ff00"], alpha=0.5)
    np.testing.assert_array_equal(mixed, [[[100, 100, 100], [178, 50, 50], [178, 50, 50]]])
    assert (image == 100).all()


def test_a_box_encloses_whole_pixels(ax):
    plots.show_image(ax, np.zeros((8, 8, 3), "uint8"))
    plots.draw_boxes(ax, [(2, 3, 6, 7)], texts=["cat"])
    (box,) = ax.patches
    # `imshow` puts the centre of pixel 2 at x = 2, so its left edge is at 1.5.
    np.testing.assert_allclose(box.get_bbox().extents, [1.5, 2.5, 5.5, 6.5])
    assert [text.get_text() for text in ax.texts] == ["cat"]


def test_a_skeleton_leaves_out_lines_that_lack_a_point(ax):
    points = {"nose": (1, 2, True), "neck": (3, 4, False)}
    plots.draw_skeleton(ax, points, [("nose", "neck"), ("neck", "tail_base")])
    (line,) = ax.lines
    np.testing.assert_array_equal(line.get_xydata(), [[1, 2], [3, 4]])


@pytest.mark.parametrize("angles", [(0, 0, 0), (30, -10, 15)])
def test_a_head_is_laid_where_its_nose_and_eyes_are(ax, angles):
    face = np.array([[0, 0.28, 0.5], [-0.4, -0.1, 0.4], [0.4, -0.1, 0.4]])
    seen = [50, 60] + 20 * (face @ reference.rotation_matrix(*angles).T)[:, :2]
    plots.draw_head(ax, *seen, angles)
    (mesh,) = [one for one in ax.collections if isinstance(one, PolyCollection)]
    drawn = np.concatenate([path.vertices for path in mesh.get_paths()])
    true = [50, 60] + 20 * (reference.head_mesh() @ reference.rotation_matrix(*angles).T)[..., :2]
    np.testing.assert_allclose(drawn.min(axis=0), true.min(axis=(0, 1)), atol=1e-6)
    np.testing.assert_allclose(drawn.max(axis=0), true.max(axis=(0, 1)), atol=1e-6)
