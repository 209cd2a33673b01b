def projection(input_shape, output_shape):
    if list(input_shape) == list(output_shape):
        return None
    h, w, _ = input_shape
    oh, ow, filters = output_shape
    for s in {-(-h // oh), -(-w // ow)}:
        if -(-h // s) == oh and -(-w // s) == ow:
            return dict(filters=filters, strides=s)
    raise ValueError("높이와 너비를 함께 맞추는 보폭이 없습니다.")
