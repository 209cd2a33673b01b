"""The course's project, assignment 10: its pictures, a training within a time, and its score.

A model is trained once, by the visible test. The hidden test scores the same model on pictures
drawn from a seed that only the instructor knows.
"""

import contextlib
import functools
import inspect
import io
import os
import signal
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from cvbook import reference
from cvbook._descriptors import silenced
from cvbook.checks import messages
from cvbook.checks.keras_models import is_model
from cvbook.checks.messages import CheckFailed, NotAttempted
from cvbook.checks.runner import quiet

Array = np.ndarray
Pictures = tuple[Array, Array]
Train = Callable[[Pictures, Pictures, float], Any]

#: Height and width of a picture, and classes of a pixel: body, background, border.
SIZE, CLASSES = 48, 3
#: How many pictures each part has.
TRAIN, VALIDATION, PRACTICE, HIDDEN = 100, 20, 40, 80
#: Processor time of a training, in seconds.
SECONDS = 20.0
#: How far a training may exceed its time, and where it is stopped.
ALLOWED, STOPPED = 1.1, 1.5
#: Mean IoU that gives no points, half of them, and all. A constant answer has 0.21. The lecture's
#: model is near `HALF`, and the solution below `ALL`: `tools/project_scores.py` has measured both,
#: `tests/exercises/10_shared_backbone/scores.json` holds the scores.
NOTHING, HALF, ALL = 0.25, 0.60, 0.80

_PUBLIC = 2024
#: Whether a student's function is running.
_training = threading.Event()


def draw(seed: int, count: int) -> Pictures:
    """Draw pictures of pets with their masks.

    Parameters
    ----------
    seed, count : int
        The first `count` pictures of a seed; the same ones each time.

    Returns
    -------
    images : (count, 48, 48, 3) uint8 array
    masks : (count, 48, 48) uint8 array
        0 body, 1 background, 2 border.

    Raises
    ------
    CheckFailed
        While a model is trained for its points: on the given pictures only.
    """
    if _training.is_set():
        raise CheckFailed(
            "build_and_train: 사진을 새로 그려 훈련했습니다.\n"
            "  힌트: 주어진 훈련셋과 검증셋만 쓰고, 모자라면 뒤집거나 잘라 늘리세요."
        )
    from PIL import Image

    from cvbook.datasets import drawn

    images: list[Array] = []
    masks: list[Array] = []
    for index in range(count):
        pet = drawn.draw_pet(seed, index, size=SIZE)
        for array, method, found in (
            (pet.image, Image.Resampling.BILINEAR, images),
            (pet.trimap - 1, Image.Resampling.NEAREST, masks),
        ):
            found.append(np.asarray(Image.fromarray(array).resize((SIZE, SIZE), method)))
    return np.stack(images), np.stack(masks)


def pictures() -> tuple[Pictures, Pictures]:
    """Draw the pictures to train and to validate on.

    Returns
    -------
    train, validation : (images, masks)
        As `draw` returns them: 100 and 20 pictures.
    """
    images, masks = _public()
    parts = slice(TRAIN), slice(TRAIN, TRAIN + VALIDATION)
    train, validation = ((images[part].copy(), masks[part].copy()) for part in parts)
    return train, validation


@functools.cache
def _public() -> Pictures:
    """Draw the pictures of the public seed, once: those for practice come last."""
    return draw(_PUBLIC, TRAIN + VALIDATION + PRACTICE)


def hidden_pictures(secret: str) -> Pictures:
    """Draw the pictures that a model is scored on.

    Parameters
    ----------
    secret : str
        Any text, such as a long number; empty for a public seed.

    Returns
    -------
    (images, masks)
    """
    seed = int.from_bytes(secret.encode(), "big") if secret else _PUBLIC + 1
    return draw(seed, HIDDEN)


def score(model: Any, images: Array, masks: Array) -> float:
    """Mean IoU of a model's masks.

    Parameters
    ----------
    model : keras.Model
        `(n, 48, 48, 3)` images to `(n, 48, 48, 3)` class probabilities.
    images, masks : array
        As `draw` returns them.

    Returns
    -------
    float
        Over the three classes, all pixels of all pictures together.

    Raises
    ------
    CheckFailed
        If the output is no array of finite numbers of this shape.
    """
    probs = np.asarray(model.predict(images, batch_size=40, verbose=0), dtype=float)
    expected = (*masks.shape, CLASSES)
    if probs.shape != expected:
        raise CheckFailed(
            f"build_and_train: 출력의 모양이 {expected}가 아니라 {probs.shape}입니다.\n"
            "  힌트: 픽셀마다 세 클래스의 확률을 내야 합니다."
        )
    if not np.all(np.isfinite(probs)):
        raise CheckFailed(
            "build_and_train: 출력에 nan이나 inf가 있습니다.\n"
            "  힌트: 훈련하다 손실이 발산했습니다. 학습률을 낮추어 보세요."
        )
    return reference.mean_iou(masks, probs.argmax(axis=-1), CLASSES)


def share(value: float) -> float:
    """Share of the points that a score gives.

    Parameters
    ----------
    value : float
        Mean IoU.

    Returns
    -------
    float
        0 up to `NOTHING`, 0.5 at `HALF`, 1 from `ALL` on; straight in between.
    """
    return float(np.interp(value, [NOTHING, HALF, ALL], [0.0, 0.5, 1.0]))


