# hint: 모양
def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    mean = np.mean(x)
    variance = np.var(x)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, mean, variance
