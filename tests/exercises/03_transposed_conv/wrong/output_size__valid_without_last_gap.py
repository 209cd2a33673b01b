# hint: 마지막 도장 뒤의 틈
def output_size(n, kernel_size, strides, padding="valid"):
    if padding == "same":
        return n * strides
    return (n - 1) * strides + kernel_size
