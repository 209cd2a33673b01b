def projection(input_shape, output_shape):
    (height, width, channels), (new_height, new_width, filters) = input_shape, output_shape
    same = channels is filters and height is new_height and width is new_width
    if same:
        return None
    for strides in range(1, max(height, width) + 1):
        if -(-height // strides) == new_height and -(-width // strides) == new_width:
            return {"filters": filters, "strides": strides}
    raise ValueError("맞는 보폭이 없다")
