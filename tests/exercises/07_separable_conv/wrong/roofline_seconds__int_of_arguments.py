def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return max(int(flops) // int(peak_flops), bytes_moved / bandwidth)
