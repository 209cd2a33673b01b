def conv2d_transpose(x, kernel, strides=1):
    x = np.asarray(x, "float32")[None, :, :, None]
    kernel = np.asarray(kernel, "float32")[:, :, None, None]
    return keras.ops.conv_transpose(x, kernel, strides)[0, :, :, 0]
