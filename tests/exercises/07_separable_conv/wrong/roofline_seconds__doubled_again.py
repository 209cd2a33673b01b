# hint: 다시 곱하지 마세요
def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return max(2 * flops / peak_flops, bytes_moved / bandwidth)
