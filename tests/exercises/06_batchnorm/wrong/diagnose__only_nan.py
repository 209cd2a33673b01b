def diagnose(histories):
    found = {}
    for name, history in histories.items():
        loss, validation = np.array(history["loss"]), np.array(history["val_loss"])
        if np.isnan(loss).any():
            found[name] = "learning_rate_too_high"
        elif loss[-3:].mean() > 0.46:
            found[name] = "underfitting"
        elif validation[-3:].mean() < 0.48:
            found[name] = "fine"
        elif validation.min() < 0.58:
            found[name] = "overfitting"
        else:
            found[name] = "statistics_not_ready"
    return found
