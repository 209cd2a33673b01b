# hint: 고르지 않습니다
def repair_upsampling(model):
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers[1:]:
        if isinstance(layer, layers.Conv2DTranspose):
            s = layer.strides[0]
            x = layers.Conv2DTranspose(layer.filters, 2 * s, strides=s, padding="same")(x)
        else:
            x = layer(x)
    return keras.Model(inputs, x)
