_seconds = {}


def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    layer = flops, bytes_moved
    if layer not in _seconds:
        _seconds[layer] = max(flops / peak_flops, bytes_moved / bandwidth)
    return _seconds[layer]
