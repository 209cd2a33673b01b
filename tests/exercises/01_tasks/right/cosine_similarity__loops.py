def cosine_similarity(features):
    n = len(features)
    similarity = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            length = np.sqrt(np.sum(features[i] ** 2)) * np.sqrt(np.sum(features[j] ** 2))
            if length > 0:
                similarity[i, j] = np.dot(features[i], features[j]) / length
    return similarity
