"""What the graded cells of the exercises call; it answers the student in Korean.

A visible test says for which input what was expected and what came, and guesses the slip by
comparing the answer with wrong ones that are known (`cvbook.slips`). A hidden test says only that
it failed. Both compare with `cvbook.oracles`; a call of another function of the exercise inside
the student's one is answered by the oracle too, so that one mistake costs once.
"""

import contextlib
import copy
import inspect
import io
import linecache
import textwrap
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from cvbook import oracles, slips

_ORACLE = object()  # "ask the oracle", where None is an answer like any other


class CheckFailed(Exception):
    """A test that was not passed; the message is for the student."""

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook, without the frames of this module."""
        return str(self).split("\n")


class NotAttempted(CheckFailed):
    """The function still raises the `NotImplementedError` it was handed out with."""


@dataclass(frozen=True)
class Tensor:
    """A Keras input that is made anew for every call."""

    shape: tuple[int | None, ...]

    def __repr__(self) -> str:
        return f"keras.Input({self.shape})"


@dataclass(frozen=True)
class Call:
    """Arguments for one call, and what has to come of it: what the oracle says, by default."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)
    expected: Any = _ORACLE
    error: type[Exception] | None = None
    mentions: str = ""
    verify: Callable[[Any], str | None] | None = None

    def gives(self, expected: Any) -> "Call":
        """Expect this very value."""
        return replace(self, expected=expected)

    def raises(self, error: type[Exception], mentions: str = "") -> "Call":
        """Expect an exception, with `mentions` in its message."""
        return replace(self, error=error, mentions=mentions)

    def fits(self, verify: Callable[[Any], str | None]) -> "Call":
        """Accept any result for which `verify` returns None; else it returns what is wrong."""
        return replace(self, verify=verify)

    def copied(self) -> tuple[list[Any], dict[str, Any]]:
        """Arguments of which the called function may do what it likes."""
        return (
            [_fresh(value) for value in self.args],
            {name: _fresh(value) for name, value in self.kwargs.items()},
        )

    def shown(self, name: str) -> str:
        """Write the call as a line of Python."""
        parts = [_shown(value) for value in self.args]
        parts += [f"{key}={_shown(value)}" for key, value in self.kwargs.items()]
        return f"{name}({', '.join(parts)})"


def call(*args: Any, **kwargs: Any) -> Call:
    """Arguments of one call.

    Returns
    -------
    Call
        Refine it with `gives`, `raises` or `fits`.
    """
    return Call(args, kwargs)


def tensor(*shape: int | None) -> Tensor:
    """Stand for a Keras input among the arguments of `call`.

    Parameters
    ----------
    *shape : int or None
        Without the batch.
    """
    return Tensor(shape)


def draw(count: int, make: Callable[[np.random.Generator], Call], seed: int = 0) -> list[Call]:
    """Draw calls at random, the same ones every time.

    Parameters
    ----------
    count : int
    make : callable
        Makes one `Call` from a random generator.
    seed : int

    Returns
    -------
    list of Call
    """
    rng = np.random.default_rng(seed)
    return [make(rng) for _ in range(count)]


def indices(answer: Any) -> str | None:
    """Say what keeps an answer from being used as indices, for `Call.fits`.

    Parameters
    ----------
    answer : object

    Returns
    -------
    str or None
        None for whole numbers, in an array or a list.
    """
    kind = np.asarray(answer).dtype
    return None if kind.kind in "iu" else f"번호는 정수여야 하는데 자료형이 {kind}입니다."


def visible(name: str, *calls: Call, rtol: float = 1e-4, atol: float = 1e-5) -> None:
    """Test the student's function and explain the first failure.

    Parameters
    ----------
    name : str
        Of a function in the calling notebook.
    *calls : Call
    rtol, atol : float
        Tolerances for floats.

    Raises
    ------
    NotAttempted
        If the function has not been written yet.
    CheckFailed
        With the explanation, in Korean.
    """
    frame = inspect.currentframe()
    problem = _first_problem(name, frame.f_back.f_globals, calls, rtol, atol)  # type: ignore[union-attr]
    if problem is not None:
        raise problem
    print(f"통과: {name} (입력 {len(calls)}가지)")


