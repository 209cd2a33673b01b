# hint: 보폭
def output_size(n, kernel_size, strides, padding="valid"):
    if padding == "same":
        return n
    return n + kernel_size - 1
