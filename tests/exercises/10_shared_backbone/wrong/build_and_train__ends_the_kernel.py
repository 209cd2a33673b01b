# hint: 실행하다 멈추었습니다.
def build_and_train(train, validation, seconds):
    raise SystemExit("done")
