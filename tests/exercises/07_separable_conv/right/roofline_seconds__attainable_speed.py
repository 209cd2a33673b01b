def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    if flops == 0:
        return bytes_moved / bandwidth
    intensity = flops / bytes_moved
    return flops / min(peak_flops, intensity * bandwidth)
