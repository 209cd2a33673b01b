def recalibrate(model, images, batch_size):
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.moving_mean.assign(np.full(layer.moving_mean.shape, images.mean()))
            layer.moving_variance.assign(np.full(layer.moving_variance.shape, images.var()))
        elif isinstance(layer, keras.Model):
            recalibrate(layer, images, batch_size)
