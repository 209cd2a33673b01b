def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    ridge = peak_flops / bandwidth
    return flops / peak_flops if flops / max(bytes_moved, 1) < ridge else bytes_moved / bandwidth
