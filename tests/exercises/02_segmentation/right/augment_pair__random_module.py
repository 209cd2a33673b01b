import random


def augment_pair(image, target, seed):
    dice = random.Random(seed)
    flipped = dice.choice([True, False])
    h, w = target.shape
    new_h, new_w = int(h * dice.uniform(0.62, 0.88)), int(w * dice.uniform(0.62, 0.88))
    top, left = dice.randint(0, h - new_h), dice.randint(0, w - new_w)
    new_image, new_target = np.empty_like(image), np.empty_like(target)
    for i in range(h):
        for j in range(w):
            y = top + int((i + 0.5) * new_h / h)
            x = left + int((j + 0.5) * new_w / w)
            place = w - 1 - j if flipped else j
            new_image[i, place] = image[y, x]
            new_target[i, place] = target[y, x]
    return new_image, new_target
