def log_uniform(low, high, n, seed):
    generator = random.Random(seed)
    return [low * (high / low) ** generator.random() for _ in range(n)]
