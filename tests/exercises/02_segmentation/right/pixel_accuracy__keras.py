def pixel_accuracy(target, predicted):
    metric = keras.metrics.Accuracy()
    metric.update_state(target.astype("int64"), predicted.astype("int64"))
    return metric.result()
