"""The lecture's models in Keras: segmentation, residual network, mini-Xception."""

from collections.abc import Sequence

import keras
from keras import layers


def segmentation_model(
    image_size: tuple[int, int] = (200, 200), num_classes: int = 3, width: int = 64
) -> keras.Model:
    """Build the lecture's segmentation model: three downsampling and three upsampling blocks.

    Parameters
    ----------
    image_size : (int, int)
        Height and width in pixels, both divisible by 8.
    num_classes : int
        Number of classes of a pixel.
    width : int
        Filters of the first block; the next ones have twice and four times as many.
        64 is the lecture's (2,880,643 parameters).

    Returns
    -------
    keras.Model
        uint8 or float images `(batch, height, width, 3)` in 0–255 to class probabilities
        `(batch, height, width, num_classes)`.

    Raises
    ------
    ValueError
        If height or width is not divisible by 8: the output would have another size.
    """
    if any(side % 8 for side in image_size):
        raise ValueError(f"image_size {image_size}: height and width must be divisible by 8")
    inputs = keras.Input(shape=(*image_size, 3))
    x = layers.Rescaling(1.0 / 255)(inputs)
    for filters in (width, 2 * width, 4 * width):
        x = layers.Conv2D(filters, 3, strides=2, activation="relu", padding="same")(x)
        x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    for filters in (4 * width, 2 * width, width):
        x = layers.Conv2DTranspose(filters, 3, activation="relu", padding="same")(x)
        x = layers.Conv2DTranspose(filters, 3, activation="relu", padding="same", strides=2)(x)
    # Probabilities stay float32 under mixed precision, as Keras advises for the last layer.
    outputs = layers.Conv2D(num_classes, 3, activation="softmax", padding="same", dtype="float32")(
        x
    )
    return keras.Model(inputs, outputs, name="segmentation")


def vgg_block(x: keras.KerasTensor, filters: int, convs: int) -> keras.KerasTensor:
    """VGG's block of 3×3 ReLU convolutions and 2×2 max pooling (Simonyan & Zisserman, 2014).

    Parameters
    ----------
    x : KerasTensor
        `(batch, height, width, channels)`.
    filters : int
        Of each convolution.
    convs : int
        Number of convolutions, with padding "same".

    Returns
    -------
    KerasTensor
        `(batch, ⌊height / 2⌋, ⌊width / 2⌋, filters)`.
    """
    for _ in range(convs):
        x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    return layers.MaxPooling2D(2)(x)


def residual_block(x: keras.KerasTensor, filters: int, pooling: bool = False) -> keras.KerasTensor:
    """Two 3×3 convolutions and the lecture's shortcut around them.

    Parameters
    ----------
    x : KerasTensor
        `(batch, height, width, channels)`.
    filters : int
        Channels of the result.
    pooling : bool
        Halve height and width (rounding up); the shortcut then has a stride of 2.

    Returns
    -------
    KerasTensor
        `(batch, height, width, filters)`, or half the height and width with `pooling`.
    """
    residual = x
    x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    if pooling:
        x = layers.MaxPooling2D(2, padding="same")(x)
        residual = layers.Conv2D(filters, 1, strides=2)(residual)
    elif filters != residual.shape[-1]:
        residual = layers.Conv2D(filters, 1)(residual)
    return layers.add([x, residual])


def residual_model(input_shape: tuple[int, int, int] = (32, 32, 3)) -> keras.Model:
    """The lecture's small residual network: blocks of 32, 64 (both pooling) and 128 filters.

    Parameters
    ----------
    input_shape : (int, int, int)
        Height, width and channels of a picture.

    Returns
    -------
    keras.Model
        Images in 0–255 to the probability of class 1, `(batch, 1)`.
    """
    inputs = keras.Input(shape=input_shape)
    x = layers.Rescaling(1.0 / 255)(inputs)
    x = residual_block(x, filters=32, pooling=True)
    x = residual_block(x, filters=64, pooling=True)
    x = residual_block(x, filters=128, pooling=False)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(1, activation="sigmoid", dtype="float32")(x)
    return keras.Model(inputs, outputs, name="residual")


def xception_block(x: keras.KerasTensor, size: int, momentum: float = 0.99) -> keras.KerasTensor:
    """The lecture's Xception block: twice normalise–ReLU–separable convolution, pool, add.

    Parameters
    ----------
    x : KerasTensor
        `(batch, height, width, channels)`.
    size : int
        Filters of the block.
    momentum : float
        Of the moving statistics of `BatchNormalization`; Keras's default is 0.99.

    Returns
    -------
    KerasTensor
        `(batch, ⌈height / 2⌉, ⌈width / 2⌉, size)`.
    """
    residual = x
    for _ in range(2):
        x = layers.BatchNormalization(momentum=momentum)(x)
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    residual = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(residual)
    return layers.add([x, residual])


def mini_xception(
    input_shape: tuple[int, int, int] = (180, 180, 3),
    sizes: Sequence[int] = (32, 64, 128, 256, 512),
    augmentation: keras.layers.Layer | None = None,
    momentum: float = 0.99,
) -> keras.Model:
    """Build the lecture's mini-Xception, after Chollet (2017).

    Parameters
    ----------
    input_shape : (int, int, int)
        Height, width and channels of a picture.
    sizes : sequence of int
        Filters of the blocks; the first convolution has as many as the first block. At least 16:
        TensorFlow 2.21 with oneDNN crashes in the gradient of narrower shortcuts.
        The default has 721,857 parameters, 718,849 of them trainable.
    augmentation : keras.layers.Layer or None
        Applied to the pictures in training.
    momentum : float
        Of `BatchNormalization`; 0.9 suits trainings of few steps.

    Returns
    -------
    keras.Model
        Images in 0–255 to the probability of class 1, `(batch, 1)`.

    Raises
    ------
    ValueError
        If a size is below 16.
    """
    if min(sizes) < 16:
        raise ValueError(f"sizes {tuple(sizes)}: each must be at least 16")
    inputs = keras.Input(shape=input_shape)
    x = inputs if augmentation is None else augmentation(inputs)
    x = layers.Rescaling(1.0 / 255)(x)
    x = layers.Conv2D(sizes[0], 5, use_bias=False)(x)
    for size in sizes:
        x = xception_block(x, size, momentum)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.5)(x)
    outputs = layers.Dense(1, activation="sigmoid", dtype="float32")(x)
    return keras.Model(inputs, outputs, name="mini_xception")
