"""Comparing Keras models and blocks: written otherwise, or different."""

import numpy as np
import pytest

from cvbook import checks

pytestmark = pytest.mark.slow  # Keras


@pytest.fixture
def message(said):
    """Compare what an answer makes of a Keras input with what a block makes of it."""

    def message(block, answer):
        import keras

        x = keras.Input((8, 6, 3))
        expected = checks.call(checks.tensor(8, 6, 3), 4).gives(keras.Model(x, block(x, 4)))
        return said(answer, expected)

    return message


def block(x, filters):
    from keras import layers

    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)


def test_the_same_written_otherwise_is_right(message):
    from keras import layers

    def otherwise(x, filters):
        x = layers.Conv2D(filters, (3, 3), padding="same")(x)
        return layers.MaxPool2D(strides=2)(layers.ReLU()(x))

    assert message(block, block) is None
    assert message(block, otherwise) is None


def test_differences_are_named(message):
    import keras
    from keras import layers

    def valid(x, filters):
        return layers.MaxPooling2D(2)(layers.Conv2D(filters, 3, activation="relu")(x))

    def linear(x, filters):
        return layers.MaxPooling2D(2)(layers.Conv2D(filters, 3, padding="same")(x))

    def no_bias(x, filters):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu", use_bias=False)(x)
        return layers.MaxPooling2D(2)(x)

    assert "출력 모양 (None, 4, 3, 4)" in message(block, valid)
    assert "activation='relu'" in message(block, linear)
    assert "파라미터 수 112" in message(block, no_bias)
    assert "케라스 텐서" in message(block, lambda x, filters: 3)
    assert "케라스 텐서" in message(block, lambda x, filters: keras.Model(x, block(x, filters)))
    assert "return" in message(block, lambda x, filters: None)


def test_inputs_have_both_signs(message):
    from keras import layers

    def doubled(x, filters):
        return layers.add([x, x])

    assert message(doubled, doubled) is None
    assert "ReLU" in message(doubled, lambda x, filters: layers.ReLU()(doubled(x, 4)))


@pytest.mark.parametrize(
    "otherwise", ["dropped, then pooled", "another kind", "another rate", "noise", "none"]
)
def test_layers_that_act_in_training_only_have_to_be_the_same(said, otherwise):
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


@pytest.mark.parametrize("otherwise", ["pooled first", "never in training", "same"])
def test_models_have_to_do_the_same_in_training(said, otherwise):
    import keras
    from keras import layers

    class Fixed(layers.BatchNormalization):
        def call(self, inputs, training=None, mask=None):
            return super().call(inputs, training=False)

    def model(parts):
        return keras.Sequential([keras.Input((8, 6, 3)), layers.Dropout(0.3), *parts])

    def parts(kind):
        normalize = (Fixed if kind == "never in training" else layers.BatchNormalization)()
        pair = [normalize, layers.MaxPooling2D(2)]
        return pair[::-1] if kind == "pooled first" else pair

    expected = model(parts("same"))
    before = [np.array(variable) for variable in expected.variables]
    message = said(lambda: model(parts(otherwise)), checks.call().gives(expected))
    assert message is None if otherwise == "same" else "훈련할 때 같은 가중치" in message
    assert all(map(np.array_equal, before, expected.variables))


def test_models_that_were_never_built_are_explained(said):
    import keras
    from keras import layers

    x = keras.Input((8, 6, 3))
    expected = checks.call().gives(keras.Model(x, layers.Dense(1)(x)))
    assert "살펴볼 수 없음" in said(lambda: keras.Sequential([layers.Dense(1)]), expected)


def test_models_and_tensors_are_shown_by_their_shapes(said):
    import keras

    inputs = keras.Input((8, 2))
    message = said(lambda: keras.Model(inputs, inputs), checks.call().gives(1))
    assert "케라스 모델, 출력 (None, 8, 2)" in message
    message = said(lambda: inputs, checks.call().gives(None))
    assert "케라스 텐서 (None, 8, 2)" in message


