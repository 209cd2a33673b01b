def conv2d_macs(h, w, k, c, f):
    return h * w * k * k * c * f
