def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    if not flops:
        return 0.0
    return max(flops / peak_flops, bytes_moved / bandwidth)
