def diagnose(histories):
    answers = {}
    for name, history in histories.items():
        loss = np.array(history["loss"], dtype=float)
        val = np.array(history["val_loss"], dtype=float)
        if not np.isfinite(loss).all() or np.diff(loss).max() > 0.1:
            kind = "learning_rate_too_high"
        elif loss[-3:].mean() > 0.45:
            kind = "underfitting"
        elif val.min() > 0.6:
            kind = "statistics_not_ready"
        elif val[-3:].mean() < 0.6:
            kind = "fine"
        else:
            kind = "overfitting"
        answers[name] = kind
    return answers
