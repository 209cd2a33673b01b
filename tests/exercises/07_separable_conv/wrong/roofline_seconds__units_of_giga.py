def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return max(flops / (peak_flops / 1e9), bytes_moved / (bandwidth / 1e9))
