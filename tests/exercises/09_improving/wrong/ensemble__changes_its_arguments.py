# hint: 인수
def ensemble(predictions, weights=None):
    weights = [1] * len(predictions) if weights is None else weights
    if len(weights) != len(predictions) or sum(weights) <= 0:
        raise ValueError
    for i in range(len(predictions)):
        predictions[i] *= weights[i] / sum(weights)
    return sum(predictions)
