# hint: 패딩
def output_size(n, kernel_size, strides, padding="valid"):
    return n * strides + max(kernel_size - strides, 0)
