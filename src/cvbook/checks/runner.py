"""Run a student's function on test cases, and explain the first failure."""

import builtins
import contextlib
import copy
import inspect
import io
import linecache
import logging
import secrets
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cvbook._descriptors import silenced
from cvbook.checks import bank, messages
from cvbook.checks.cases import (
    FROM_ORACLE,
    Case,
    by_keyword,
    in_column_order,
    is_keras,
    is_keras_tensor,
    keras_tensors,
    variants,
)
from cvbook.checks.compare import difference, same_arguments
from cvbook.checks.keras_models import as_model, is_model, reuse_problem
from cvbook.checks.messages import (
    CheckFailed,
    Difference,
    NotAttempted,
    failure,
    format_value,
)
from cvbook.checks.neighbours import Neighbours, cell_of

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
    problem = _first_problem(_Test(name, cases, rtol, atol), _caller_globals())
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
        same = tuple(_written_differently(name, case, i % 3) for i, case in enumerate(cases))
        problem = _first_problem(_Test(name, same, rtol, atol, explain=False), namespace)
    if isinstance(problem, NotAttempted):
        raise problem
    if problem is not None:
        raise messages.hidden_failure(name)
    print(f"통과: {name} (숨은 검사)")


def _written_differently(name: str, case: Case, way: int) -> Case:
    """Copy a case: its arrays are in another order in memory, or its arguments are named."""
    exercise = bank.find(name)
    if way == 1 and exercise is not None and exercise.oracle is not None:
        case = by_keyword(case, list(inspect.signature(exercise.oracle).parameters))
    return in_column_order(case, way)


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


def _first_problem(test: "_Test", namespace: dict[str, Any]) -> CheckFailed | None:
    """Return the exception for the first case that fails, or None."""
    function = namespace.get(test.name)
    if not callable(function):
        return messages.missing_function(test.name)
    neighbours = Neighbours(test.name, function)
    test = replace(test, function=function)
    with quiet():
        # First as they stand: helpers of one's own may be right and do more than the oracles.
        alone = test.first_problem()
        if alone is None or not neighbours.exist():
            return alone
        with neighbours.replaced():
            problem = test.first_problem()
        if problem is None or isinstance(problem, NotAttempted):
            return problem
        if alone.second_call:  # what remains of it makes the later calls wrong, too
            problem = alone
        try:
            with neighbours.rebuilt() as rebuilt:
                if callable(rebuilt) and replace(test, function=rebuilt).first_problem() is None:
                    return None
        except Exception:  # the cell does not run a second time
            return problem
    return problem


class Result:
    """Result of a call, with a copy of its numbers.

    Parameters
    ----------
    case : Case
    answer : object
        Arrays, also in lists, tuples and dictionaries, or a model.
    arguments : list
        Of the call: a model among them may be changed later.
    """

    def __init__(self, case: Case, answer: Any, arguments: list[Any]):
        self.case = case
        self.answer = None if any(answer is given for given in arguments) else answer
        self.copy = copy.deepcopy(_numbers(self.answer))

    def has_changed(self) -> bool:
        """Whether the numbers are others now."""
        return not same_arguments(self.copy, _numbers(self.answer))


def _has_float(answer: Any) -> bool:
    """Whether a float is among the numbers of a result."""
    if isinstance(answer, dict):
        return any(map(_has_float, answer.values()))
    if isinstance(answer, (list, tuple)):
        return any(map(_has_float, answer))
    return answer is not None and np.size(answer) > 0 and np.asarray(answer).dtype.kind == "f"


def _numbers(answer: Any) -> Any:
    """List the arrays in a result, or the weights of a model, without what cannot change."""
    if isinstance(answer, np.ndarray):
        return answer if answer.dtype != object else _numbers(answer.tolist())
    if isinstance(answer, dict):
        return _numbers([*answer.items()])
    if isinstance(answer, (list, tuple)):
        return [_numbers(part) for part in answer]
    if isinstance(answer, (int, float, str)):
        return answer
    return answer.get_weights() if answer is not None and is_model(answer) else None


