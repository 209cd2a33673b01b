"""Running a student's function: errors, arguments, neighbours, hidden tests, explanations."""

import functools
import itertools
import linecache

import numpy as np
import pytest

from cvbook import checks


def test_shows_the_call(said):
    message = said(lambda a, b=2: 0, checks.call(np.array([1.0, 2.5]), b="x").gives(1), name="mine")
    assert "mine([1. , 2.5], b='x')" in message
    assert "(100, 2)" in said(lambda a: 0, checks.call(np.zeros((100, 2))).gives(1))


def test_errors_are_told_with_their_text_and_input(said):
    def divide(a):
        return 1 / a

    message = said(divide, checks.call(0).gives(0))
    assert "ZeroDivisionError: division by zero" in message
    assert "f(0)" in message
    assert "return 1 / a" in message


def test_expected_errors(said):
    def refuse(name):
        raise ValueError(f"unknown: {name}")

    assert said(refuse, checks.call("cat").raises(ValueError, "cat")) is None
    assert "'dog'" in said(refuse, checks.call("cat").raises(ValueError, "dog"))
    assert "KeyError" in said(refuse, checks.call("cat").raises(KeyError))
    assert "raise ValueError" in said(lambda name: name, checks.call("x").raises(ValueError))


def test_an_error_may_count_as_right_where_a_wrong_result_does_not(said):
    def refuse(x):
        raise TypeError("no integers")

    case = checks.call(np.array([1, 2])).gives(np.array([0.5, 1.0])).or_raises()
    assert said(refuse, case) is None
    assert said(lambda x: x / 2, case) is None
    assert said(lambda x: x // 2, case)


def test_unwritten_and_missing_functions(said):
    def later():
        raise NotImplementedError

    assert said(later, checks.call().gives(1)) == "f: 아직 풀지 않음"
    assert said(later, checks.call().gives(1), test=checks.hidden) == "f: 아직 풀지 않음"
    assert "이런 이름의 함수가 없습니다" in said(None, checks.call().gives(1))


def test_an_unwritten_method_of_something_else_is_an_error(said):
    """Keras raises `NotImplementedError` too, as for `model(x)` where `call` is missing."""
    import keras

    message = said(lambda: keras.Model()(np.zeros((1, 2))), checks.call().gives(1))
    assert "NotImplementedError" in message


def test_changed_arguments_are_noticed(said):
    def clip(x, labels):
        x[x > 1] = 1
        return x

    assert "인수를 바꾸어" in said(clip, checks.call(np.array([2.0]), []).gives(np.array([1.0])))
    assert said(clip, checks.call(np.array([0.5]), []).gives(np.array([0.5]))) is None


def test_an_argument_that_is_returned_can_be_refused(said):
    case = checks.call(np.ones(3), b=np.zeros(2)).gives(np.ones(3))
    assert said(lambda a, b: a, case) is None
    assert "새 배열" in said(lambda a, b: a, case.gives_new_array())
    assert "새 배열" in said(lambda a, b: a[::-1], case.gives_new_array())
    assert said(lambda a, b: a.copy(), case.gives_new_array()) is None
    assert said(lambda a, b: a.tolist(), case.gives_new_array()) is None


def test_floats_can_be_refused_where_sizes_are_asked(said):
    case = checks.call().gives([(3, 2), (1, 1)])
    assert said(lambda: [(3.0, 2), (1, 1)], case) is None
    assert "정수여야" in said(lambda: [(3.0, 2), (1, 1)], case.gives_integers())
    assert said(lambda: np.array([[3, 2], [1, 1]]), case.gives_integers()) is None
    ragged = checks.call().gives({"a": [3, [1, 2]], "b": None}).gives_integers()
    assert said(lambda: {"a": [3, [1, 2]], "b": None}, ragged) is None
    assert "정수여야" in said(lambda: {"a": [3, [1.0, 2]], "b": None}, ragged)
    assert said(list, checks.call().gives([]).gives_integers()) is None


def test_arguments_that_are_nan_are_not_taken_for_changed_ones(said):
    results = [({"rate": 0.1}, float("nan")), ({"rate": np.array([np.nan, 1])}, 0.5)]
    assert said(len, checks.call(results).gives(2)) is None
    assert "인수를 바꾸어" in said(
        lambda names: names.sort() or 1, checks.call(["b", "a"]).gives(1)
    )


def test_a_failed_hidden_test_shows_neither_inputs_nor_results(said, capsys):
    def shout(x):
        print("input", x)
        raise ValueError(f"secret {x}")

    for function in (shout, lambda x: x + 1):
        message = said(function, checks.call(4711).gives(815), test=checks.hidden)
        assert "숨은 검사" in message
        assert "4711" not in message
        assert "4712" not in message
        assert "815" not in message
    assert "4711" not in capsys.readouterr().out


def test_warnings_do_not_reach_stderr(said, capsys):
    def logarithm(x):
        return np.where(x > 0, np.log(x), 0)

    assert said(logarithm, checks.call(np.zeros(2)).gives(np.zeros(2))) is None
    assert capsys.readouterr().err == ""


def test_failures_show_no_frames_in_a_notebook():
    assert checks.CheckFailed("하나\n둘")._render_traceback_() == ["하나", "둘"]


def suppresses(said, iou, own_cell):
    """Run a test of `non_max_suppression`, which calls `iou`, written in the same cell or not."""
    namespace = {"checks": checks, "np": np}
    answer = (
        "def non_max_suppression(boxes, scores, iou_threshold=0.5):\n"
        "    return [0] if box_iou(boxes[0], boxes[1]) > iou_threshold else [0, 1]\n"
    )
    cells = [iou + answer] if own_cell else [iou, answer]
    for number, cell in enumerate(cells):
        exec(compile(cell, f"<cell {number}>", "exec"), namespace)
    mine = namespace["box_iou"]
    boxes = np.array([[0, 0, 1, 1], [0, 0, 1, 1]])
    message = said(
        namespace["non_max_suppression"],
        checks.call(boxes, np.array([2, 1])),
        name="non_max_suppression",
    )
    assert namespace["box_iou"] is mine  # afterwards
    return message is None


@pytest.mark.parametrize("parameters", ["a, b", "a", "*args", "a, b, inclusive=False"])
def test_neighbours_are_answered_by_the_oracle(said, parameters):
    assert suppresses(said, f"def box_iou({parameters}):\n    return -1\n", own_cell=False)


def test_helpers_with_the_name_of_another_function_are_left_alone(said):
    assert not suppresses(said, "def box_iou(a, b):\n    return -1\n", own_cell=True)
    namespace = {"checks": checks}
    for number, cell in enumerate(
        ["def mean_iou(x):\n    return -x\n", "def ensemble(x):\n    return mean_iou(x)\n"]
    ):
        exec(compile(cell, f"<cell {number}>", "exec"), namespace)
    assert said(namespace["ensemble"], checks.call(2).gives(-2)) is None


def test_a_neighbour_with_more_arguments_is_still_understood(said):
    namespace = {"np": np}
    for number, cell in enumerate(
        [
            "def box_iou(a, b, scale=1):\n    return scale\n",
            "def non_max_suppression(x):\n    return box_iou(x, x, scale=3)\n",
        ]
    ):
        exec(compile(cell, f"<cell {number}>", "exec"), namespace)
    assert said(namespace["non_max_suppression"], checks.call(2).gives(3)) is None


def notebook(*cells):
    """Names of a notebook in which these cells have run."""
    namespace = {"checks": checks, "np": np}
    for number, cell in enumerate(cells):
        file = f"<cell {number} of {abs(hash(cells))}>"
        linecache.cache[file] = (len(cell), None, cell.splitlines(keepends=True), file)
        exec(compile(cell, file, "exec"), namespace)
    return namespace


BOXES = np.array([[0, 0, 2, 2], [0, 0, 2, 2], [5, 5, 6, 6]], float)
IOU = """\
def box_iou(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    low, high = np.maximum(a[..., :2], b[..., :2]), np.minimum(a[..., 2:], b[..., 2:])
    common = np.clip(high - low, 0, None).prod(-1)
    areas = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1)
    return common / (areas - common)
"""
SUPPRESS = """\
def non_max_suppression(boxes, scores, iou_threshold=0.5):
    left, kept = list(np.argsort(-np.asarray(scores))), []
    while left:
        kept.append(int(left[0]))
        ious = box_iou(boxes[left[0]], boxes[left])  # of one box with many at once
        left = [i for i, iou in zip(left, ious) if iou <= iou_threshold]
    return kept
"""


def test_a_helper_may_do_more_than_the_exercise_asks(said):
    """`box_iou` for arrays is right, and so is what calls it with arrays."""
    names = notebook(IOU, SUPPRESS)
    case = checks.call(BOXES, np.array([3.0, 2.0, 1.0])).gives([0, 2])
    assert said(names["non_max_suppression"], case, name="non_max_suppression") is None


def test_a_wrong_helper_behind_a_cache_costs_its_own_points_only(said):
    cached = (
        "@functools.lru_cache\ndef overlap(a, b):\n    return box_iou(np.array(a), np.array(b))\n"
    )
    answer = (
        "def non_max_suppression(boxes, scores, iou_threshold=0.5):\n"
        "    # box_iou, through overlap\n"
        "    iou = overlap(tuple(boxes[0]), tuple(boxes[1]))\n"
        "    return [0] if iou > iou_threshold else [0, 1]\n"
    )
    wrong = "import functools\ndef box_iou(a, b):\n    return 0.0\n"
    names = notebook(wrong, cached, answer)
    names["overlap"](tuple(BOXES[0]), tuple(BOXES[1]))  # tried by the student before
    case = checks.call(BOXES[:2], np.array([3.0, 2.0])).gives([0])
    assert said(names["non_max_suppression"], case, name="non_max_suppression") is None
    assert names["overlap"](tuple(BOXES[0]), tuple(BOXES[1])) == 0.0  # the student's own again


def test_a_function_that_is_wrong_by_itself_fails_whatever_its_helpers(said):
    names = notebook(IOU, SUPPRESS.replace("return kept", "return kept[:1]"))
    case = checks.call(BOXES, np.array([3.0, 2.0, 1.0])).gives([0, 2])
    assert said(names["non_max_suppression"], case, name="non_max_suppression")


def test_results_that_cannot_be_inspected_are_explained(said):
    class Odd:
        def __len__(self):
            raise OSError("closed")

    message = said(lambda: Odd(), checks.call().fits(lambda answer: len(answer)))
    assert "OSError: closed" in message
    assert "OSError: closed" in said(lambda: Odd(), checks.call().gives([1]))


def test_a_known_misconception_is_named(said):
    def conv2d_macs(height, width, kernel_size, in_channels, filters):
        return 2 * height * width * kernel_size**2 * in_channels * filters

    cases = checks.call(4, 3, 5, 2, 7), checks.call(1, 2, 3, 4, 5)
    assert "2를 곱하지 마세요" in said(conv2d_macs, *cases, name="conv2d_macs")


def test_a_misconception_has_to_explain_the_results_of_all_cases(said):
    def conv2d_macs(height, width, kernel_size, in_channels, filters):
        macs = height * width * kernel_size**2 * in_channels * filters
        return 2 * macs if height > 1 else macs

    cases = checks.call(4, 3, 5, 2, 7), checks.call(1, 2, 3, 4, 5)
    assert "2를 곱하지 마세요" not in said(conv2d_macs, *cases, name="conv2d_macs")


def test_the_function_is_found_where_the_test_is_called():
    """In the notebook's names, wherever those of this module are."""
    namespace = {"checks": checks}
    exec(
        "def f():\n    return 1\n\ndef test():\n    checks.visible('f', checks.call().gives(1))\n",
        namespace,
    )
    namespace["test"]()
    with pytest.raises(checks.CheckFailed, match="이런 이름의 함수가 없습니다"):
        checks.visible("f", checks.call().gives(1))


@pytest.mark.parametrize(
    ("function", "cases"),
    [
        # Any two numbers have a ratio; True and False differ by one.
        (lambda x: x + 1, [checks.call(1.0).gives(1.0), checks.call(2.0).gives(2.0)]),
        (lambda x: 8 / 9 * x, [checks.call(1.0).gives(1.0), checks.call(2.0).gives(2.0)]),
        (lambda x: not x, [checks.call(True).gives(True), checks.call(False).gives(False)]),
        (lambda x: {"a": 2 * x}, [checks.call(1.0).gives({"a": 1.0})]),
        # One call alone may differ by one by chance.
        (lambda x: x**2, [checks.call(2).gives(3), checks.call(3).gives(5)]),
    ],
)
def test_no_cause_is_named_by_chance(said, function, cases):
    assert "힌트" not in said(function, *cases)


def test_a_factor_that_all_calls_confirm_is_named(said):
    cases = [checks.call(x).gives(x) for x in (0.5, 2.0, 7.0)]
    assert "2배입니다" in said(lambda x: 2 * x, *cases)
    assert "1만큼" in said(lambda n: n - 1, checks.call(4).gives(4), checks.call(9).gives(9))


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (ValueError("operands could not be broadcast together with shapes (2,) (3,)"), "모양"),
        (ValueError("All layers added to the model should be unique: name 'conv'"), "이름"),
        (ValueError("the shape of my answer is unclear"), ""),
    ],
)
def test_the_hint_to_an_error_is_its_cause(said, error, hint):
    def fail():
        raise error

    message = said(fail, checks.call().gives(1))
    assert hint in message.partition("힌트")[2]
    assert ("힌트" in message) == bool(hint)


