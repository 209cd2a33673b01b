def diagnose(histories):
    labels = {}
    for name in histories:
        loss = np.asarray(histories[name]["loss"], dtype="float32")
        val = np.asarray(histories[name]["val_loss"], dtype="float32")
        steady = np.all(np.isfinite(loss)) and np.std(np.diff(np.diff(loss))) < 0.12
        steady = steady and np.max(loss) < 0.85
        late = slice(-len(loss) // 5, None)
        if not steady:
            labels[name] = "learning_rate_too_high"
        elif np.median(loss[late]) > 0.45:
            labels[name] = "underfitting"
        elif np.median(val[late]) < 0.45:
            labels[name] = "fine"
        elif np.quantile(val, 0.1) < 0.6:
            labels[name] = "overfitting"
        else:
            labels[name] = "statistics_not_ready"
    return labels
