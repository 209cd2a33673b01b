# status: graded
# score: 5
# sandbox: yes
with open('big', 'wb') as file:
    while True:
        file.write(bytes(10_000_000))
