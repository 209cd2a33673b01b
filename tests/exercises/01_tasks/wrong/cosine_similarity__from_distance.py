def cosine_similarity(features):
    x = np.asarray(features, float)
    squares = (x**2).sum(axis=1)
    gaps = ((x[:, None] - x[None]) ** 2).sum(axis=-1)
    dots = (squares[:, None] + squares[None] - gaps) / 2
    lengths = np.sqrt(np.outer(squares, squares))
    return np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths > 0)