def test_a_misconception_must_agree_beyond_the_visible_calls(said):
    """Of three equal boxes, one always kept the last, which had the lowest score in this call."""
    boxes = np.array([[0.0, 0.0, 2.0, 2.0]] * 3)
    case = checks.call(boxes, np.array([3.0, 2.0, 1.0]))
    constant = said(lambda boxes, scores: [2], case, name="non_max_suppression")
    assert "낮은 것부터" not in constant
    lowest = said(lambda boxes, scores: [scores.argmin()], case, name="non_max_suppression")
    assert "낮은 것부터" in lowest


def test_a_second_call_gives_the_same(said):
    seen = []

    def total(x):
        seen.append(x)
        return sum(seen)

    assert "두 번째: 4" in said(total, checks.call(2).gives(2))


def test_a_result_that_a_second_call_changes_is_noticed(said):
    total = np.zeros(2)

    def add(x):
        np.add(total, x, out=total)
        return total

    assert "두 번째" in said(add, checks.call(np.ones(2)).gives(np.ones(2)))


def test_what_remains_after_a_call_is_named_beside_other_functions_too(said):
    more = "calls.append(1)\n    return kept + [9] * (len(calls) - 1)"
    names = notebook(IOU, "calls = []\n" + SUPPRESS.replace("return kept", more))
    case = checks.call(BOXES, np.array([3.0, 2.0, 1.0])).gives([0, 2])
    assert "두 번째" in said(names["non_max_suppression"], case, name="non_max_suppression")


