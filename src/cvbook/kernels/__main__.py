"""Start the course's kernel: `python -m cvbook.kernels -f CONNECTION_FILE`."""

import os
import sys

from cvbook.kernels.environment import prepare

if __name__ == "__main__":
    if prepare():
        os.execv(sys.executable, [sys.executable, "-m", "cvbook.kernels", *sys.argv[1:]])
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance()
