# status: flagged
# score: 5
import socket

socket.create_connection(('1.1.1.1', 53), timeout=3)


def double(x):
    return 2 * x
