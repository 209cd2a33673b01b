import math


def diagnose(histories):
    def end(values):
        return sum(values[-4:]) / 4

    def kind(history):
        loss, val = history["loss"], history["val_loss"]
        jumps = [b - a for a, b in zip(loss, loss[1:])]
        if any(map(math.isnan, loss)) or max(jumps) > 0.2 or end(loss) > 0.9:
            return "learning_rate_too_high"
        if end(loss) > 0.5:
            return "underfitting"
        if min(val) > 0.6:
            return "statistics_not_ready"
        if end(val) - min(val) > 0.15:
            return "overfitting"
        return "fine"

    return {name: kind(history) for name, history in histories.items()}
