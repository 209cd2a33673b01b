def pointwise_conv2d(x, kernel):
    return tf.nn.conv2d(
        tf.constant(x, tf.float32)[None], tf.constant(kernel, tf.float32)[None, None], 1, "VALID"
    )[0].numpy()
