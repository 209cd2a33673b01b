"""`cvbook.checks`: what it accepts, what it refuses, and what it says."""

import numpy as np
import pytest

from cvbook import checks


def said(function, *calls, test=None, name="f"):
    """Run a test on a function of that name as a notebook would and return the message."""
    namespace = {name: function, "test": test or checks.visible, "calls": calls}
    try:
        exec(f"test({name!r}, *calls)", namespace)
    except checks.CheckFailed as failed:
        return str(failed)
    return None


@pytest.mark.parametrize(
    "answer",
    [
        [1.0, 2.0],
        (1, 2),
        np.array([1, 2]),
        np.array([1, 2], dtype="float32"),
        [np.float64(1), np.float32(2.000001)],
    ],
)
def test_anything_that_makes_the_same_array_is_right(answer):
    assert said(lambda: answer, checks.call().gives(np.array([1.0, 2.0]))) is None


@pytest.mark.parametrize(
    ("expected", "answer", "words"),
    [
        (3, 4, "1만큼"),
        (3, None, "return"),
        (3, [3], "숫자 하나"),
        (np.zeros((2, 3)), np.zeros((3, 2)), "축의 순서"),
        (np.zeros((2, 3)), np.zeros((1, 2, 3)), "크기가 1인 축"),
        (np.zeros((2, 3)), np.zeros(2), "축을 너무 많이"),
        (np.eye(2)[:, ::-1] * [1, 2], np.eye(2)[:, ::-1] * [2, 1] * [[1], [1]], "행과 열"),
        (np.array([1.0, 2.0]), np.array([2.0, 4.0]), "2배"),
        (np.array([1.5, 2.2]), np.array([1, 2]), "소수 부분"),
        (np.array([1.0, 2.0]), np.array([-1.0, -2.0]), "부호"),
        (np.array([1.0, 2.0]), np.array([np.nan, 2.0]), "NaN"),
        (np.array([True]), np.array([1]), "bool"),
        (np.array([1], dtype="uint8"), np.array([1]), "uint8"),
        (True, 1, "bool"),
        ({"a": 1}, {"b": 1}, "key"),
        (None, 0, "None"),
        ([(1, 2), (3, 4)], [(1, 2)], "2개"),
        ([(1, 2), (3, 4)], [(1, 2), (3, 5)], "[1] [1]"),
        (1.0, "1.0", "str"),
        (np.zeros(2), [[1], [1, 2]], "배열로 바꿀 수 없음"),
    ],
)
def test_says_what_was_expected_and_what_came(expected, answer, words):
    message = said(lambda: answer, checks.call().gives(expected))
    assert "기대" in message
    assert "결과" in message
    assert words in message


def test_shows_the_call():
    message = said(lambda a, b=2: 0, checks.call(np.array([1.0, 2.5]), b="x").gives(1), name="mine")
    assert "mine([1. , 2.5], b='x')" in message
    assert "(100, 2)" in said(lambda a: 0, checks.call(np.zeros((100, 2))).gives(1))


def test_errors_are_told_with_their_text_and_input():
    def divide(a):
        return 1 / a

    message = said(divide, checks.call(0).gives(0))
    assert "ZeroDivisionError: division by zero" in message
    assert "f(0)" in message
    assert "return 1 / a" in message


def test_expected_errors():
    def refuse(name):
        raise ValueError(f"unknown: {name}")

    assert said(refuse, checks.call("cat").raises(ValueError, "cat")) is None
    assert "'dog'" in said(refuse, checks.call("cat").raises(ValueError, "dog"))
    assert "KeyError" in said(refuse, checks.call("cat").raises(KeyError))
    assert "raise ValueError" in said(lambda name: name, checks.call("x").raises(ValueError))


def test_unwritten_and_missing_functions():
    def later():
        raise NotImplementedError

    assert said(later, checks.call().gives(1)) == "f: 아직 풀지 않음"
    assert said(later, checks.call().gives(1), test=checks.hidden) == "f: 아직 풀지 않음"
    assert "이런 이름의 함수가 없습니다" in said(None, checks.call().gives(1))


