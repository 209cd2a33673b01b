"""Start the course's kernel: `python -m cvbook.kernels -f CONNECTION_FILE`."""

import os
import sys
from pathlib import Path

from cvbook.kernels.environment import prepare
from cvbook.kernels.quiet import import_quietly

if __name__ == "__main__":
    if prepare():
        os.execv(sys.executable, [sys.executable, "-m", "cvbook.kernels", *sys.argv[1:]])
    if not Path("/proc/driver/nvidia").exists() and sys.platform == "linux":
        print("cvbook: no NVIDIA driver found, so TensorFlow uses the CPU", file=sys.stderr)
    import_quietly("tensorflow")

    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance()
