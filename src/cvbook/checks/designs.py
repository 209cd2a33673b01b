"""Measurements of a designed classifier: multiply–adds, what an entry sees, a short training.

The task `design_pyramid` of assignment 4 is scored by them, and students measure their designs
with them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from cvbook.arithmetic import Shape
from cvbook.checks.keras_models import is_model

#: Of the short training: pictures, pictures in a batch, epochs, and pictures of the test set.
PICTURES, BATCH, EPOCHS, TEST_PICTURES = 600, 20, 5, 300


def runways(count: int, shape: Shape, num_classes: int, seed: Sequence[int] | int) -> Any:
    """Draw runways at night: of each, only the lights at its two ends are seen.

    The direction of the line between them is the class. About half of what lies between the
    borders is between the lights, so that each alone is nearly anywhere, whatever the direction.

    Parameters
    ----------
    count : int
    shape : (height, width, channels)
    num_classes : int
        Directions, evenly spaced over a half turn; class 0 is along the rows.
    seed : int or sequence of int

    Returns
    -------
    (array, array)
        Pictures `(count, height, width, channels)`, float32, of about 0 to 2; classes `(count,)`.
    """
    height, width, channels = shape
    rng = np.random.default_rng(seed)
    labels = rng.integers(num_classes, size=count)
    angles = np.pi * (labels + rng.uniform(-0.15, 0.15, count)) / num_classes
    directions = np.stack([np.sin(angles), np.cos(angles)], axis=1)
    directions /= np.abs(directions).max(axis=1, keepdims=True)
    reach = np.array([height, width]) / 2 - 2.5
    half = directions * reach.min() * rng.uniform(0.45, 0.55, (count, 1))
    middles = rng.uniform(-1, 1, (count, 2)) * (reach - np.abs(half))
    rows, columns = (np.arange(length) - (length - 1) / 2 for length in (height, width))
    lights = sum(
        np.exp(-((rows - y[:, None]) ** 2)[:, :, None] / 4.5)
        * np.exp(-((columns - x[:, None]) ** 2)[:, None, :] / 4.5)
        for y, x in ((middles - half).T, (middles + half).T)
    )
    colours = rng.uniform(1, 2, (count, 1, 1, channels))
    noise = 0.05 * rng.normal(size=(count, height, width, channels))
    return (np.asarray(lights)[..., None] * colours + noise).astype("float32"), labels


def multiply_adds(model: Any) -> int:
    """Count the multiply–adds of convolutions and dense layers for one picture.

    Parameters
    ----------
    model : keras.Model
        Whatever its layers are: the operations that it executes are counted. A layer that is
        called twice counts twice. Biases, activations, pooling and normalization do not count.

    Returns
    -------
    int
    """
    import tensorflow as tf

    spec = tf.TensorSpec((1, *model.input_shape[1:]), model.inputs[0].dtype)
    graph = tf.function(lambda x: model(x, training=False)).get_concrete_function(spec).graph
    return sum(map(_operation_macs, graph.get_operations()))


def _operation_macs(operation: Any) -> int:
    kind, inputs = operation.type, [tensor.shape for tensor in operation.inputs]
    if kind == "Einsum":
        terms = operation.get_attr("equation").decode().partition("->")[0].split(",")
        pairs = (zip(*pair, strict=True) for pair in zip(terms, inputs, strict=True))
        sizes = {letter: size for pair in pairs for letter, size in pair}
        return int(np.prod(list(sizes.values())))
    if kind in ("Conv2D", "DepthwiseConv2dNative"):
        kernel = inputs[1][: 3 if kind == "Conv2D" else 2]
    elif kind in ("MatMul", "BatchMatMulV2"):
        transposed = operation.get_attr("transpose_a" if kind == "MatMul" else "adj_x")
        kernel = [inputs[0][-2 if transposed else -1]]
    elif kind == "Conv2DBackpropInput":  # a transposed convolution
        return int(np.prod(inputs[2]) * np.prod([inputs[1][0], inputs[1][1], inputs[1][2]]))
    else:
        return 0
    output = operation.outputs[0]
    for after in output.consumers():
        if after.type == "BatchToSpaceND":  # a dilated convolution, whose padding is cut off there
            output = after.outputs[0]
    return int(np.prod(output.shape) * np.prod(kernel))


def _is_map(tensor: Any) -> bool:
    shape = tensor.shape
    return len(shape) == 4 and None not in shape[1:] and shape[1] * shape[2] > 1


def _last_maps(model: Any) -> Iterator[Any]:
    """Yield the models that end at the last feature maps with more than one entry."""
    import keras

    left, seen = list(model.outputs), set()
    while left:
        tensor = left.pop()
        if id(tensor) in seen:
            continue
        seen.add(id(tensor))
        if _is_map(tensor):
            yield keras.Model(model.inputs, tensor)
            continue
        layer, node, _ = tensor._keras_history
        before = layer._inbound_nodes[node].input_tensors
        if is_model(layer):
            for inner in _last_maps(layer):
                yield keras.Model(model.inputs, inner(before if len(before) > 1 else before[0]))
        else:
            left += before


def seen_by_one_entry(model: Any) -> tuple[int, int]:
    """Measure how many rows and columns of the input an entry of the last feature map sees.

    The feature map is the last one with more than one entry; where several come last, the one
    that sees more. The entries in its middle are differentiated with respect to the pixels of
    random pictures, with random weights that are positive, so that nothing
    cancels out and every ReLU is open; of those entries, the one that sees most counts. Rows
    and columns beyond the border are not counted.

    Parameters
    ----------
    model : keras.Model
        Functional or sequential; models inside of it are entered.

    Returns
    -------
    (int, int)
        Rows and columns with a gradient that is not 0; (0, 0) without such a feature map.
    """
    before = model.get_weights()
    rng = np.random.default_rng(0)
    for weight in model.weights:
        shape = weight.shape
        if len(shape) > 1 and str(weight.dtype).startswith("float"):
            value = np.abs(rng.normal(size=shape)) / np.prod(shape[:-1])
            weight.assign(value.astype(weight.dtype))
    try:
        found = [field for maps in _last_maps(model) for field in _fields(maps)]
    finally:
        model.set_weights(before)
    return max(found, key=lambda field: (min(field), sum(field)), default=(0, 0))


def _fields(maps: Any) -> Iterator[tuple[int, int]]:
    """Yield rows and columns that the entries in the middle of a feature map see."""
    import tensorflow as tf

    rng = np.random.default_rng(1)
    pictures = tf.constant(rng.uniform(size=(16, *maps.input_shape[1:])).astype("float32"))
    _, height, width, _ = maps.output_shape
    for row in {(height - 1) // 2, height // 2}:
        for column in {(width - 1) // 2, width // 2}:
            with tf.GradientTape() as tape:
                tape.watch(pictures)
                entry = tf.cast(maps(pictures, training=False), "float32")[:, row, column]
                total = tf.reduce_sum(entry)
            gradient = tape.gradient(total, pictures)
            seen = np.zeros(maps.input_shape[1:3], bool)
            if gradient is not None:
                seen = np.any(np.asarray(gradient) != 0, axis=(0, 3))
            yield int(seen.any(axis=1).sum()), int(seen.any(axis=0).sum())


def short_training(model: Any, num_classes: int, seed: int = 0) -> tuple[float, list[float]]:
    """Train a classifier for 150 updates on runways, and test it on new ones.

    Parameters
    ----------
    model : keras.Model
        Its weights change. Batch normalization gets a momentum of 0.9, since 0.99 needs more
        updates than there are.
    num_classes : int
    seed : int
        Of the pictures, their order, and what is random in layers.

    Returns
    -------
    (float, list of float)
        Accuracy on the test set, and the training loss of each epoch.
    """
    import keras

    shape = model.input_shape[1:]
    images, labels = runways(PICTURES, shape, num_classes, [seed, 1])
    test_images, test_labels = runways(TEST_PICTURES, shape, num_classes, [seed, 2])
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.9
    keras.utils.set_random_seed(seed)
    optimizer = keras.optimizers.Adam(0.003)
    model.compile(optimizer, "sparse_categorical_crossentropy", jit_compile=False)
    history = model.fit(images, labels, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    predicted = np.argmax(np.asarray(model(test_images, training=False)), axis=1)
    return float(np.mean(predicted == test_labels)), list(history.history["loss"])


def design_problem(
    model: Any, input_shape: Shape, num_classes: int, max_params: int, max_macs: int
) -> str | None:
    """Say what is wrong with a designed classifier, apart from its accuracy and what it sees.

    Parameters
    ----------
    model : object
        What the student's function returned.
    input_shape : (height, width, channels)
    num_classes, max_params, max_macs : int

    Returns
    -------
    str or None
        A message in Korean; None where types, shapes, budgets and probabilities are right.
    """
    import keras

    if not isinstance(model, keras.Model):
        return f"keras.Model을 돌려주어야 하는데 {type(model).__name__}입니다."
    expected = (None, *input_shape), (None, num_classes)
    shapes = tuple(model.input_shape), tuple(model.output_shape)
    if shapes != expected:
        return f"입력과 출력의 모양이 {expected[0]}, {expected[1]}이어야 하는데 {shapes}입니다."
    params, macs = model.count_params(), multiply_adds(model)
    if params > max_params:
        return (
            f"파라미터가 {params:,}개로 한도 {max_params:,}개를 넘습니다. "
            "어느 층이 가장 많이 쓰는지 model.summary()로 보세요."
        )
    if macs > max_macs:
        return (
            f"곱셈–덧셈이 {macs:,}번으로 한도 {max_macs:,}번을 넘습니다. "
            "높이와 너비가 큰 층부터 출력의 칸 수와 채널을 보세요."
        )
    pictures = 100 * np.random.default_rng(0).normal(size=(16, *input_shape))
    probs = np.asarray(model(pictures.astype("float32"), training=False))
    if not (np.all(probs >= 0) and np.allclose(probs.sum(axis=1), 1, atol=1e-3)):
        return (
            f"출력이 확률이 아닙니다. 가장 작은 값이 {probs.min():.3g}, 한 사진의 합이 "
            f"{probs[0].sum():.3g}입니다. 마지막 활성화 함수를 보세요."
        )
    return None
