def conv2d_transpose_channels(x, kernel, strides=1, padding="same"):
    x = np.asarray(x, "float32")[None]
    return keras.ops.conv_transpose(x, np.asarray(kernel, "float32"), strides, padding)[0]
