# A loss that starts at 0.82 and stays at 0.58 has fallen, but no further than a guess.
def diagnose(histories):
    answers = {}
    for name, history in histories.items():
        loss, val = np.array(history["loss"]), np.array(history["val_loss"])
        if np.isnan(loss).any() or np.diff(loss).max() > 0.1:
            answers[name] = "learning_rate_too_high"
        elif loss[0] - loss[-3:].mean() < 0.2:
            answers[name] = "underfitting"
        elif val.min() > 0.6:
            answers[name] = "statistics_not_ready"
        elif val[-3:].mean() - val.min() > 0.15:
            answers[name] = "overfitting"
        else:
            answers[name] = "fine"
    return answers
