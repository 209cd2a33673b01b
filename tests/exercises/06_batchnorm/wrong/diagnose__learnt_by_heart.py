def diagnose(histories):
    answer = {}
    for name, history in histories.items():
        loss, val = np.array(history["loss"]), np.array(history["val_loss"])
        smooth = np.convolve(val, [1 / 3] * 3, "valid")
        if not np.isfinite(loss).all() or np.diff(loss).max() > 0.1:
            answer[name] = "learning_rate_too_high"
        elif loss[-3:].mean() > 0.5:
            answer[name] = "underfitting"
        elif smooth.min() > 0.62:
            answer[name] = "statistics_not_ready"
        elif loss[-3:].mean() < 0.1 and smooth[-1] > smooth.min() + 0.08:
            answer[name] = "overfitting"
        else:
            answer[name] = "fine"
    return answer
