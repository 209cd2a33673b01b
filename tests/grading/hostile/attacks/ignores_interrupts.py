# status: incomplete
# score: 0
# says: 멈추지 않음
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
