"""Silence file descriptor 2 while TensorFlow is imported.

`TF_CPP_MIN_LOG_LEVEL` counts only once TensorFlow's log is set up; what its libraries write while
they are loaded goes straight to file descriptor 2: a terminal, or the cell's stderr in Jupyter.
ipykernel's `IPKernelApp.capture_fd_output=False` would keep it out of cells, but with it all that
programs started by a cell write (`subprocess.run(["nvidia-smi"])`).
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from types import ModuleType

from cvbook._descriptors import silenced


class _QuietLoader(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader):
        self.loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        with silenced(2):
            self.loader.exec_module(module)


class _QuietFinder(importlib.abc.MetaPathFinder):
    def __init__(self, name: str):
        self.name = name

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _QuietLoader(spec.loader)
        return spec


def import_quietly(name: str = "tensorflow") -> None:
    """Make the first import of a module silent on file descriptor 2, whenever it happens.

    Parameters
    ----------
    name : str
        Of the module.
    """
    if name not in sys.modules:
        sys.meta_path.insert(0, _QuietFinder(name))
