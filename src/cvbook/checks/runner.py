"""Run a student's function on test cases, and explain the first failure."""

import contextlib
import inspect
import io
import linecache
import logging
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cvbook._descriptors import silenced
from cvbook.checks import bank, messages
from cvbook.checks.cases import FROM_ORACLE, Case, is_keras_tensor, keras_tensors
from cvbook.checks.compare import difference, same_arguments
from cvbook.checks.keras_models import as_model
from cvbook.checks.messages import CheckFailed, NotAttempted, failure, format_value

Function = Callable[..., Any]


def visible(name: str, *cases: Case, rtol: float = 1e-4, atol: float = 1e-5) -> None:
    """Test the student's function and explain the first failure.

    Parameters
    ----------
    name : str
        Of a function in the calling notebook.
    *cases : Case
    rtol, atol : float
        Tolerances for floats.

    Raises
    ------
    NotAttempted
        If the function has not been written yet.
    CheckFailed
        With the explanation, in Korean.
    """
    problem = _first_problem(name, _caller_globals(), cases, rtol, atol)
    if problem is not None:
        raise problem
    print(f"통과: {name} (입력 {len(cases)}가지)")


def hidden(name: str, *cases: Case, rtol: float = 1e-4, atol: float = 1e-5) -> None:
    """Test the student's function as `visible` does; a failure shows no inputs and no results.

    Parameters
    ----------
    name : str
    *cases : Case
    rtol, atol : float
        As for `visible`.

    Raises
    ------
    NotAttempted, CheckFailed
        As `visible` does, but without an explanation.
    """
    namespace = _caller_globals()
    # What the student prints would reveal the inputs.
    with contextlib.redirect_stdout(io.StringIO()), silenced(1):
        problem = _first_problem(name, namespace, cases, rtol, atol)
    if isinstance(problem, NotAttempted):
        raise problem
    if problem is not None:
        raise messages.hidden_failure(name)
    print(f"통과: {name} (숨은 검사)")


def _caller_globals() -> dict[str, Any]:
    """Return the global names of the notebook that called `visible` or `hidden`.

    Test cells name the function instead of passing it: where it is not defined, the test fails
    with an explanation, not with a NameError. Only the caller's frame contains the notebook's
    names, in any kernel and without one.
    """
    frame = inspect.currentframe()
    while frame is not None and frame.f_globals is globals():
        frame = frame.f_back
    return {} if frame is None else frame.f_globals


def _first_problem(
    name: str, namespace: dict[str, Any], cases: Sequence[Case], rtol: float, atol: float
) -> CheckFailed | None:
    """Return the exception for the first case that fails, or None."""
    function = namespace.get(name)
    if not callable(function):
        return messages.missing_function(name)
    test = _Test(name, function, cases, rtol, atol)
    return next(filter(None, map(test.problem, cases)), None)


@dataclass(frozen=True)
class _Test:
    """Test of a student's function with several cases."""

    name: str
    function: Function
    cases: Sequence[Case]
    rtol: float
    atol: float

    def problem(self, case: Case) -> CheckFailed | None:
        """Return the exception for one case, or None if the function passes it."""
        args, kwargs = case.copied()
        try:
            answer = _call(self.function, args, kwargs)
        except (Exception, SystemExit) as error:
            if isinstance(error, NotImplementedError) and _raised_in(error) == _cell(self.function):
                return NotAttempted(f"{self.name}: 아직 풀지 않음")
            return self._error_problem(case, error)
        if case.error is not None:
            return failure(
                self.name,
                case,
                f"{case.error.__name__} 오류",
                f"오류 없이 {format_value(answer)}을(를) 돌려줌",
                f"`raise {case.error.__name__}(…)`로 잘못된 입력을 알려야 합니다.",
            )
        if not same_arguments((args, kwargs), case.copied()):
            return messages.changed_arguments(self.name, case)
        expected = None if case.verify is not None else self._expected(case)
        try:
            if case.verify is not None:
                wrong = case.verify(answer)
                if wrong is None:
                    return None
                return failure(self.name, case, None, format_value(answer), wrong)
            found = difference(expected, answer, self.rtol, self.atol, keras_tensors(args, kwargs))
        except Exception as error:
            actual = f"{type(answer).__name__} (살펴볼 수 없음)\n{type(error).__name__}: {error}"
            hint = "결과의 종류를 함수의 설명과 견주어 보세요."
            return failure(self.name, case, None, actual, hint)
        if found is None:
            return None
        hint = self._misconception_hint(case) or found.hint
        return failure(self.name, case, found.expected, found.actual, hint)

    def _error_problem(self, case: Case, error: BaseException) -> CheckFailed | None:
        """Return the exception for a raised error, or None if the case expects that error."""
        actual = f"{type(error).__name__}: {error}"
        if case.error is None:
            stopped = f"실행하다 멈춤{_line_of_error(self.function, error)}\n{actual}"
            return failure(self.name, case, None, stopped, messages.hint_for_error(error))
        if not isinstance(error, case.error):
            hint = f"오류의 종류가 다릅니다. `{case.error.__name__}`를 일으키세요."
        elif case.mentions not in str(error):
            hint = f"오류의 글에 {case.mentions!r}이(가) 들어 있어야 합니다."
        else:
            return None
        return failure(self.name, case, f"{case.error.__name__} 오류", actual, hint)

    def _expected(self, case: Case) -> Any:
        if case.expected is not FROM_ORACLE:
            return case.expected
        exercise = bank.find(self.name)
        if exercise is None or exercise.oracle is None:
            raise KeyError(f"no oracle for {self.name}")
        return _outcome(exercise.oracle, case)

    def _misconception_hint(self, failed: Case) -> str:
        """Return the hint of the misconception with the student's results, or an empty string.

        It must differ from the oracle on the failed case and agree with the student on all cases.
        """
        exercise = bank.find(self.name)
        for misconception in exercise.misconceptions if exercise else ():
            try:
                guess = _outcome(misconception.answer, failed)
                if difference(self._expected(failed), guess, self.rtol, self.atol) is not None and (
                    all(
                        self._agrees(misconception.answer, case)
                        for case in (failed, *self.cases)
                        if case.error is None
                    )
                ):
                    return misconception.hint
            except Exception:  # a misconception need not work for every input
                continue
        return ""

    def _agrees(self, misconception: Function, case: Case) -> bool:
        """Whether the student's function and a misconception return the same."""
        try:
            guess = _outcome(misconception, case)
        except Exception:  # the misconception is undefined for this input
            return True
        return difference(guess, _outcome(self.function, case), self.rtol, self.atol) is None


