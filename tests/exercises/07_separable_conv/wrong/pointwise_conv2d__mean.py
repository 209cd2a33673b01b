# hint: 평균
def pointwise_conv2d(x, kernel):
    return x @ kernel / x.shape[-1]