@dataclass(frozen=True)
class _Test:
    """Test of a student's function with several cases; hidden ones are not explained."""

    name: str
    cases: Sequence[Case]
    rtol: float
    atol: float
    explain: bool = True
    function: Function = print  # until it is found in the notebook

    def first_problem(self) -> CheckFailed | None:
        """Return the exception for the first case that fails, or None."""
        results: list[Result] = []
        problems = (self.problem(case, results) for case in self.cases)
        return next(filter(None, problems), None) or self._changed_result_problem(results)

    def problem(self, case: Case, results: list[Result]) -> CheckFailed | None:
        """Return the exception for one case, or None if the function passes it.

        Its result is added to `results`.
        """
        args, kwargs = case.copied()
        try:
            answer = self.function(*args, **kwargs)
        except (Exception, SystemExit) as error:
            if isinstance(error, NotImplementedError) and _raised_in(error) == cell_of(
                self.function
            ):
                return NotAttempted(f"{self.name}: 아직 풀지 않음")
            return None if case.may_raise else self._error_problem(case, error)
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
        if case.new and _shares_memory(answer, [*args, *kwargs.values()]):
            actual = "받은 배열 그 자체"
            hint = "나중에 한쪽을 고치면 다른 쪽도 바뀝니다. 새 배열을 돌려주세요."
            return failure(self.name, case, None, actual, hint)
        expected = None if case.verify is not None else self._expected(case)
        try:
            if case.verify is not None:
                wrong = case.verify(answer)
                if wrong is not None:
                    return failure(self.name, case, None, format_value(answer), wrong)
                results.append(Result(case, answer, [*args, *kwargs.values()]))
                again = (
                    case is self.cases[0] and not self.explain
                )  # a visible one has its own words
                again = again and not any(map(is_keras, [answer, *args]))
                return self._second_call_problem(case, answer) if again else None
            found = difference(expected, answer, self.rtol, self.atol, keras_tensors(args, kwargs))
        except Exception as error:
            actual = f"{type(answer).__name__} (살펴볼 수 없음)\n{type(error).__name__}: {error}"
            hint = "결과의 종류를 함수의 설명과 견주어 보세요."
            return failure(self.name, case, None, actual, hint)
        if found is None and case.integers and _has_float(answer):
            hint = "실수가 아니라 정수여야 합니다. `//`로 나누거나 `int(…)`로 바꾸세요."
            return failure(self.name, case, format_value(expected), format_value(answer), hint)
        if found is None:
            results.append(Result(case, answer, [*args, *kwargs.values()]))
            return self._second_call_problem(case, answer) if case is self.cases[0] else None
        hint = self._misconception_hint(case) if self.explain else ""
        if self.explain and not hint and (not found.guessed or self._confirmed(found.hint)):
            hint = found.hint
        return failure(self.name, case, found.expected, found.actual, hint)

    def _second_call_problem(self, case: Case, answer: Any) -> CheckFailed | None:
        """Return the exception if a second call does not do what the first did."""
        args, kwargs = case.copied()
        first = answer if is_keras(answer) else copy.deepcopy(answer)
        try:
            with other_hashes():
                second = self.function(*args, **kwargs)
        except Exception as error:
            actual = f"두 번째로 부르면 멈춤\n{type(error).__name__}: {error}"
            return failure(self.name, case, None, actual, messages.hint_for_error(error))
        first, second = (
            list(one) if isinstance(one, np.ndarray) and one.dtype == object else one
            for one in (first, second)
        )
        if is_keras(first):
            found = reuse_problem(first, second)
        elif found := difference(first, second, self.rtol, self.atol):
            hint = "함수 밖에 무엇을 남기지 마세요. 부를 때마다 처음부터 계산해야 합니다."
            found = Difference(format_value(first), f"두 번째: {found.actual}", hint)
        elif _shares_memory(answer, [second]):
            hint = "돌려준 것을 부른 쪽이 고치면 다음 결과가 틀립니다. 부를 때마다 새로 만드세요."
            found = Difference("부를 때마다 새로 만든 결과", "두 번 모두 같은 객체", hint)
        if found is None:
            return None
        problem = failure(self.name, case, found.expected, found.actual, found.hint)
        problem.second_call = True
        return problem

    def _changed_result_problem(self, results: list[Result]) -> CheckFailed | None:
        """Return the exception if a later call changed the result of an earlier one.

        The calls of a test seldom have results of one shape: the first is made again, with others.
        """
        for variant in variants(self.cases[0], count=1):
            with contextlib.suppress(Exception):
                _outcome(self.function, variant)
        changed = next((result for result in results if result.has_changed()), None)
        if changed is None:
            return None
        actual = "다음에 부르자 바뀜"
        hint = "결과를 함수 밖에 두고 다시 쓰지 마세요. 부를 때마다 새로 만들어야 합니다."
        problem = failure(self.name, changed.case, "부른 뒤 그대로 남는 결과", actual, hint)
        problem.second_call = True
        return problem

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

    def _confirmed(self, hint: str) -> bool:
        """Whether every failed call, and more than one, has the same hint."""
        hints = []
        for case in self.cases:
            if case.error is None and case.verify is None:
                with contextlib.suppress(Exception):
                    answer = _outcome(self.function, case)
                    found = difference(self._expected(case), answer, self.rtol, self.atol)
                    hints += [found.hint] if found else []
        return len(hints) > 1 and set(hints) == {hint}

    def _misconception_hint(self, failed: Case) -> str:
        """Return the hint of the misconception with the student's results, or an empty string.

        It must differ from the oracle on the failed case and agree with the student on all cases,
        and on some that were made from them: few calls may agree by chance.
        """
        exercise = bank.find(self.name)
        tried = [case for case in (failed, *self.cases) if case.error is None]
        more = [variant for case in tried for variant in variants(case)]
        for misconception in exercise.misconceptions if exercise else ():
            try:
                guess = _outcome(misconception.answer, failed)
                if difference(self._expected(failed), guess, self.rtol, self.atol) is None:
                    continue
                if all(self._agrees(misconception.answer, case) for case in tried) and all(
                    self._agrees(misconception.answer, case, lenient=True) for case in more
                ):
                    return misconception.hint
            except Exception:  # a misconception need not work for every input
                continue
        return ""

    def _agrees(self, misconception: Function, case: Case, lenient: bool = False) -> bool:
        """Whether the student's function and a misconception return the same.

        If `lenient`, an input that the student's function refuses decides nothing.
        """
        try:
            guess = _outcome(misconception, case)
        except Exception:  # the misconception is undefined for this input
            return True
        try:
            answer = _outcome(self.function, case)
        except Exception:
            if lenient:
                return True
            raise
        return difference(guess, answer, self.rtol, self.atol) is None


