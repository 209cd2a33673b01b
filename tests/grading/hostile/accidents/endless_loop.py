# status: graded
# score: 5
# says: 시간 초과
while True:
    pass
