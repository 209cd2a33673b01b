# hint: 픽셀 정확도
def mean_iou(target, predicted, num_classes):
    return np.mean(target == predicted)
