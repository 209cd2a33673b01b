def cosine_similarity(features):
    norms = np.sqrt(np.einsum("nd,nd->n", features, features)) + 1e-12
    return np.einsum("nd,md,n,m->nm", features, features, 1 / norms, 1 / norms).tolist()
