# status: incomplete
# score: 0
import os

null = os.open('/dev/null', os.O_RDWR)
for fd in range(3, 60):
    if fd != null:
        try:
            os.dup2(null, fd)
        except OSError:
            pass
