def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    mean, variance = tf.nn.moments(tf.cast(x, tf.float64), axes=[0, 1, 2])
    y = tf.nn.batch_normalization(tf.cast(x, tf.float64), mean, variance, beta, gamma, epsilon)
    return y.numpy(), mean.numpy(), variance.numpy()
