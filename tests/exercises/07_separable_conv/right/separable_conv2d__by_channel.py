def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    total = 0
    for c in range(x.shape[-1]):
        one = depthwise_conv2d(x[..., c : c + 1], depthwise_kernel[..., c : c + 1])
        total = total + one * pointwise_kernel[c]
    return total.tolist()