def test_warnings_about_a_model_do_not_reach_stderr(said, capfd):
    """Keras warns about `inputs=[x]`, as in its own examples, when the model is called."""

    import keras
    from keras import layers

    def build(bracket):
        inputs = keras.Input((8, 8, 3))
        outputs = layers.Conv2D(2, 3)(inputs)
        return keras.Model(*(([inputs], [outputs]) if bracket else (inputs, outputs)))

    assert said(lambda: build(True), checks.call().gives(build(False))) is None
    captured = capfd.readouterr()
    assert captured.err == ""


def test_a_subclass_that_is_built_functionally_is_a_model(said):
    import keras
    from keras import layers

    class Net(keras.Model):
        def __init__(self):
            inputs = keras.Input((4, 4, 1))
            super().__init__(inputs, layers.Conv2D(2, 3)(inputs))

    plain = keras.Input((4, 4, 1))
    expected = keras.Model(plain, layers.Conv2D(2, 3)(plain))
    assert said(Net, checks.call().gives(expected)) is None


@pytest.mark.parametrize(
    ("setting", "named"),
    [({"epsilon": 0.1}, "`epsilon`가 0.001이어야 하는데 0.1"), ({}, None)],
)
def test_a_setting_that_changes_no_shape_is_named(said, setting, named):
    from keras import layers

    def model(**options):
        import keras

        x = keras.Input((4, 4, 2))
        return keras.Model(x, layers.BatchNormalization(**options)(x))

    message = said(lambda: model(**setting), checks.call().gives(model()))
    assert (message is None) if named is None else (named in message)


def test_a_block_can_be_used_twice_in_a_model(message):
    from keras import layers

    once = layers.Conv2D(4, 3, padding="same", activation="relu")

    def shared(x, filters):
        return layers.MaxPooling2D(2)(once(x))

    def named(x, filters):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu", name="conv")(x)
        return layers.MaxPooling2D(2)(x)

    assert message(block, block) is None
    assert "같은 가중치를 함께" in message(block, shared)
    assert "층의 이름이 같습니다" in message(block, named)


def test_a_model_is_built_anew_in_every_call(said):
    import keras
    from keras import layers

    def build():
        return keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2D(2, 3)])

    kept = build()
    assert said(build, checks.call().gives(build())) is None
    assert "같은 가중치를 함께" in said(lambda: kept, checks.call().gives(build()))


def test_the_longest_chain_of_layers_is_counted_through_branches_and_inner_models():
    import keras
    from keras import layers

    def convolutions(x, count):
        for _ in range(count):
            x = layers.Conv2D(2, 3, padding="same")(x)
        return x

    def wide(layer):
        return getattr(layer, "kernel_size", (1, 1)) == (3, 3)

    inputs = keras.Input((4, 4, 2))
    side_by_side = layers.add([convolutions(inputs, 2), convolutions(inputs, 1), inputs])
    block = keras.Model(inputs, layers.Conv2D(2, 1)(side_by_side))
    whole = keras.Sequential([keras.Input((4, 4, 2)), block, layers.ReLU(), block])
    listed = keras.Model(inputs=[inputs], outputs=[convolutions(block(inputs), 3)])
    assert checks.longest_chain(block, wide) == 2
    assert checks.longest_chain(whole, wide) == 4
    assert checks.longest_chain(listed, wide) == 5
    assert checks.longest_chain(block, lambda layer: isinstance(layer, layers.Dense)) == 0


@pytest.mark.parametrize("kind", ["Layer", "Model"])
def test_the_longest_chain_is_counted_inside_layers_of_ones_own(kind):
    import keras
    from keras import layers

    class Block(keras.Model if kind == "Model" else layers.Layer):
        def __init__(self, in_line):
            super().__init__()
            self.in_line = in_line
            self.first, self.second = (layers.Conv2D(2, 3, padding="same") for _ in range(2))

        def call(self, x, training=None):
            return x + (self.second(self.first(x)) if self.in_line else self.first(x))

    def wide(layer):
        return getattr(layer, "kernel_size", (1, 1)) == (3, 3)

    x = inputs = keras.Input((4, 4, 2))
    for in_line in (True, False, True):
        x = Block(in_line)(x)
    assert checks.longest_chain(keras.Model(inputs, x), wide) == 5
