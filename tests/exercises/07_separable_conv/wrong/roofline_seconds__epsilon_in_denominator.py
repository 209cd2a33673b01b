def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return flops / (min(peak_flops, flops / bytes_moved * bandwidth) + 1e7)
