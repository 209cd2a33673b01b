# status: incomplete
# score: 0
# says: 커널이 죽음
import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
