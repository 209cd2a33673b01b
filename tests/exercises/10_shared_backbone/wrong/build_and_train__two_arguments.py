# hint: 실행하다 멈추었습니다.
def build_and_train(train, validation):
    inputs = keras.Input((48, 48, 3))
    return keras.Model(inputs, layers.Conv2D(3, 1, activation="softmax")(inputs))
