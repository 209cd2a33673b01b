# status: any
# score: 5
blocks = []
while True:
    blocks.append(bytearray(100_000_000))
