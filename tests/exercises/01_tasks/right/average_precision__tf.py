def average_precision(boxes, scores, truth, iou_threshold=0.5):
    n, m = len(boxes), len(truth)
    if n == 0 or m == 0:
        return 0.0
    order = tf.argsort(tf.convert_to_tensor(np.asarray(scores, "float64")), direction="DESCENDING")
    taken, hits = set(), []
    for i in order.numpy():
        pairs = [(box_iou(boxes[i], truth[j]), -j) for j in range(m) if j not in taken]
        value, j = max(pairs, default=(-1, 0))
        hits.append(value >= iou_threshold)
        if hits[-1]:
            taken.add(-j)
    hits = tf.cast(tf.constant(hits), tf.float64)
    precision = tf.cumsum(hits) / tf.range(1, n + 1, dtype=tf.float64)
    best = tf.reduce_max(
        tf.where(np.triu(np.ones((n, n), bool)), precision[None, :], tf.zeros((n, n), tf.float64)),
        1,
    )
    return tf.reduce_sum(best * hits) / m
