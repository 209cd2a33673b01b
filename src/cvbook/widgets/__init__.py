"""Interactive figures: live in JupyterLab, alive without a kernel on the static page.

One `.py`, `.js` and `.css` per widget. Everything a page needs is computed in the ES module; the
Python class computes the same for notebooks and is held against Keras.
"""

from cvbook.widgets.batch_norm_playground import BatchNormPlayground
from cvbook.widgets.residual_shapes import ResidualShapes
from cvbook.widgets.separable_conv_counter import SeparableConvCounter
from cvbook.widgets.transposed_conv2d import TransposedConv2D

__all__ = ["BatchNormPlayground", "ResidualShapes", "SeparableConvCounter", "TransposedConv2D"]
