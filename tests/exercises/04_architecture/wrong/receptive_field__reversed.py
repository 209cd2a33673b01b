# hint: 입력 쪽
def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, strides in reversed(layers):
        field += (kernel_size - 1) * jump
        jump *= strides
    return field
