def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    times = tf.constant([flops / peak_flops, bytes_moved / bandwidth], dtype=tf.float64)
    return tf.reduce_max(times).numpy()
