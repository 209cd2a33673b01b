# hint: 1에서
def receptive_field(layers):
    field, jump = 0, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * jump
        jump *= strides
    return field
