"""Environment variables that a kernel needs before TensorFlow is imported."""

import os
import sysconfig
from collections.abc import MutableMapping
from pathlib import Path

#: Settings that TensorFlow reads once, when it is imported.
DEFAULTS = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",  # no start-up chatter in outputs
    "TF_FORCE_GPU_ALLOW_GROWTH": "true",  # do not reserve all GPU memory
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}


def cuda_library_folders() -> list[Path]:
    """Folders of the CUDA libraries installed as pip wheels (`tensorflow[and-cuda]`)."""
    return sorted(Path(sysconfig.get_path("purelib"), "nvidia").glob("*/lib"))


def prepare(environment: MutableMapping[str, str] = os.environ) -> bool:
    """Fill in the settings that are not set yet.

    Parameters
    ----------
    environment : mutable mapping of str to str
        Changed in place; the process's own by default.

    Returns
    -------
    bool
        Whether the dynamic linker's search path changed. The linker reads it when a process
        starts, so the kernel must then be executed again.
    """
    for name, value in DEFAULTS.items():
        environment.setdefault(name, value)
    present = environment.get("LD_LIBRARY_PATH", "").split(":")
    missing = [str(f) for f in cuda_library_folders() if str(f) not in present]
    if missing:
        environment["LD_LIBRARY_PATH"] = ":".join([*missing, *filter(None, present)])
    return bool(missing)
