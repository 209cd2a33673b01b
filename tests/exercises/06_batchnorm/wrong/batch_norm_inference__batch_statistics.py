# hint: 이동 평균
def batch_norm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    mean, variance = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
