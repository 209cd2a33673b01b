def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    computing, moving = flops / peak_flops, bytes_moved / bandwidth
    if computing > moving:
        return computing
    return moving
