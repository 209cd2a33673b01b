# status: incomplete
# score: 0
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
