def has_checkerboard(kernel_size, strides):
    phases = [len(range(start, kernel_size, strides)) for start in range(strides)]
    return len(set(phases)) > 1
