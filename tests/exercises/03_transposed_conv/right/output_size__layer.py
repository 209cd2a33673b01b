def output_size(n, kernel_size, strides, padding="valid"):
    layer = layers.Conv2DTranspose(1, kernel_size, strides=strides, padding=padding)
    return layer.compute_output_shape((None, n, n, 1))[1]
