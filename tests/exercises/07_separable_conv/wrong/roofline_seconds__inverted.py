def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return max(peak_flops / flops, bandwidth / bytes_moved)
