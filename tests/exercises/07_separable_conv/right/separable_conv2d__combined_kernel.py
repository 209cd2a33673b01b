def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    kernel = depthwise_kernel[..., None] * pointwise_kernel
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(0, 1))
    return np.einsum("hwcij,ijcf->hwf", windows, kernel)