def _outcome(function: Function, case: Case) -> Any:
    """Return the result of a function; a symbolic tensor as the model that computes it."""
    args, kwargs = case.copied()
    result = _call(function, args, kwargs)
    return as_model(keras_tensors(args, kwargs), result) if is_keras_tensor(result) else result


def _call(function: Function, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    with _oracles_for_neighbours(function), _without_chatter():
        return function(*args, **kwargs)


@contextlib.contextmanager
def _oracles_for_neighbours(function: Function) -> Iterator[None]:
    """Replace the other functions of the assignment by their oracles while this one runs.

    A function of the same name that is defined in the tested function's own cell is not replaced.
    """
    namespace = getattr(function, "__globals__", {})
    cell = _cell(function)
    exercise = bank.find(getattr(function, "__name__", ""))
    originals, replacements = {}, {}
    for name in exercise.neighbours if exercise else ():
        neighbour, value = bank.find(name), namespace.get(name)
        if (
            neighbour is not None
            and neighbour.oracle is not None
            and isinstance(value, types.FunctionType)
            and value.__globals__ is namespace
            and _cell(value) != cell
        ):
            originals[name] = value
            replacements[name] = _oracle_with_fallback(neighbour.oracle, value)
    namespace.update(replacements)
    try:
        yield
    finally:
        namespace.update(originals)


def _oracle_with_fallback(oracle: Function, fallback: Function) -> Function:
    """Wrap an oracle; calls that do not fit its signature go to the student's function."""
    signature = inspect.signature(oracle)

    def answer(*args: Any, **kwargs: Any) -> Any:
        try:
            signature.bind(*args, **kwargs)
        except TypeError:
            return fallback(*args, **kwargs)
        return oracle(*args, **kwargs)

    return answer


@contextlib.contextmanager
def _without_chatter() -> Iterator[None]:
    """Suppress warnings, logs and stderr, which cost points where nbgrader alone grades."""
    disabled, handlers = logging.root.manager.disable, list(logging.root.handlers)
    logging.disable(logging.CRITICAL)
    try:
        with (
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            contextlib.redirect_stderr(io.StringIO()),
            silenced(2),  # TensorFlow's C++ and `tf.print`
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
        logging.root.handlers[:] = handlers  # a first log makes one, of the stderr of that moment


def _cell(function: Function) -> str | None:
    """Return the file name in a function's code object; in a notebook, every cell has its own."""
    return getattr(getattr(function, "__code__", None), "co_filename", None)


def _raised_in(error: BaseException) -> str | None:
    """Return the file, or cell, of the line that raised the error."""
    frames = list(traceback.walk_tb(error.__traceback__))
    return frames[-1][0].f_code.co_filename if frames else None


def _line_of_error(function: Function, error: BaseException) -> str:
    """Format the innermost line of the traceback that is in the function's own cell."""
    file, shown_line = _cell(function), ""
    for frame, number in traceback.walk_tb(error.__traceback__):
        if file is not None and frame.f_code.co_filename == file:
            source = linecache.getline(file, number).strip()
            shown_line = f" ({number}번째 줄: {source})" if source else ""
    return shown_line
