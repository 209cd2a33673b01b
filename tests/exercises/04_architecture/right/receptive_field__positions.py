def receptive_field(layers):
    low = high = 0
    for kernel_size, strides in layers[::-1]:
        low, high = low * strides, high * strides + kernel_size - 1
    return high - low + 1
