def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return sorted([float(flops) / peak_flops, float(bytes_moved) / bandwidth])[-1]