def _outcome(function: Function, case: Case) -> Any:
    """Return the result of a function; a symbolic tensor as the model that computes it."""
    args, kwargs = case.copied()
    result = function(*args, **kwargs)
    return as_model(keras_tensors(args, kwargs), result) if is_keras_tensor(result) else result


@contextlib.contextmanager
def quiet() -> Iterator[None]:
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


@contextlib.contextmanager
def other_hashes() -> Iterator[None]:
    """Let `hash` return other numbers for strings, as in another process."""
    given, salt = builtins.hash, secrets.randbits(60)

    def salted(value: Any) -> int:
        return given(value) ^ salt if isinstance(value, (str, bytes)) else given(value)

    builtins.hash = salted
    try:
        yield
    finally:
        builtins.hash = given


def _shares_memory(answer: Any, others: Sequence[Any]) -> bool:
    """Whether a result is an array, list or dictionary among others, or a view of an array."""
    if isinstance(answer, tuple):
        flat = [part for other in others if isinstance(other, tuple) for part in other]
        return any(_shares_memory(part, flat) for part in answer)
    if isinstance(answer, np.ndarray):
        arrays = [value for value in others if isinstance(value, np.ndarray)]
        return any(np.shares_memory(answer, array) for array in arrays)
    return isinstance(answer, (list, dict)) and any(answer is other for other in others)


def _raised_in(error: BaseException) -> str | None:
    """Return the file, or cell, of the line that raised the error."""
    frames = list(traceback.walk_tb(error.__traceback__))
    return frames[-1][0].f_code.co_filename if frames else None


def _line_of_error(function: Function, error: BaseException) -> str:
    """Format the innermost line of the traceback that is in the function's own cell."""
    file, shown_line = cell_of(function), ""
    for frame, number in traceback.walk_tb(error.__traceback__):
        if file is not None and frame.f_code.co_filename == file:
            source = linecache.getline(file, number).strip()
            shown_line = f" ({number}번째 줄: {source})" if source else ""
    return shown_line
