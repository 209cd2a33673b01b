def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    layer = layers.BatchNormalization(momentum=0.0, epsilon=epsilon, dtype="float64")
    layer.build(x.shape)
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    y = layer(x, training=True)
    return y, layer.moving_mean, layer.moving_variance
