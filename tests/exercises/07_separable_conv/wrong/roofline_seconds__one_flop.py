def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    flops = flops or 1
    intensity = flops / bytes_moved
    attainable = min(peak_flops, intensity * bandwidth)
    return flops / attainable
