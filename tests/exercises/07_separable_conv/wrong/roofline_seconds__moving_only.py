# hint: 계산하는 데 걸리는 시간을 빠뜨렸습니다
def roofline_seconds(flops, bytes_moved, peak_flops, bandwidth):
    return bytes_moved / bandwidth
