"""The right answers that graded cells compare with: Keras's own, else the plain reference.

`answer_of(name)` finds, for every function of the exercises, a callable with its signature.
TensorFlow is imported when a Keras answer is first asked for.
"""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from cvbook import arithmetic, reference

#: Functions of one exercise, which may call each other.
EXERCISES = [
    names.split()
    for names in (
        "multi_hot predict_single_label predict_multi_label box_iou non_max_suppression "
        "cosine_similarity",
        "trimap_to_target pixel_accuracy mean_iou sparse_categorical_crossentropy "
        "build_segmentation_model",
        "output_size conv2d_transpose conv2d_transpose_channels overlap_count has_checkerboard",
        "feature_pyramid receptive_field vgg_block",
        "projection residual_block build_residual_model",
        "batch_norm_train update_moving batch_norm_inference fold_batch_norm freeze_batch_norm",
        "conv2d_params separable_conv2d_params conv2d_macs separable_conv2d_macs "
        "depthwise_conv2d pointwise_conv2d separable_conv2d",
        "xception_block build_mini_xception binary_accuracy",
        "grid_search_space random_search_space ensemble",
    )
]
ORACLES: dict[str, Callable[..., Any]] = {}


def _oracle(function: Callable[..., Any]) -> Callable[..., Any]:
    ORACLES[function.__name__] = function
    return function


def neighbours(name: str) -> set[str]:
    """Names of the other functions of the exercise that has a function of this name."""
    return {other for names in EXERCISES if name in names for other in names} - {name}


def answer_of(name: str) -> Callable[..., Any] | None:
    """Find the right answer's function.

    Parameters
    ----------
    name : str
        Of a function of the exercises.

    Returns
    -------
    callable or None
        None where `name` is no function of the exercises.
    """
    for module in (reference, arithmetic):
        found = ORACLES.get(name) or vars(module).get(name)
        if callable(found) and getattr(found, "__module__", "").startswith("cvbook."):
            return found
    return None


# --- 02: segmentation ---------------------------------------------------------------------------


@_oracle
def sparse_categorical_crossentropy(target, probs):
    """`keras.losses.sparse_categorical_crossentropy`, averaged."""
    from keras import losses

    return float(np.mean(losses.sparse_categorical_crossentropy(target, probs)))


@_oracle
@functools.cache
def build_segmentation_model(image_size=(200, 200), num_classes=3, width=64):
    """`cvbook.models.segmentation_model`."""
    from cvbook import models

    return models.segmentation_model(image_size, num_classes, width)


# --- 03: transposed convolution -----------------------------------------------------------------


@_oracle
def output_size(n, kernel_size, strides, padding="valid"):
    """`keras.layers.Conv2DTranspose.compute_output_shape`."""
    from keras import layers

    layer = layers.Conv2DTranspose(1, kernel_size, strides=strides, padding=padding)
    return layer.compute_output_shape((1, n, n, 1))[1]


@_oracle
def conv2d_transpose(x, kernel, strides=1):
    """`keras.ops.conv_transpose` of one channel."""
    return conv2d_transpose_channels(x[..., None], kernel[..., None, None], strides)[..., 0]


@_oracle
def conv2d_transpose_channels(x, kernel, strides=1, padding="valid"):
    """`keras.ops.conv_transpose`."""
    from keras import ops

    x, kernel = np.asarray(x, "float32"), np.asarray(kernel, "float32")
    return np.asarray(ops.conv_transpose(x[None], kernel, strides, padding)[0])


# --- 07: separable convolution ------------------------------------------------------------------


@functools.lru_cache(typed=True)
def _params(layer_name, kernel_size, in_channels, filters, use_bias):
    import keras

    layer = getattr(keras.layers, layer_name)(filters, kernel_size, use_bias=use_bias)
    # Only the shapes are wanted, and drawing the weights takes most of the time.
    with keras.StatelessScope(initialize_variables=False):
        layer.build((None, kernel_size, kernel_size, in_channels))
    return layer.count_params()


@_oracle
def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    """`keras.layers.Conv2D.count_params`."""
    return _params("Conv2D", kernel_size, in_channels, filters, use_bias)


@_oracle
def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    """`keras.layers.SeparableConv2D.count_params`."""
    return _params("SeparableConv2D", kernel_size, in_channels, filters, use_bias)


@_oracle
def depthwise_conv2d(x, kernel):
    """`keras.ops.depthwise_conv`."""
    from keras import ops

    x, kernel = np.asarray(x, "float32"), np.asarray(kernel, "float32")
    return np.asarray(ops.depthwise_conv(x[None], kernel[..., None])[0])


@_oracle
def pointwise_conv2d(x, kernel):
    """`keras.ops.conv` with a 1×1 kernel."""
    from keras import ops

    x, kernel = np.asarray(x, "float32"), np.asarray(kernel, "float32")
    return np.asarray(ops.conv(x[None], kernel[None, None])[0])


@_oracle
def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    """`keras.ops.separable_conv`."""
    from keras import ops

    x, depthwise, pointwise = (
        np.asarray(a, "float32") for a in (x, depthwise_kernel, pointwise_kernel)
    )
    return np.asarray(ops.separable_conv(x[None], depthwise[..., None], pointwise[None, None])[0])


# --- 05: residual connections -------------------------------------------------------------------


@_oracle
def residual_block(x, filters, pooling=False):
    """`cvbook.models.residual_block`."""
    from cvbook import models

    return models.residual_block(x, filters, pooling)


@_oracle
@functools.cache
def build_residual_model(input_shape=(32, 32, 3)):
    """`cvbook.models.residual_model`."""
    from cvbook import models

    return models.residual_model(input_shape)


# --- 06: batch normalization --------------------------------------------------------------------


def _batch_normalization(x, gamma, beta, epsilon, momentum):
    from keras import layers

    layer = layers.BatchNormalization(momentum=momentum, epsilon=epsilon, dtype="float64")
    layer.build(np.shape(x))
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    return layer


@_oracle
def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    """`keras.layers.BatchNormalization` in training; without momentum it keeps the statistics."""
    layer = _batch_normalization(x, gamma, beta, epsilon, momentum=0.0)
    y = np.asarray(layer(np.asarray(x, float), training=True))
    return y, np.asarray(layer.moving_mean), np.asarray(layer.moving_variance)


@_oracle
def batch_norm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    """`keras.layers.BatchNormalization` in inference."""
    layer = _batch_normalization(x, gamma, beta, epsilon, momentum=0.99)
    layer.moving_mean.assign(moving_mean)
    layer.moving_variance.assign(moving_variance)
    return np.asarray(layer(np.asarray(x, float), training=False))


# --- 04: architecture ---------------------------------------------------------------------------


@_oracle
def vgg_block(x, filters, convs):
    """A block of `keras.applications.VGG16`."""
    from keras import layers

    for _ in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)


# --- 08: mini-Xception --------------------------------------------------------------------------


@_oracle
def xception_block(x, size):
    """`cvbook.models.xception_block`."""
    from cvbook import models

    return models.xception_block(x, size)


@_oracle
def build_mini_xception(
    input_shape=(180, 180, 3), sizes=(32, 64, 128, 256, 512), augmentation=None
):
    """`cvbook.models.mini_xception`."""
    from cvbook import models

    return models.mini_xception(input_shape, sizes, augmentation)
