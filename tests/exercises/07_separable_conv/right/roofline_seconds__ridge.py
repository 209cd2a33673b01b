def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    # The ridge decides which limit holds.
    if flops * bandwidth >= peak_flops * bytes_moved:
        return flops / peak_flops
    return bytes_moved / bandwidth
