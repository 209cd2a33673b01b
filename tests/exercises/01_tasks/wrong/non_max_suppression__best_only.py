def non_max_suppression(boxes, scores, iou_threshold=0.5):
    return np.array([np.argmax(scores)])
