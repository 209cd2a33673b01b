# hint: 짧은 쪽을 골랐습니다
def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return min(flops / peak_flops, bytes_moved / bandwidth)
