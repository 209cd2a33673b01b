# hint: 픽셀마다 세 클래스의 확률을 내야 합니다.
def build_and_train(train, validation, seconds):
    inputs = keras.Input((48, 48, 3))
    x = layers.Conv2D(3, 3, strides=2, padding="same", activation="softmax")(inputs)
    return keras.Model(inputs, x)
