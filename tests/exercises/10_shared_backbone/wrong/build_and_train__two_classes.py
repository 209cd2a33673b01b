# hint: 픽셀마다 세 클래스의 확률을 내야 합니다.
def build_and_train(train, validation, seconds):
    inputs = keras.Input((48, 48, 3))
    return keras.Model(inputs, layers.Conv2D(2, 1, activation="softmax")(inputs))
