# hint: `time.process_time()`을 배치마다 보고
def build_and_train(train, validation, seconds):
    inputs = keras.Input((48, 48, 3))
    model = keras.Model(inputs, layers.Conv2D(3, 1, activation="softmax")(inputs))
    end = time.process_time() + 1.25 * seconds
    while time.process_time() < end:
        sum(range(1000))
    return model
