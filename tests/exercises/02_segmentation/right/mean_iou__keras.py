def mean_iou(target, predicted, num_classes):
    metric = keras.metrics.MeanIoU(num_classes=num_classes)
    metric.update_state(target, predicted)
    return float(metric.result())
