# hint: `time.process_time()`을 배치마다 보고
def build_and_train(train, validation, seconds):
    while True:
        try:
            sum(range(1000))
        except Exception:
            pass
