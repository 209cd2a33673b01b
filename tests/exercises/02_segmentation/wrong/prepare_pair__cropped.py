def prepare_pair(image, trimap, size):
    image = np.pad(image, ((0, size), (0, size), (0, 0)), mode="edge")[:size, :size]
    trimap = np.pad(trimap, ((0, size), (0, size)), mode="edge")[:size, :size]
    return image, trimap - 1
