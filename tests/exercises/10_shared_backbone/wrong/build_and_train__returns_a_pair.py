# hint: keras.Model이 아니라 tuple
def build_and_train(train, validation, seconds):
    inputs = keras.Input((48, 48, 3))
    return keras.Model(inputs, layers.Conv2D(3, 1, activation="softmax")(inputs)), {"loss": [1.0]}
