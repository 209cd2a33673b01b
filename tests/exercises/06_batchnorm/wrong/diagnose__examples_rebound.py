# hint: `EXAMPLES`가 나누어 준 훈련 기록과 다릅니다.
EXAMPLES = {"a": {"loss": [0.7, 0.1], "val_loss": [0.7, 0.9]}}


def diagnose(histories):
    found = {}
    for name, history in histories.items():
        falling = history["val_loss"][-1] < history["val_loss"][0]
        found[name] = "fine" if falling else "overfitting"
    return found
