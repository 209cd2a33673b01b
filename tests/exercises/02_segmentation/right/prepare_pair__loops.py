def prepare_pair(image, trimap, size):
    h, w = trimap.shape
    small = np.zeros((size, size, 3), dtype="uint8")
    target = np.zeros((size, size), dtype="uint8")
    for i in range(size):
        for j in range(size):
            y, x = (i + 0.5) * h / size, (j + 0.5) * w / size
            target[i, j] = int(trimap[int(y), int(x)]) - 1
            y, x = min(max(y - 0.5, 0), h - 1), min(max(x - 0.5, 0), w - 1)
            a, b = int(y), int(x)
            total = np.zeros(3)
            for r, p in ((a, 1 - (y - a)), (min(a + 1, h - 1), y - a)):
                for c, q in ((b, 1 - (x - b)), (min(b + 1, w - 1), x - b)):
                    total += p * q * image[r, c]
            small[i, j] = total + 0.5
    return small, target
