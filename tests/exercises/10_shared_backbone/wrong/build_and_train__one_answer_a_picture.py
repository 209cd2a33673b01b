# hint: 픽셀마다 세 클래스의 확률을 내야 합니다.
def build_and_train(train, validation, seconds):
    inputs = keras.Input((48, 48, 3))
    x = layers.GlobalAveragePooling2D()(layers.Rescaling(1 / 255)(inputs))
    return keras.Model(inputs, layers.Dense(3, activation="softmax")(x))
