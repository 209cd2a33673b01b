# hint: 4를 다시 곱하지 마세요
def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return max(flops / peak_flops, 4 * bytes_moved / bandwidth)
