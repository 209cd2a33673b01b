def receptive_field(layers):
    k, s = np.array(layers).T
    jumps = np.concatenate([[1], np.cumprod(s)[:-1]])
    return 1 + np.sum((k - 1) * jumps)
