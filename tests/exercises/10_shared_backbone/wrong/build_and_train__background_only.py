# hint: 모든 픽셀을 배경이라고 답하는 것보다 낫지 않습니다.
def build_and_train(train, validation, seconds):
    def shares(shape, dtype=None):
        return np.log(np.bincount(train[1].ravel(), minlength=3) / train[1].size)

    inputs = keras.Input((48, 48, 3))
    options = {"kernel_initializer": "zeros", "bias_initializer": shares}
    return keras.Model(inputs, layers.Conv2D(3, 1, activation="softmax", **options)(inputs))
