def ensemble(predictions, weights=None):
    if weights is None:
        weights = [1] * len(predictions)
    if len(weights) != len(predictions):
        raise ValueError("length")
    total = sum(weights)
    if total <= 0:
        raise ValueError("sum")
    result = np.zeros(np.shape(predictions[0]))
    for weight, prediction in zip(weights, predictions):
        result = result + weight / total * prediction
    return result.tolist()
