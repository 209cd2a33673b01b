# status: any
# score: 5
# sandbox: yes
blocks = []
while True:
    blocks.append(bytearray(100_000_000))
