def diagnose(histories):
    answer = dict.fromkeys(histories, "fine")
    for name, history in histories.items():
        loss, val = (np.nan_to_num(history[key], nan=99) for key in ("loss", "val_loss"))
        if val[-2:].mean() > 0.5:
            answer[name] = "overfitting" if val.min() < 0.57 else "statistics_not_ready"
        if loss[-2:].mean() > 0.5:
            answer[name] = "underfitting"
        if loss.max() - loss[0] > 0.15 or np.diff(loss).max() > 0.15:
            answer[name] = "learning_rate_too_high"
    return answer
