# hint: 그다음
def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, strides in layers:
        jump *= strides
        field += (kernel_size - 1) * jump
    return field
