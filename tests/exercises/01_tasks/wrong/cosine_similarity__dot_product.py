# hint: 길이로 나누지
def cosine_similarity(features):
    return features @ features.T
