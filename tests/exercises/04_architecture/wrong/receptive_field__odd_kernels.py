def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, strides in layers:
        field += 2 * (kernel_size // 2) * jump
        jump *= strides
    return field
