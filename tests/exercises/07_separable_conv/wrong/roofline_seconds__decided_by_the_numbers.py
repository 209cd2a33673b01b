def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return flops / peak_flops if flops > bytes_moved else bytes_moved / bandwidth
