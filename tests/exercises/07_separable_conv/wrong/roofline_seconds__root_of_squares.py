def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return ((flops / peak_flops) ** 2 + (bytes_moved / bandwidth) ** 2) ** 0.5
