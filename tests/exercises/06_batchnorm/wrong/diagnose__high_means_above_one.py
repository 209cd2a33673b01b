# A training loss that swings but stays below 1 is called underfitting.
def diagnose(histories):
    answers = {}
    for name, history in histories.items():
        loss, val = np.array(history["loss"]), np.array(history["val_loss"])
        if np.isnan(loss).any() or loss.max() > 1:
            answers[name] = "learning_rate_too_high"
        elif loss[-3:].mean() > 0.45:
            answers[name] = "underfitting"
        elif val.min() > 0.6:
            answers[name] = "statistics_not_ready"
        elif val[-3:].mean() - val.min() > 0.15:
            answers[name] = "overfitting"
        else:
            answers[name] = "fine"
    return answers
