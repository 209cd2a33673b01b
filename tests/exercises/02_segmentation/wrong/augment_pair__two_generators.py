# hint: 다른 곳을
def change(array, seed):
    rng = np.random.default_rng(seed)
    height, width = array.shape[:2]
    window = int(height * 0.75), int(width * 0.75)
    top, left = rng.integers(height - window[0] + 1), rng.integers(width - window[1] + 1)
    array = array[top : top + window[0], left : left + window[1]]
    array = array[np.arange(height) * window[0] // height][:, np.arange(width) * window[1] // width]
    return array[:, ::-1] if rng.random() < 0.5 else array


def augment_pair(image, target, seed):
    return change(image, seed), change(target, seed + 1)
