def receptive_field(layers):
    return sum(kernel_size for kernel_size, _ in layers)