def hidden(name: str, *calls: Call, rtol: float = 1e-4, atol: float = 1e-5) -> None:
    """Test as `visible` does, but give nothing away when it fails."""
    frame = inspect.currentframe()
    namespace = frame.f_back.f_globals  # type: ignore[union-attr]
    with contextlib.redirect_stdout(io.StringIO()):  # prints of the student's would show inputs
        problem = _first_problem(name, namespace, calls, rtol, atol)
    if isinstance(problem, NotAttempted):
        raise problem
    if problem is not None:
        raise CheckFailed(
            f"{name}: 숨은 검사를 통과하지 못했습니다.\n"
            "  보이는 검사에 없는 입력에서 틀렸습니다. 함수의 설명을 다시 읽고,\n"
            "  크기가 다른 입력과 특별한 경우를 직접 만들어 시험해 보세요."
        )
    print(f"통과: {name} (숨은 검사)")


# --- Running the student's function -------------------------------------------------------------


def _first_problem(
    name: str, namespace: dict[str, Any], calls: Sequence[Call], rtol: float, atol: float
) -> CheckFailed | None:
    function = namespace.get(name)
    if not callable(function):
        return CheckFailed(
            f"{name}: 이런 이름의 함수가 없습니다.\n"
            f"  `def {name}(…)`이 있는 셀을 먼저 실행하고, 거기에 오류가 있으면 그것부터 고치세요."
        )
    for one in calls:
        problem = _problem(name, function, one, calls, rtol, atol)
        if problem is not None:
            return problem
    return None