def test_an_unwritten_method_of_something_else_is_an_error():
    """Keras raises `NotImplementedError` too, as for `model(x)` where `call` is missing."""
    import keras

    message = said(lambda: keras.Model()(np.zeros((1, 2))), checks.call().gives(1))
    assert "NotImplementedError" in message


def test_models_and_tensors_are_shown_by_their_shapes():
    import keras

    inputs = keras.Input((8, 2))
    message = said(lambda: keras.Model(inputs, inputs), checks.call().gives(1))
    assert "케라스 모델, 출력 (None, 8, 2)" in message
    message = said(lambda: inputs, checks.call().gives(None))
    assert "케라스 텐서 (None, 8, 2)" in message


def test_changed_arguments_are_noticed():
    def clip(x, labels):
        x[x > 1] = 1
        return x

    assert "인수를 바꾸어" in said(clip, checks.call(np.array([2.0]), []).gives(np.array([1.0])))
    assert said(clip, checks.call(np.array([0.5]), []).gives(np.array([0.5]))) is None
    assert "인수를 바꾸어" in said(
        lambda names: names.sort() or 1, checks.call(["b", "a"]).gives(1)
    )


def test_hidden_tests_give_nothing_away(capsys):
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


def test_warnings_do_not_reach_stderr(capsys):
    def logarithm(x):
        return np.where(x > 0, np.log(x), 0)

    assert said(logarithm, checks.call(np.zeros(2)).gives(np.zeros(2))) is None
    assert capsys.readouterr().err == ""


def test_failures_show_no_frames_in_a_notebook():
    assert checks.CheckFailed("하나\n둘")._render_traceback_() == ["하나", "둘"]


def test_drawn_calls_are_the_same_every_time():
    def make(rng):
        return checks.call(int(rng.integers(1000)))

    assert checks.draw(5, make, seed=3) == checks.draw(5, make, seed=3)
    assert checks.draw(5, make, seed=3) != checks.draw(5, make, seed=4)


def test_a_result_may_only_have_to_fit():
    def even(answer):
        return None if answer % 2 == 0 else "홀수입니다."

    assert said(lambda: 4, checks.call().fits(even)) is None
    assert "홀수" in said(lambda: 3, checks.call().fits(even))


def suppresses(iou, own_cell):
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
    assert namespace["box_iou"] is mine  # is put back
    return message is None


@pytest.mark.parametrize("parameters", ["a, b", "a", "*args", "a, b, inclusive=False"])
def test_neighbours_are_answered_by_the_oracle(parameters):
    assert suppresses(f"def box_iou({parameters}):\n    return -1\n", own_cell=False)


def test_helpers_with_the_name_of_another_function_are_left_alone():
    assert not suppresses("def box_iou(a, b):\n    return -1\n", own_cell=True)
    namespace = {"checks": checks}
    for number, cell in enumerate(
        ["def mean_iou(x):\n    return -x\n", "def ensemble(x):\n    return mean_iou(x)\n"]
    ):
        exec(compile(cell, f"<cell {number}>", "exec"), namespace)
    assert said(namespace["ensemble"], checks.call(2).gives(-2)) is None


def test_a_neighbour_with_more_arguments_is_still_understood():
    namespace = {"np": np}
    for number, cell in enumerate(
        [
            "def box_iou(a, b, scale=1):\n    return scale\n",
            "def non_max_suppression(x):\n    return box_iou(x, x, scale=3)\n",
        ]
    ):
        exec(compile(cell, f"<cell {number}>", "exec"), namespace)
    assert said(namespace["non_max_suppression"], checks.call(2).gives(3)) is None


def test_results_that_cannot_be_looked_at_are_explained():
    class Odd:
        def __len__(self):
            raise OSError("closed")

    message = said(lambda: Odd(), checks.call().fits(lambda answer: len(answer)))
    assert "OSError: closed" in message
    assert "OSError: closed" in said(lambda: Odd(), checks.call().gives([1]))


