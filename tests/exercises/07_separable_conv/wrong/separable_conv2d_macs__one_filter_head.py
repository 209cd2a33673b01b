def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    per_pixel = in_channels * filters
    if filters > 1:
        per_pixel += in_channels * kernel_size**2
    return per_pixel * height * width
