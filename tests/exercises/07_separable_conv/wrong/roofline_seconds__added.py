# hint: 두 시간을 더했습니다
def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return flops / peak_flops + bytes_moved / bandwidth
