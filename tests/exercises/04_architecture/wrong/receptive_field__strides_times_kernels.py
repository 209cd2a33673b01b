def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * strides
    return field
