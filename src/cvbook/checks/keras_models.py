"""Comparison of Keras models by shapes, parameter counts, layers and outputs."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cvbook.checks.cases import is_keras, is_keras_tensor
from cvbook.checks.messages import Difference, format_value, hint_for_error

_ORDER_HINT = "층의 종류와 수는 맞습니다. 잇는 순서, 활성화 함수의 자리, 잔차 연결을 확인하세요."
_TRAINING_HINT = (
    "추론할 때의 출력은 맞습니다. 배치 정규화와 드롭아웃의 자리를 보고, 층을 부를 때 `training=`을 "
    "정해 두지 않았는지 확인하세요."
)


def is_model(value: Any) -> bool:
    """Whether a value is a `keras.Model`, without importing Keras.

    Parameters
    ----------
    value : object

    Returns
    -------
    bool
    """
    return is_keras(value) and hasattr(value, "layers")


def as_model(tensors: Sequence[Any], output: Any) -> Any:
    """Build the model from symbolic inputs to an output that was computed from them.

    Parameters
    ----------
    tensors : sequence of KerasTensor
        The inputs.
    output : KerasTensor

    Returns
    -------
    keras.Model

    Raises
    ------
    ValueError
        If the output was not computed from the inputs.
    """
    import keras

    return keras.Model(tensors[0] if len(tensors) == 1 else list(tensors), output)


def reuse_problem(first: Any, second: Any) -> Difference | None:
    """Describe what hinders two results of the same function in one model.

    Parameters
    ----------
    first, second : keras.Model or KerasTensor
        Of two calls with inputs of their own.

    Returns
    -------
    Difference or None
        None if nothing does.
    """
    import keras

    twice = "두 번 불러 한 모델에 쓸 수 있음"

    if is_model(first):
        models = [first, second]
    else:
        sources = [keras.utils.get_source_inputs(result) for result in (first, second)]
        models = [as_model(*pair) for pair in zip(sources, (first, second), strict=True)]
        try:
            keras.Model([*sources[0], *sources[1]], [first, second])
        except ValueError as error:
            return Difference(twice, f"{type(error).__name__}: {error}", hint_for_error(error))
    own, other = ({id(weight) for weight in model.weights} for model in models)
    hint = "층을 함수 안에서, 부를 때마다 새로 만드세요."
    return Difference(twice, "두 번 부르면 같은 가중치를 함께 씀", hint) if own & other else None


def longest_chain(model: Any, counts: Callable[[Any], bool]) -> int:
    """Count the layers of a kind that follow one another between a model's input and output.

    Parameters
    ----------
    model : keras.Model
        Functional or sequential. Models and layers of one's own inside of it are entered, if their
        `call` works on symbolic tensors.
    counts : callable
        Whether a layer is of the kind.

    Returns
    -------
    int
        Of the path with the most of them. A layer that is called twice counts twice.
    """
    found: dict[int, int] = {}

    def longest(tensor: Any) -> int:
        if id(tensor) not in found:
            layer, node, _ = tensor._keras_history
            before = map(longest, layer._inbound_nodes[node].input_tensors)
            inside = _inside(layer, layer._inbound_nodes[node])
            own = int(counts(layer)) if inside is None else longest_chain(inside, counts)
            found[id(tensor)] = max(before, default=0) + own
        return found[id(tensor)]

    return max(map(longest, model.outputs))


def _inside(layer: Any, node: Any) -> Any:
    """Return the functional model of what a layer computes, or None if it has no layers inside."""
    import keras

    if getattr(layer, "outputs", None):
        return layer
    if not isinstance(layer, keras.Layer) or not list(layer._flatten_layers(include_self=False)):
        return None
    inputs = [keras.Input(batch_shape=t.shape, dtype=t.dtype) for t in node.input_tensors]
    try:
        return as_model(inputs, layer.call(*inputs))
    except Exception:  # it computes with arrays alone
        return None


def model_difference(expected: Any, answer: Any, tensors: Sequence[Any]) -> Difference | None:
    """Compare two models by shapes, parameter counts and outputs.

    Outputs are compared after all weights are set to values that depend only on their names and
    shapes, so that equivalent models agree even if their layers were created in another order or
    are of other classes. They are compared as in inference and as in training, with the same
    random states: only there do batch normalization before and after max pooling differ.

    Parameters
    ----------
    expected : keras.Model
    answer : object
        Result of the student's function: a model, or a tensor if `tensors` are its arguments.
    tensors : sequence of KerasTensor
        Symbolic inputs among its arguments.

    Returns
    -------
    Difference or None
        None if they agree.
    """
    if is_keras_tensor(answer) and tensors:
        try:
            answer = as_model(tensors, answer)
        except ValueError:
            return Difference(
                "입력 텐서에서 계산한 텐서",
                "입력과 이어지지 않은 텐서",
                "함수가 받은 `x`에서 출발해 모든 층을 이어야 합니다.",
            )
    elif tensors or not is_model(answer):
        expected_type = "케라스 텐서" if tensors else "keras.Model"
        return Difference(expected_type, f"{type(answer).__name__}: {format_value(answer)}")
    return _structure_difference(expected, answer) or _output_difference(expected, answer)


def _structure_difference(expected: Any, answer: Any) -> Difference | None:
    properties: list[tuple[str, Callable[[Any], Any]]] = [
        ("입력 모양", lambda model: tuple(model.input_shape)),
        ("출력 모양", lambda model: tuple(model.output_shape)),
        ("파라미터 수", lambda model: model.count_params()),
        ("훈련되는 파라미터 수", lambda model: _count_parameters(model.trainable_weights)),
        ("훈련할 때만 일하는 층", _training_only_layers),
        ("벌점(regularizer)이나 제약(constraint)이 있는 가중치의 수", _count_restricted),
        ("모든 값이 같은 필터의 수", _count_constant_kernels),
    ]
    for title, get in properties:
        expected_value, actual_value = get(expected), get(answer)
        if expected_value != actual_value:
            hint = _layers_hint(expected, answer)
            return Difference(f"{title} {expected_value}", f"{title} {actual_value}", hint)
    return None


def _output_difference(expected: Any, answer: Any) -> Difference | None:
    shape = [32 if size is None else size for size in expected.input_shape[1:]]
    x = np.random.default_rng(0).integers(-255, 256, size=(2, *shape)).astype("float32")
    if not answer.inputs[0].dtype.startswith("float"):
        x = np.abs(x)
    for training, when in ((None, ""), (True, "훈련할 때 ")):
        wanted, found = (_output(model, x, training) for model in (expected, answer))
        scale = max(float(np.abs(wanted).max()), 1e-6)
        if not np.allclose(found, wanted, rtol=1e-4, atol=1e-5 * scale):
            hint = _layers_hint(expected, answer) or _settings_hint(expected, answer)
            return Difference(
                f"{when}같은 가중치로 같은 출력",
                f"{when}같은 가중치인데 다른 출력",
                _TRAINING_HINT if training else hint or _ORDER_HINT,
            )
    return None


def _output(model: Any, x: Any, training: bool | None) -> Any:
    """Compute the output with filled weights; weights and random states are put back."""
    before = [(variable, np.array(variable)) for variable in model.variables]
    _fill_weights(model)
    for variable, value in before:
        if variable.name == "seed_generator_state":  # the same dropout in both models
            variable.assign(np.zeros_like(value))
    output = np.asarray(model(x, training=training))
    for variable, value in before:
        variable.assign(value)
    return output


def _count_parameters(weights: Sequence[Any]) -> int:
    return sum(int(np.prod(weight.shape)) for weight in weights)


def _fill_weights(model: Any) -> None:
    """Set each weight to random values, seeded by its name and shape."""
    for weight in model.weights:
        kind = weight.name.replace("depthwise_", "").replace("pointwise_", "")
        sizes = [size for size in weight.shape if size != 1]  # a 1×1 convolution is a Dense layer
        rng = np.random.default_rng([*kind.encode(), *sizes])
        if "variance" in kind or kind == "gamma":
            value = rng.uniform(0.5, 1.5, size=weight.shape)
        else:
            fan_in = max(int(np.prod(weight.shape[:-1])), 1)
            spread = 0.1 if len(weight.shape) == 1 else (2 / fan_in) ** 0.5
            value = rng.normal(size=weight.shape) * spread
        if np.issubdtype(weight.dtype, np.floating):
            weight.assign(value.astype(weight.dtype))


def _count_restricted(model: Any) -> int:
    return sum(bool(weight.regularizer or weight.constraint) for weight in model.weights)


def _count_constant_kernels(model: Any) -> int:
    """Count the filters that begin with one value: what they compute stays the same in training."""
    kernels = (np.asarray(weight) for weight in model.weights if len(weight.shape) > 1)
    return sum(kernel.size > 1 and not np.ptp(kernel) for kernel in kernels)


def _flat_layers(model: Any) -> list[Any]:
    layers: list[Any] = []
    for layer in model.layers:
        layers += _flat_layers(layer) if is_model(layer) else [layer]
    return layers


def _training_only_layers(model: Any) -> list[str]:
    """Describe the layers that act in training only, with the shapes of their inputs."""
    return sorted(
        f"{_layer_call(layer)} ← {layer.input.shape}"
        for layer in _flat_layers(model)
        if any(word in type(layer).__name__ for word in ("Dropout", "Noise", "Random"))
    )


def _layers_hint(expected: Any, answer: Any) -> str:
    """Hint that names a missing and a surplus layer; empty if there is neither."""
    expected_layers, actual_layers = (
        Counter(map(_layer_call, _flat_layers(model))) for model in (expected, answer)
    )
    missing, surplus = expected_layers - actual_layers, actual_layers - expected_layers
    parts = []
    if missing:
        parts.append(f"모자란 층: {next(iter(missing))}.")
    if surplus:
        parts.append(f"남는 층: {next(iter(surplus))}.")
    return " ".join(parts)


def _settings_hint(expected: Any, answer: Any) -> str:
    """Hint that names a setting of a layer with another value; empty if there is none."""
    expected_settings, actual_settings = (
        Counter(setting for layer in _flat_layers(model) for setting in _settings(layer))
        for model in (expected, answer)
    )
    missing, surplus = expected_settings - actual_settings, actual_settings - expected_settings
    for kind, key, value in missing:
        for other_kind, other_key, other_value in surplus:
            if (kind, key) == (other_kind, other_key):
                return f"{kind}의 `{key}`가 {value}이어야 하는데 {other_value}입니다."
    return ""


def _settings(layer: Any) -> list[tuple[str, str, str]]:
    """List the settings that change a layer's output but not its shapes."""
    config = layer.get_config()
    keys = ("epsilon", "momentum", "dilation_rate", "axis", "groups", "interpolation", "offset")
    return [(type(layer).__name__, key, str(config[key])) for key in keys if key in config]


def _layer_call(layer: Any) -> str:
    """Format a layer as the Python call that creates it."""
    kind = type(layer).__name__
    if kind == "InputLayer":
        return "Input"
    config = layer.get_config()
    settings = ("filters", "units", "kernel_size", "pool_size", "strides", "padding", "activation")
    parts = [
        f"{key}={config[key]!r}"
        for key in (*settings, "use_bias", "rate", "scale")
        if config.get(key) not in (None, "linear") and (key, config[key]) != ("scale", True)
    ]
    return f"{kind}({', '.join(parts)})"
