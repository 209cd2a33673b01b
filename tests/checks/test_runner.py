"""Running a student's function: errors, arguments, neighbours, hidden tests, explanations."""

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
