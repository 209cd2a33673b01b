def predict_single_label(probs):
    return [max(range(len(row)), key=lambda i: row[i]) for row in probs]
