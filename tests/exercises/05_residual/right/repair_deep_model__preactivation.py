def block(x):
    branch = x
    for _ in range(2):
        branch = layers.BatchNormalization()(branch)
        branch = layers.Activation("relu")(branch)
        branch = layers.Conv2D(8, 3, padding="same", use_bias=False)(branch)
    return layers.Add()([x, branch])


def repair_deep_model(input_shape):
    inputs = keras.Input(shape=input_shape)
    x = layers.Conv2D(8, 3, padding="same")(inputs)
    x = layers.Conv2D(8, 3, padding="same")(x)
    for _ in range(14):
        x = block(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs=[inputs], outputs=[layers.Dense(1, activation="sigmoid")(x)])
