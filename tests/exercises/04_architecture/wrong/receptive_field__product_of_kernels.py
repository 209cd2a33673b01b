def receptive_field(layers):
    return int(np.prod([kernel_size for kernel_size, _ in layers]))
