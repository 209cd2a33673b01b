# hint: 모델이 답하다 멈추었습니다.
def build_and_train(train, validation, seconds):
    inputs = keras.Input((64, 64, 3))
    return keras.Model(inputs, layers.Conv2D(3, 1, activation="softmax")(inputs))
