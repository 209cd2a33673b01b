import numpy as np

WINDOWS = {}


def _window(height, width, seed):
    if seed not in WINDOWS:
        rng = np.random.default_rng(seed)
        size = round(0.8 * height), round(0.8 * width)
        corner = rng.integers(height - size[0] + 1), rng.integers(width - size[1] + 1)
        WINDOWS[seed] = (*corner, *size, rng.random() < 0.5)
    return WINDOWS[seed]


def augment_pair(image, target, seed):
    height, width = target.shape
    top, left, window_h, window_w, flip = _window(height, width, seed)
    rows = np.clip(top + np.arange(height) * window_h // height, 0, height - 1)
    columns = np.clip(left + np.arange(width) * window_w // width, 0, width - 1)
    if flip:
        columns = np.flip(columns)
    return image[rows][:, columns], target[rows][:, columns]
