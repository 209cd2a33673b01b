# hint: 정답 클래스
def sparse_categorical_crossentropy(target, probs):
    return -np.mean(np.log(np.clip(probs.max(axis=-1), 1e-7, 1)))
