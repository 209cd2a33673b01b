"""Interactive figures: anywidgets for JupyterLab that also run without a kernel on static pages.

Each widget has a Python class here, its front end in `frontend/<widget>/`, and that front end
bundled into one module and one stylesheet in `static/`:

- `state.js`: the traits' types and pure functions of them, which tests compare with Python
- `draw.js`: SVG, canvas and other pictures of a state
- `view.js`: controls and events; writes the traits of the model
- `texts.js`: every sentence in Korean and English

JavaScript computes everything that is shown, since a static page has no kernel; the Python class
computes the same for notebooks, and its tests compare it with Keras. `make widgets` rebuilds the
bundles.
"""

from cvbook.widgets.batch_norm_playground import BatchNormPlayground
from cvbook.widgets.learning_rates import LearningRates
from cvbook.widgets.mask_resizing import MaskResizing
from cvbook.widgets.non_max_suppression import NonMaxSuppression
from cvbook.widgets.receptive_field import ReceptiveField
from cvbook.widgets.residual_shapes import ResidualShapes
from cvbook.widgets.separable_conv_counter import SeparableConvCounter
from cvbook.widgets.transposed_conv2d import TransposedConv2D

__all__ = [
    "BatchNormPlayground",
    "LearningRates",
    "MaskResizing",
    "NonMaxSuppression",
    "ReceptiveField",
    "ResidualShapes",
    "SeparableConvCounter",
    "TransposedConv2D",
]
