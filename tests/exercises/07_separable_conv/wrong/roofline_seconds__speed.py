# hint: 낼 수 있는 속도
def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return min(peak_flops, bandwidth * flops / max(bytes_moved, 1))