def _answer(function: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    with _oracles_instead_of_neighbours(function), _quiet():
        return function(*args, **kwargs)


def _problem(
    name: str,
    function: Callable[..., Any],
    one: Call,
    calls: Sequence[Call],
    rtol: float,
    atol: float,
) -> CheckFailed | None:
    """Return what is wrong with the answer to one call, or None."""
    args, kwargs = one.copied()
    try:
        answer = _answer(function, args, kwargs)
    except (Exception, SystemExit) as error:
        if isinstance(error, NotImplementedError) and _raised_in(error) == _cell(function):
            return NotAttempted(f"{name}: 아직 풀지 않음")
        return _error_problem(name, function, one, error)
    if one.error is not None:
        return _failure(
            name,
            one,
            f"{one.error.__name__} 오류",
            f"오류 없이 {_shown(answer)}을(를) 돌려줌",
            f"`raise {one.error.__name__}(…)`로 잘못된 입력을 알려야 합니다.",
        )
    if not _same((args, kwargs), one.copied()):
        return CheckFailed(
            f"{name}: 함수가 받은 인수를 바꾸어 놓았습니다.\n"
            f"  입력: {one.shown(name)}\n"
            "  힌트: `+=`나 `x[…] = …`는 부른 쪽의 배열까지 바꿉니다. 먼저 복사하거나\n"
            "        새 배열을 만드세요."
        )
    expected = None if one.verify is not None else _expected(name, one)
    try:
        if one.verify is not None:
            wrong = one.verify(answer)
            return None if wrong is None else _failure(name, one, None, _shown(answer), wrong)
        difference = _difference(expected, answer, rtol, atol, _tensors(args, kwargs))
    except Exception as error:
        came = f"{type(answer).__name__} (살펴볼 수 없음)\n{type(error).__name__}: {error}"
        return _failure(name, one, None, came, "결과의 종류를 함수의 설명과 견주어 보세요.")
    if difference is None:
        return None
    hint = _slip_hint(name, function, [one, *calls], rtol, atol) or difference.hint
    return _failure(name, one, difference.expected, difference.came, hint)


def _expected(name: str, one: Call) -> Any:
    if one.expected is not _ORACLE:
        return one.expected
    oracle = oracles.answer_of(name)
    if oracle is None:
        raise KeyError(f"no oracle for {name}")
    return _outcome(oracle, one)


@contextlib.contextmanager
def _oracles_instead_of_neighbours(function: Callable[..., Any]) -> Iterator[None]:
    """Let the function see oracles where it calls other functions of the exercise.

    A helper of the same name in the function's own cell is left alone.
    """
    namespace = getattr(function, "__globals__", {})
    cell = _cell(function)
    replaced, stand_ins = {}, {}
    for name in oracles.neighbours(getattr(function, "__name__", "")):
        value, oracle = namespace.get(name), oracles.answer_of(name)
        if (
            oracle is not None
            and isinstance(value, types.FunctionType)
            and value.__globals__ is namespace
            and _cell(value) != cell
        ):
            replaced[name], stand_ins[name] = value, _stand_in(value, oracle)
    namespace.update(stand_ins)
    try:
        yield
    finally:
        namespace.update(replaced)


def _stand_in(own: Callable[..., Any], oracle: Callable[..., Any]) -> Callable[..., Any]:
    """Answer as the oracle does, but for calls that only the student's own function can take."""
    signature = inspect.signature(oracle)

    def stand_in(*args: Any, **kwargs: Any) -> Any:
        try:
            signature.bind(*args, **kwargs)
        except TypeError:
            return own(*args, **kwargs)
        return oracle(*args, **kwargs)

    return stand_in


def _cell(function: Callable[..., Any]) -> str | None:
    """Return what Python calls the file of a function: another one for every cell."""
    return getattr(getattr(function, "__code__", None), "co_filename", None)


def _raised_in(error: BaseException) -> str | None:
    """Return the file, or cell, of the line that raised the error."""
    frames = list(traceback.walk_tb(error.__traceback__))
    return frames[-1][0].f_code.co_filename if frames else None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep warnings off stderr, which would cost the points of the cell."""
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield


def _error_problem(
    name: str, function: Callable[..., Any], one: Call, error: BaseException
) -> CheckFailed | None:
    came = f"{type(error).__name__}: {error}"
    if one.error is not None:
        if not isinstance(error, one.error):
            hint = f"오류의 종류가 다릅니다. `{one.error.__name__}`를 일으키세요."
            return _failure(name, one, f"{one.error.__name__} 오류", came, hint)
        if one.mentions not in str(error):
            hint = f"오류의 글에 {one.mentions!r}이(가) 들어 있어야 합니다."
            return _failure(name, one, f"{one.error.__name__} 오류", came, hint)
        return None
    lines = ""
    file = _cell(function)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            source = linecache.getline(file, trace.tb_lineno).strip()
            lines = f" ({trace.tb_lineno}번째 줄: {source})" if source else ""
        trace = trace.tb_next
    return _failure(name, one, None, f"실행하다 멈춤{lines}\n{came}", _hint_for_error(error))


def _hint_for_error(error: BaseException) -> str:
    if isinstance(error, (IndexError, KeyError)):
        return "범위를 벗어난 자리를 읽었습니다. 반복의 끝과 배열의 모양을 확인하세요."
    if isinstance(error, ZeroDivisionError):
        return "0으로 나누었습니다. 분모가 0이 되는 입력을 따로 다루세요."
    if isinstance(error, NameError):
        return "이름을 잘못 썼거나, 아직 만들지 않은 변수를 읽었습니다."
    shapes = ("broadcast", "shape", "mismatch", "ncompatible", "dimension")
    if any(word in str(error) for word in shapes):
        return "모양이 맞지 않는 배열끼리 계산했습니다. `.shape`를 출력해 보세요."
    return ""


def _failure(name: str, one: Call, expected: str | None, came: str, hint: str = "") -> CheckFailed:
    rows = [("입력", one.shown(name)), ("기대", expected), ("결과", came), ("힌트", hint)]
    text = [f"{name}: 기대한 결과가 아닙니다."]
    for title, value in rows:
        if value:
            text.append(f"  {title}: " + textwrap.indent(value, " " * 8).lstrip())
    return CheckFailed("\n".join(text))


# --- Copying and showing values -----------------------------------------------------------------


def _fresh(value: Any) -> Any:
    if isinstance(value, Tensor):
        import keras

        return keras.Input(value.shape)
    return value if _is_keras(value) else copy.deepcopy(value)


def _is_keras(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == "keras"


def _is_keras_tensor(value: Any) -> bool:
    return type(value).__name__ == "KerasTensor"


def _tensors(args: Sequence[Any], kwargs: dict[str, Any]) -> list[Any]:
    return [value for value in (*args, *kwargs.values()) if _is_keras_tensor(value)]


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and np.array_equal(a, b)
    if isinstance(a, dict):
        return list(a) == list(b) and all(_same(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(_same, a, b))
    return _is_keras(a) or a == b


def _shown(value: Any) -> str:
    if isinstance(value, np.ndarray) or type(value).__name__ == "EagerTensor":
        array = np.asarray(value)
        if array.size > 16:
            return f"<배열 {array.shape} {array.dtype}>"
        text = np.array2string(array, precision=4, separator=", ", floatmode="maxprec")
        return " ".join(text.split())
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (list, tuple)) and any(isinstance(v, np.ndarray) for v in value):
        return f"[{', '.join(map(_shown, value))}]"
    if _is_keras_tensor(value):
        return f"케라스 텐서 {value.shape}"
    if _is_keras(value):
        shape = getattr(value, "output_shape", None) if hasattr(value, "layers") else None
        return type(value).__name__ if shape is None else f"케라스 모델, 출력 {shape}"
    return textwrap.shorten(repr(value), 200, placeholder=" …")


# --- Comparing ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Difference:
    expected: str
    came: str
    hint: str = ""


def _difference(
    expected: Any, answer: Any, rtol: float, atol: float, tensors: Sequence[Any] = ()
) -> _Difference | None:
    """Return how an answer differs from what was expected, or None."""
    if answer is None and expected is not None:
        return _Difference(
            _shown(expected), "None (아무것도 돌려주지 않음)", "`return`을 잊지 않았나요?"
        )
    if _is_model(expected):
        return _model_difference(expected, answer, tensors)
    if expected is None or isinstance(expected, str):
        same = type(answer) is type(expected) and answer == expected
        return None if same else _Difference(_shown(expected), _shown(answer))
    if isinstance(expected, dict):
        if not isinstance(answer, dict) or set(answer) != set(expected):
            return _Difference(_shown(expected), _shown(answer), "사전의 열쇠(key)를 보세요.")
        items = [(f"[{key!r}]", expected[key], answer[key]) for key in expected]
    elif isinstance(expected, (list, tuple)):
        if not isinstance(answer, (list, tuple, np.ndarray)) or len(answer) != len(expected):
            came = f"{len(answer)}개" if hasattr(answer, "__len__") else type(answer).__name__
            return _Difference(
                f"{len(expected)}개: {_shown(expected)}", f"{came}: {_shown(answer)}"
            )
        items = [
            (f"[{i}]", one, other)
            for i, (one, other) in enumerate(zip(expected, answer, strict=True))
        ]
    else:
        return _array_difference(np.asarray(expected), answer, rtol, atol)
    for place, one, other in items:
        found = _difference(one, other, rtol, atol)
        if found is not None:
            return _Difference(f"{place} {found.expected}", f"{place} {found.came}", found.hint)
    return None


def _array_difference(
    expected: np.ndarray, answer: Any, rtol: float, atol: float
) -> _Difference | None:
    try:
        came = np.asarray(answer)
    except Exception as error:
        kind = type(answer).__name__
        return _Difference(
            _kind(expected),
            f"{kind} (배열로 바꿀 수 없음: {error})",
            "NumPy 배열이나 숫자를 돌려주세요.",
        )
    if came.dtype.kind not in "buif":
        return _Difference(_kind(expected), f"{type(answer).__name__}: {_shown(answer)}")
    if came.shape != expected.shape:
        return _Difference(_kind(expected), _kind(came), _shape_hint(expected, came))
    strict = expected.dtype == bool or expected.dtype == np.uint8
    if strict and came.dtype != expected.dtype and came.size:
        hint = f"자료형(dtype)이 `{expected.dtype}`이어야 합니다."
        return _Difference(f"dtype {expected.dtype}", f"dtype {came.dtype}", hint)
    exact = expected.dtype.kind in "bui"
    try:
        if exact:
            np.testing.assert_array_equal(came, expected)
        else:
            np.testing.assert_allclose(came, expected, rtol=rtol, atol=atol, equal_nan=False)
    except AssertionError:
        pass
    else:
        return None
    if expected.ndim == 0:
        return _Difference(
            _shown(expected[()]), _shown(came[()]), _value_hint(expected, came, rtol, atol)
        )
    wrong = came != expected if exact else ~np.isclose(came, expected, rtol=rtol, atol=atol)
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = f"[{', '.join(map(str, place))}] 자리에서"
    return _Difference(
        f"{where} {_shown(expected[place])}"
        + (f", 전체 {_shown(expected)}" if expected.size <= 16 else ""),
        f"{where} {_shown(came[place])}"
        + (f", 전체 {_shown(came)}" if came.size <= 16 else "")
        + f" (값 {wrong.size}개 중 {wrong.sum()}개가 다름)",
        _value_hint(expected, came, rtol, atol),
    )


def _kind(array: np.ndarray) -> str:
    return "숫자 하나" if array.ndim == 0 else f"모양 {array.shape}"


def _shape_hint(expected: np.ndarray, came: np.ndarray) -> str:
    if came.ndim == 0:
        return "배열이 아니라 숫자 하나를 돌려주었습니다. 줄여서는 안 되는 축까지 줄였습니다."
    if came.size == expected.size and sorted(came.shape) == sorted(expected.shape):
        return "축의 순서가 다릅니다. 높이와 너비, 또는 채널의 자리를 바꾸지 않았나요?"
    if came.squeeze().shape == expected.squeeze().shape:
        return "크기가 1인 축이 더 있거나 모자랍니다."
    if came.ndim < expected.ndim:
        return "축을 너무 많이 줄였습니다. `axis`를 확인하세요."
    if came.ndim > expected.ndim:
        return "줄여야 할 축이 남았습니다. `axis`를 확인하세요."
    return "출력의 크기를 구하는 식을 확인하세요."


def _value_hint(expected: np.ndarray, came: np.ndarray, rtol: float, atol: float) -> str:
    """Guess a slip that can be read off the values alone."""

    def equal(a: np.ndarray, b: np.ndarray) -> bool:
        return a.shape == b.shape and np.allclose(a, b, rtol=rtol, atol=atol)

    if not np.isfinite(came).all():
        return "NaN이나 무한대가 나왔습니다. 0으로 나누거나 0의 로그를 구하지 않았나요?"
    came, expected = came.astype(float), expected.astype(float)
    if equal(came, -expected):
        return "부호가 반대입니다."
    if expected.ndim >= 2:
        if equal(came, np.swapaxes(expected, 0, 1)):
            return "높이와 너비(행과 열)가 서로 바뀌었습니다."
        if equal(came, expected[::-1, ::-1]):
            return "위아래와 좌우가 뒤집혔습니다."
    if expected.ndim == 0 and abs(came - expected) == 1:
        return "1만큼 다릅니다. 끝을 포함하는지 세어 보세요."
    if equal(came, np.floor(expected)):
        return "소수 부분이 사라졌습니다. `//`나 정수 자료형을 쓰지 않았나요?"
    nonzero = np.abs(expected) > atol
    if nonzero.any():
        ratios = came[nonzero] / expected[nonzero]
        if np.allclose(ratios, ratios[0], rtol=1e-3) and abs(ratios[0]) > 1e-6:
            return f"기대한 값의 {ratios[0]:.4g}배입니다. 곱하거나 나누는 수를 확인하세요."
    return ""


def _slip_hint(
    name: str, function: Callable[..., Any], calls: Sequence[Call], rtol: float, atol: float
) -> str:
    """Find the known wrong answer that says the same for all calls, wrong for the first."""
    for hint, wrong in slips.of(name):
        try:
            guess = _outcome(wrong, calls[0])
            if _difference(_expected(name, calls[0]), guess, rtol, atol) is not None and all(
                _agree(function, wrong, one, rtol, atol) for one in calls if one.error is None
            ):
                return hint
        except Exception:  # a slip need not work for every input
            continue
    return ""


def _agree(
    function: Callable[..., Any], wrong: Callable[..., Any], one: Call, rtol: float, atol: float
) -> bool:
    try:
        guess = _outcome(wrong, one)
    except Exception:  # says nothing about this input
        return True
    return _difference(guess, _outcome(function, one), rtol, atol) is None


def _outcome(function: Callable[..., Any], one: Call) -> Any:
    """Call a function and make a model of what it did with Keras inputs."""
    args, kwargs = one.copied()
    result = _answer(function, args, kwargs)
    return _as_model(_tensors(args, kwargs), result) if _is_keras_tensor(result) else result


# --- Keras models -------------------------------------------------------------------------------


def _is_model(value: Any) -> bool:
    return _is_keras(value) and hasattr(value, "layers")


def _as_model(tensors: Sequence[Any], output: Any) -> Any:
    import keras

    return keras.Model(tensors[0] if len(tensors) == 1 else list(tensors), output)


def _model_difference(expected: Any, answer: Any, tensors: Sequence[Any]) -> _Difference | None:
    """Compare two models by shapes, parameter counts and what they compute.

    Weights are filled by their names and shapes alone, so that models whose layers were written
    in another order, or put together from other layers, compute the same.
    """
    if _is_keras_tensor(answer) and tensors:
        try:
            answer = _as_model(tensors, answer)
        except ValueError:
            return _Difference(
                "입력 텐서에서 계산한 텐서",
                "입력과 이어지지 않은 텐서",
                "함수가 받은 `x`에서 출발해 모든 층을 이어야 합니다.",
            )
    elif tensors or not _is_model(answer):
        wanted = "Keras 텐서" if tensors else "keras.Model"
        return _Difference(wanted, f"{type(answer).__name__}: {_shown(answer)}")
    for title, get in [
        ("입력 모양", lambda model: tuple(model.input_shape)),
        ("출력 모양", lambda model: tuple(model.output_shape)),
        ("파라미터 수", lambda model: model.count_params()),
        ("훈련되는 파라미터 수", lambda model: _size(model.trainable_weights)),
        ("훈련할 때만 일하는 층", _training_only),
    ]:
        wanted, came = get(expected), get(answer)
        if wanted != came:
            hint = _layers_hint(expected, answer)
            return _Difference(f"{title} {wanted}", f"{title} {came}", hint)
    shape = [32 if size is None else size for size in expected.input_shape[1:]]
    x = np.random.default_rng(0).integers(-255, 256, size=(2, *shape)).astype("float32")
    if not answer.inputs[0].dtype.startswith("float"):
        x = np.abs(x)
    outputs = []
    for model in (expected, answer):
        before = model.get_weights()
        _fill(model)
        outputs.append(np.asarray(model(x)))
        model.set_weights(before)
    scale = max(float(np.abs(outputs[0]).max()), 1e-6)
    if np.allclose(outputs[1], outputs[0], rtol=1e-4, atol=1e-5 * scale):
        return None
    hint = _layers_hint(expected, answer) or (
        "층의 종류와 수는 맞습니다. 잇는 순서, 활성화 함수의 자리, 잔차 연결을 확인하세요."
    )
    return _Difference("같은 가중치로 같은 출력", "같은 가중치인데 다른 출력", hint)


def _size(weights: Sequence[Any]) -> int:
    return sum(int(np.prod(weight.shape)) for weight in weights)


def _fill(model: Any) -> None:
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


def _flat_layers(model: Any) -> list[Any]:
    layers: list[Any] = []
    for layer in model.layers:
        layers += _flat_layers(layer) if _is_model(layer) else [layer]
    return layers


def _training_only(model: Any) -> list[str]:
    """Write the layers that leave predictions alone, with the shape of what they are given."""
    return sorted(
        f"{_layer(layer)} ← {layer.input.shape}"
        for layer in _flat_layers(model)
        if any(word in type(layer).__name__ for word in ("Dropout", "Noise", "Random"))
    )


def _layers_hint(expected: Any, answer: Any) -> str:
    """Name a layer that is missing, or one too many."""
    wanted, came = ([_layer(one) for one in _flat_layers(m)] for m in (expected, answer))
    missing = [one for one in wanted if wanted.count(one) > came.count(one)]
    surplus = [one for one in came if came.count(one) > wanted.count(one)]
    parts = []
    if missing:
        parts.append(f"모자란 층: {missing[0]}.")
    if surplus:
        parts.append(f"남는 층: {surplus[0]}.")
    return " ".join(parts)


def _layer(layer: Any) -> str:
    kind = type(layer).__name__
    if kind == "InputLayer":
        return "Input"
    config = layer.get_config()
    shown = ("filters", "units", "kernel_size", "pool_size", "strides", "padding", "activation")
    parts = [
        f"{key}={config[key]!r}"
        for key in (*shown, "use_bias", "rate", "scale")
        if config.get(key) not in (None, "linear") and (key, config[key]) != ("scale", True)
    ]
    return f"{kind}({', '.join(parts)})"
