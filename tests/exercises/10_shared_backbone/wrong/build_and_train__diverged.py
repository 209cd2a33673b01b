# hint: 손실이 발산했습니다.
def build_and_train(train, validation, seconds):
    inputs = keras.Input((48, 48, 3))
    bias = keras.initializers.Constant(float("nan"))
    return keras.Model(inputs, layers.Conv2D(3, 1, bias_initializer=bias)(inputs))
