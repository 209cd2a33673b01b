# status: graded
# score: 5
with open('big', 'wb') as file:
    while True:
        file.write(bytes(10_000_000))
