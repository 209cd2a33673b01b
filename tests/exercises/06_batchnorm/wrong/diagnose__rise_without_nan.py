def diagnose(histories):
    answers = {}
    for name, history in histories.items():
        loss = np.array(history["loss"], dtype=float)
        val = np.array(history["val_loss"], dtype=float)
        smooth = np.convolve(val, np.ones(3) / 3, mode="valid")
        if any(b - a > 0.1 for a, b in zip(loss, loss[1:])):
            kind = "learning_rate_too_high"
        elif loss[-3:].mean() > 0.45:
            kind = "underfitting"
        elif val.min() > 0.6:
            kind = "statistics_not_ready"
        elif smooth[-1] - smooth.min() > 0.12:
            kind = "overfitting"
        else:
            kind = "fine"
        answers[name] = kind
    return answers
