def receptive_field(layers):
    field = 1
    for kernel_size, strides in reversed(layers):
        field = (field - 1) * strides + kernel_size
    return field
