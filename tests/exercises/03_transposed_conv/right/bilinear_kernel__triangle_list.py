def bilinear_kernel(strides):
    if strides % 2 == 0:
        rising = [(2 * n + 1) / (2 * strides) for n in range(strides)]
        line = rising + rising[::-1]
    else:
        rising = [n / strides for n in range(1, strides + 1)]
        line = [*rising, *rising[-2::-1], 0.0]
    return [[a * b for b in line] for a in line]
