def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, strides in layers:
        field += (strides - 1) * jump
        jump *= kernel_size
    return field
