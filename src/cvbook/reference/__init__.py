"""Reference implementations of the book's operations in NumPy, close to their formulas.

Images are `(height, width, channels)`, boxes `(xmin, ymin, xmax, ymax)`, kernels laid out as in
Keras. No function modifies its arguments.
"""

from cvbook.reference._types import Array
from cvbook.reference.batchnorm import (
    batch_norm_inference,
    batch_norm_train,
    fold_batch_norm,
    update_moving,
)
from cvbook.reference.detection import (
    BACKGROUND,
    IGNORED,
    assign_anchors,
    average_precision,
    binary_focal_crossentropy,
    make_anchors,
    match_detections,
    pairwise_iou,
    pairwise_mask_iou,
    precision_recall,
)
from cvbook.reference.improving import ensemble, grid_search_space, random_search_space
from cvbook.reference.mini_xception import binary_accuracy
from cvbook.reference.pose import head_mesh, pck, rotation_distance, rotation_matrix
from cvbook.reference.segmentation import (
    EPSILON,
    mean_iou,
    pixel_accuracy,
    sparse_categorical_crossentropy,
    trimap_to_target,
)
from cvbook.reference.separable_conv import depthwise_conv2d, pointwise_conv2d, separable_conv2d
from cvbook.reference.tasks import (
    box_iou,
    cosine_similarity,
    multi_hot,
    non_max_suppression,
    predict_multi_label,
    predict_single_label,
)
from cvbook.reference.transposed_conv import (
    conv2d_transpose,
    conv2d_transpose_channels,
    output_windows,
    overlap_count,
)

__all__ = [
    "BACKGROUND",
    "EPSILON",
    "IGNORED",
    "Array",
    "assign_anchors",
    "average_precision",
    "batch_norm_inference",
    "batch_norm_train",
    "binary_accuracy",
    "binary_focal_crossentropy",
    "box_iou",
    "conv2d_transpose",
    "conv2d_transpose_channels",
    "cosine_similarity",
    "depthwise_conv2d",
    "ensemble",
    "fold_batch_norm",
    "grid_search_space",
    "head_mesh",
    "make_anchors",
    "match_detections",
    "mean_iou",
    "multi_hot",
    "non_max_suppression",
    "output_windows",
    "overlap_count",
    "pairwise_iou",
    "pairwise_mask_iou",
    "pck",
    "pixel_accuracy",
    "pointwise_conv2d",
    "precision_recall",
    "predict_multi_label",
    "predict_single_label",
    "random_search_space",
    "rotation_distance",
    "rotation_matrix",
    "separable_conv2d",
    "sparse_categorical_crossentropy",
    "trimap_to_target",
    "update_moving",
]
