def non_max_suppression(boxes, scores, iou_threshold=0.5):
    return tf.image.non_max_suppression(
        boxes.astype("float32"), scores.astype("float32"), len(boxes), iou_threshold
    )
