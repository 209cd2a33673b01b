# hint: 실행하다 멈추었습니다.
def build_and_train(train, validation, seconds):
    inputs = keras.Input((48, 48, 3))
    x = layers.Conv2D(16, 3, strides=2, padding="same")(inputs)
    return keras.Model(inputs, layers.Concatenate()([x, inputs]))