@dataclass(frozen=True)
class _Trained:
    """What a student's function made of its time: a model, or the exception that tells why not.

    Attributes
    ----------
    used : float
        Share of the time.
    """

    model: Any = None
    used: float = 0.0
    problem: CheckFailed | None = None


_trained: "weakref.WeakKeyDictionary[Train, _Trained]" = weakref.WeakKeyDictionary()


def practice(name: str, points: float, seconds: str) -> float:
    """Train a model, and score it on pictures for practice.

    Parameters
    ----------
    name : str
        Of the student's function, in the calling notebook.
    points : float
        Of the test.
    seconds : str
        Environment variable with another processor time than `SECONDS`.

    Returns
    -------
    float
        Points.

    Raises
    ------
    NotAttempted, CheckFailed
        If there is no model, or it was not made within the time.
    """
    trained = _train(name, _caller_globals(), seconds)
    images, masks = (part[-PRACTICE:].copy() for part in _public())
    value = _scored(trained, images, masks)
    print(f"연습 점수: 평균 IoU {value:.3f} (주어진 시간의 {trained.used:.2f}을 씀)")
    return round(points * share(value), 2)


def hidden(name: str, points: float, seconds: str, seed: str) -> float:
    """Score the model that `practice` has trained on the hidden pictures.

    Parameters
    ----------
    name : str
        Of the student's function, in the calling notebook.
    points : float
        Of the test.
    seconds, seed : str
        Environment variables: as for `practice`; with the secret.

    Returns
    -------
    float
        Points.

    Raises
    ------
    NotAttempted, CheckFailed
        If there is no model.
    """
    trained = _train(name, _caller_globals(), seconds)
    images, masks = hidden_pictures(os.environ.get(seed, ""))
    value = _scored(trained, images, masks)
    print(f"점수: 평균 IoU {value:.3f}")
    return round(points * share(value), 2)


def _caller_globals() -> dict[str, Any]:
    """Global names of the notebook that called this module."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_globals is globals():
        frame = frame.f_back
    return {} if frame is None else frame.f_globals


def _scored(trained: _Trained, images: Array, masks: Array) -> float:
    """Score of a model; it must see more than the most frequent class."""
    if trained.problem is not None:
        raise trained.problem
    try:
        # What a model prints would show the pictures of the hidden test.
        with contextlib.redirect_stdout(io.StringIO()), silenced(1), quiet():
            value = score(trained.model, images, masks)
    except CheckFailed:
        raise
    except Exception as error:
        said = f"build_and_train: 모델이 답하다 멈추었습니다.\n  {type(error).__name__}"
        raise CheckFailed(f"{said}\n  힌트: {messages.hint_for_error(error)}") from None
    if value <= NOTHING:
        raise CheckFailed(
            f"build_and_train: 평균 IoU {value:.3f}은(는) 모든 픽셀을 배경이라고 답하는 것보다 "
            "낫지 않습니다.\n  힌트: 훈련 손실의 곡선을 그려 줄어드는지부터 보세요."
        )
    return value


def _train(name: str, namespace: dict[str, Any], seconds: str) -> _Trained:
    """Call the student's function, once."""
    function = namespace.get(name)
    if not callable(function):
        raise messages.missing_function(name)
    if function not in _trained:
        _trained[function] = _run(name, function, float(os.environ.get(seconds) or SECONDS))
    return _trained[function]


def _run(name: str, function: Train, limit: float) -> _Trained:
    import keras

    train, validation = pictures()
    keras.utils.set_random_seed(0)
    start = time.process_time()
    try:
        _training.set()
        with quiet(), _stopped_after(STOPPED * limit):
            model = function(train, validation, limit)
    except _TimeIsUp:
        return _Trained(problem=_too_long(name, STOPPED * limit, limit))
    except CheckFailed as error:
        return _Trained(problem=error)
    except (Exception, SystemExit) as error:
        if isinstance(error, NotImplementedError):
            return _Trained(problem=NotAttempted(f"{name}: 아직 풀지 않음"))
        said = f"{name}: 실행하다 멈추었습니다.\n  {type(error).__name__}: {error}"
        return _Trained(problem=CheckFailed(f"{said}\n  힌트: {messages.hint_for_error(error)}"))
    finally:
        _training.clear()
    used = time.process_time() - start
    if used > ALLOWED * limit:
        return _Trained(problem=_too_long(name, used, limit))
    return _Trained(model, used / limit, _wrong_form(name, model))


def _too_long(name: str, used: float, limit: float) -> CheckFailed:
    return CheckFailed(
        f"{name}: 프로세서 시간 {limit:g}초가 주어졌는데 {used:.1f}초를 넘겼습니다.\n"
        "  힌트: `time.process_time()`을 배치마다 보고, 끝나기 전에 `model.stop_training`을 켜세요."
    )


def _wrong_form(name: str, model: Any) -> CheckFailed | None:
    if not is_model(model):
        return CheckFailed(
            f"{name}: 훈련한 keras.Model이 아니라 {type(model).__name__}을(를) 돌려주었습니다."
        )
    return None


class _TimeIsUp(BaseException):
    """Raised in a training that goes on; what catches every `Exception` does not catch it."""


@contextlib.contextmanager
def _stopped_after(limit: float) -> Iterator[None]:
    """Stop code after some processor time, where the system can."""

    def stop(*_: object) -> None:
        raise _TimeIsUp

    try:
        before = signal.signal(signal.SIGPROF, stop)
    except (AttributeError, ValueError):  # Windows; not in the main thread
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
