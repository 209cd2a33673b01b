def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return np.maximum(np.divide(flops, peak_flops), np.divide(bytes_moved, bandwidth))
