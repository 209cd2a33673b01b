# hint: 축이 바뀌었습니다
def pointwise_conv2d(x, kernel):
    return np.einsum("hwc,fc->hwf", x, kernel.T if kernel.shape[0] != kernel.shape[1] else kernel)