def test_indices_are_whole_numbers():
    call = checks.call().fits(checks.indices)
    assert said(lambda: [2, 0], call) is None
    assert said(lambda: np.array([2, 0], "uint8"), call) is None
    assert "정수" in said(lambda: np.array([2.0, 0.0]), call)
    assert "정수" in said(lambda: [True, False], call)


@pytest.mark.slow
class TestModels:
    """Blocks and models of Keras."""

    @pytest.fixture
    def block(self):
        from keras import layers

        def block(x, filters):
            x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
            return layers.MaxPooling2D(2)(x)

        return block

    def message(self, block, answer):
        import keras

        x = keras.Input((8, 6, 3))
        expected = checks.call(checks.tensor(8, 6, 3), 4).gives(keras.Model(x, block(x, 4)))
        return said(answer, expected)

    def test_the_same_written_otherwise_is_right(self, block):
        from keras import layers

        def otherwise(x, filters):
            x = layers.Conv2D(filters, (3, 3), padding="same", name="first")(x)
            return layers.MaxPool2D(strides=2)(layers.ReLU()(x))

        assert self.message(block, block) is None
        assert self.message(block, otherwise) is None

    def test_differences_are_named(self, block):
        import keras
        from keras import layers

        def valid(x, filters):
            return layers.MaxPooling2D(2)(layers.Conv2D(filters, 3, activation="relu")(x))

        def linear(x, filters):
            return layers.MaxPooling2D(2)(layers.Conv2D(filters, 3, padding="same")(x))

        def no_bias(x, filters):
            x = layers.Conv2D(filters, 3, padding="same", activation="relu", use_bias=False)(x)
            return layers.MaxPooling2D(2)(x)

        assert "출력 모양 (None, 4, 3, 4)" in self.message(block, valid)
        assert "activation='relu'" in self.message(block, linear)
        assert "파라미터 수 112" in self.message(block, no_bias)
        assert "Keras 텐서" in self.message(block, lambda x, filters: 3)
        assert "Keras 텐서" in self.message(
            block, lambda x, filters: keras.Model(x, block(x, filters))
        )
        assert "return" in self.message(block, lambda x, filters: None)

    def test_inputs_have_both_signs(self):
        from keras import layers

        def doubled(x, filters):
            return layers.add([x, x])

        assert self.message(doubled, doubled) is None
        assert "ReLU" in self.message(doubled, lambda x, filters: layers.ReLU()(doubled(x, 4)))

    @pytest.mark.parametrize(
        "otherwise", ["dropped, then pooled", "another kind", "another rate", "noise", "none"]
    )
    def test_layers_that_act_in_training_only_have_to_be_the_same(self, otherwise):
        import keras
        from keras import layers

        def model(parts):
            return keras.Sequential([keras.Input((8, 6, 3)), *parts, layers.Dense(1)])

        def pool():
            return layers.GlobalAveragePooling2D()

        expected = checks.call().gives(model([pool(), layers.Dropout(0.5)]))
        nested = keras.Sequential([pool(), layers.Dropout(0.5)])
        assert said(lambda: model([nested]), expected) is None
        parts = {
            "dropped, then pooled": [layers.Dropout(0.5), pool()],
            "another kind": [pool(), layers.GaussianDropout(0.5)],
            "another rate": [pool(), layers.Dropout(0.4)],
            "noise": [layers.RandomFlip(), pool(), layers.Dropout(0.5)],
            "none": [pool()],
        }
        assert "훈련할 때만" in said(lambda: model(parts[otherwise]), expected)

    def test_models_that_were_never_built_are_explained(self):
        import keras
        from keras import layers

        x = keras.Input((8, 6, 3))
        expected = checks.call().gives(keras.Model(x, layers.Dense(1)(x)))
        assert "살펴볼 수 없음" in said(lambda: keras.Sequential([layers.Dense(1)]), expected)

    def test_tensorflow_results_are_arrays(self):
        import tensorflow as tf

        assert said(lambda: tf.ones(2), checks.call().gives(np.ones(2))) is None
