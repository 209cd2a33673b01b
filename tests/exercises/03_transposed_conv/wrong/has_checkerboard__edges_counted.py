# hint: 가장자리
def has_checkerboard(kernel_size, strides):
    return len(np.unique(overlap_count(9, kernel_size, strides))) > 1
