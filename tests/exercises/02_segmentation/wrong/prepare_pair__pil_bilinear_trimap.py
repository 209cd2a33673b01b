def prepare_pair(image, trimap, size):
    from PIL import Image

    small = Image.fromarray(image).resize((size, size), Image.Resampling.BILINEAR)
    target = Image.fromarray(trimap).resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(small), np.asarray(target) - 1
