# hint: 분모가 서로 바뀌었습니다
def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return max(flops / bandwidth, bytes_moved / peak_flops)