@pytest.mark.parametrize(
    ("function", "case"),
    [
        (lambda a, b: a is b, checks.call("same", "same").gives(True)),
        (lambda a, b: a[0] is b[0], checks.call((512,), (512,)).gives(True)),
    ],
)
def test_equal_arguments_are_not_the_same_object(said, function, case):
    assert said(function, case)


def test_a_result_that_is_handed_out_again_is_noticed(said):
    kept = functools.cache(lambda n: np.zeros(n))
    assert "같은 객체" in said(kept, checks.call(2).gives(np.zeros(2)))
    assert said(lambda n: kept(n).copy(), checks.call(2).gives(np.zeros(2))) is None


def test_a_result_that_a_later_call_changes_is_noticed(said):
    buffers = itertools.cycle([np.zeros(2), np.zeros(2)])  # the third result is in the first array
    case = checks.call(np.ones(2)).gives(np.full(2, 2.0))
    assert "다음에 부르자 바뀜" in said(lambda x: np.multiply(x, 2, out=next(buffers)), case)
    assert said(lambda x: 2 * x, case) is None


def test_a_result_that_depends_on_the_hashes_of_a_process_is_noticed(said):
    def draw(seed):
        return np.random.default_rng(abs(hash(str(seed)))).random(3)

    case = checks.call(3).fits(lambda answer: None)
    assert said(draw, case, test=checks.hidden) is not None
    fair = lambda seed: np.random.default_rng(seed).random(3)  # noqa: E731
    assert said(fair, case, test=checks.hidden) is None


def test_hidden_tests_pass_arrays_in_any_order_in_memory_and_name_arguments(said):
    picture = np.arange(6.0).reshape(2, 3)
    cases = [checks.call(picture + i).gives(picture + i) for i in range(3)]
    flat = [lambda x: x.ravel("K").reshape(x.shape), lambda x: x.ravel().reshape(x.shape)]
    assert [said(copying(f), *cases, test=checks.hidden) is None for f in flat] == [False, True]

    def params(kernel_size, in_channels, filters, use_bias=False):
        return kernel_size**2 * in_channels * filters + filters * use_bias

    calls = [checks.call(3, 3, 64, True) for _ in range(2)]
    name = {"test": checks.hidden, "name": "conv2d_params"}
    assert said(params, *calls, **name) is None
    assert said(lambda k, c, f, b=False: params(k, c, f, b), *calls, **name) is not None


def copying(function):
    return lambda x: function(x).copy()
