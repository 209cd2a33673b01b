def receptive_field(layers):
    return max(kernel_size for kernel_size, _ in layers)
