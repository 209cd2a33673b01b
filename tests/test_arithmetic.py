"""`cvbook.arithmetic` against the lecture's numbers and, where slow, Keras's own layers."""

import pytest

from cvbook import arithmetic


def test_lecture_parameter_counts():
    assert arithmetic.conv2d_params(3, 3, 64) == 1728
    assert arithmetic.separable_conv2d_params(3, 3, 64) == 219
    assert arithmetic.conv2d_params(3, 10, 64) == 5760
    assert arithmetic.separable_conv2d_params(3, 10, 64) == 730
    assert arithmetic.separable_conv2d_params(3, 3, 64, use_bias=True) == 283


def test_macs_are_counted_by_a_loop_over_every_multiplication():
    plain = separable = 0
    for _row in range(4):
        for _column in range(3):
            for _channel in range(2):
                separable += 5 * 5
                for _filter in range(7):
                    plain += 5 * 5
                    separable += 1
    assert arithmetic.conv2d_macs(4, 3, 5, 2, 7) == plain
    assert arithmetic.separable_conv2d_macs(4, 3, 5, 2, 7) == separable


def test_receptive_field():
    assert arithmetic.receptive_field([]) == 1
    assert arithmetic.receptive_field([(3, 1)] * 3) == 7
    # conv1 and pool1 of ResNet-50, then its first 3×3 convolution: 7 -> 11 -> 19
    assert arithmetic.receptive_field([(7, 2), (3, 2), (3, 1)]) == 19


def test_feature_pyramid_rounds_up():
    assert arithmetic.feature_pyramid((25, 200, 3), [8, 16]) == [(13, 100, 8), (7, 50, 16)]
    assert arithmetic.feature_pyramid((4, 4, 3), []) == []


def test_projection():
    assert arithmetic.projection((8, 8, 3), (8, 8, 3)) is None
    assert arithmetic.projection((8, 8, 3), (8, 8, 5)) == {"filters": 5, "strides": 1}
    assert arithmetic.projection((9, 7, 3), (5, 4, 3)) == {"filters": 3, "strides": 2}
    assert arithmetic.projection((5, 4, 1), (2, 1, 1)) == {"filters": 1, "strides": 4}
    for wrong in [(8, 4, 3), (16, 16, 3), (5, 5, 3), (0, 0, 3)]:
        with pytest.raises(ValueError, match="stride"):
            arithmetic.projection((8, 8, 3), wrong)


def test_checkerboard_is_where_strides_do_not_divide():
    assert not arithmetic.has_checkerboard(4, 2)
    assert not arithmetic.has_checkerboard(3, 1)
    assert arithmetic.has_checkerboard(3, 2)
    assert arithmetic.has_checkerboard(2, 3)


def test_unknown_padding_is_refused():
    with pytest.raises(ValueError, match="full"):
        arithmetic.output_size(3, 3, 1, "full")
    with pytest.raises(ValueError, match="full"):
        arithmetic.conv_output_size(3, 3, 1, "full")


@pytest.mark.slow
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_sizes_and_receptive_field_are_keras(padding):
    import keras
    import numpy as np
    from keras import layers

    for n in range(1, 9):
        for kernel_size in range(1, 6):
            for strides in range(1, 8):
                up = layers.Conv2DTranspose(1, kernel_size, strides=strides, padding=padding)
                shape = up.compute_output_shape((1, n, n, 1))
                assert arithmetic.output_size(n, kernel_size, strides, padding) == shape[1]
                if padding == "same" or n >= kernel_size:
                    down = layers.MaxPooling2D(kernel_size, strides=strides, padding=padding)
                    shape = down.compute_output_shape((1, n, n, 1))
                    got = arithmetic.conv_output_size(n, kernel_size, strides, padding)
                    assert got == shape[1]

    stack = [(3, 1), (2, 2), (5, 1), (3, 2), (3, 1)]
    model = keras.Sequential(
        [layers.Conv1D(1, k, strides=s, kernel_initializer="ones") for k, s in stack]
    )
    field = arithmetic.receptive_field(stack)
    reached = [model(np.eye(64)[i][None, :, None])[0, 0, 0] != 0 for i in range(64)]
    assert sum(map(bool, reached)) == field


@pytest.mark.slow
def test_parameters_are_keras():
    from keras import layers

    for kernel_size, channels, filters, use_bias in [
        (1, 1, 1, True),
        (3, 3, 64, False),
        (5, 7, 2, True),
        (2, 4, 9, False),
    ]:
        for layer_type, count in [
            (layers.Conv2D, arithmetic.conv2d_params),
            (layers.SeparableConv2D, arithmetic.separable_conv2d_params),
        ]:
            layer = layer_type(filters, kernel_size, use_bias=use_bias)
            layer.build((None, 16, 16, channels))
            assert count(kernel_size, channels, filters, use_bias) == layer.count_params()
