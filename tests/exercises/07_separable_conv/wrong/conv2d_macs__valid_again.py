# hint: 이미 출력의 크기
def conv2d_macs(height, width, kernel_size, in_channels, filters):
    rows, columns = height - kernel_size + 1, width - kernel_size + 1
    return rows * columns * kernel_size**2 * in_channels * filters
