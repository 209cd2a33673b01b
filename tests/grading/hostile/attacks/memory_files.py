# status: incomplete
# score: 0
# says: 메모리
import os
fds = []
try:
    for i in range(40):
        fd = os.memfd_create('x'); fds.append(fd)
        for j in range(60): os.write(fd, b'x' * 1_000_000)
except OSError as e: print('stopped', e)
import time; time.sleep(2)
print('held', sum(os.fstat(f).st_size for f in fds))
def double(x):
    return 2 * x
