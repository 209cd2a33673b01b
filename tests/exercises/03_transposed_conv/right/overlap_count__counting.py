def overlap_count(n, kernel_size, strides):
    size = n * strides + max(kernel_size - strides, 0)

    def stamps(p):
        return sum(1 for i in range(n) if 0 <= p - i * strides < kernel_size)

    return [[stamps(p) * stamps(q) for q in range(size)] for p in range(size)]
