def log_uniform(low, high, n, seed):
    u = tf.random.stateless_uniform([n], seed=[seed, 1], dtype=tf.float32)
    return np.exp(np.log(low) + u.numpy() * (np.log(high) - np.log(low))).astype("float32")
