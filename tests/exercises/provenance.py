"""Where stored measurements of answers are from."""

import ast
import hashlib
import importlib.metadata
import platform
from typing import Any

LIBRARIES = ("keras", "numpy", "tensorflow")


def provenance(command: str) -> dict[str, Any]:
    """Command, device and versions of a measurement made here.

    Parameters
    ----------
    command : str
        With which it can be made again.
    """
    from cvbook.measure.worker import device

    return {
        "command": command,
        "device": device(),
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in LIBRARIES},
    }


def digest(*sources: str) -> str:
    """Hash of code without comments and layout.

    Parameters
    ----------
    *sources : str
        Python.
    """
    codes = [ast.dump(ast.parse(source)) for source in sources]
    return hashlib.sha256("\n".join(codes).encode()).hexdigest()[:16]
