"""Installed kernels of other environments and languages, started cold in the sandbox."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

from cvbook.errors import CvbookError


@dataclass(frozen=True)
class Command:
    """How to start a kernel that is no fork of this Python.

    Attributes
    ----------
    name : str
        Of its kernelspec.
    language : str
        Lower case.
    argv : tuple of str
        With `{connection_file}`.
    environment : tuple of tuple of str
        Variables and values.
    visible : tuple of str
        Folders that it needs to read.
    """

    name: str
    language: str
    argv: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    visible: tuple[str, ...]


def find(name: str, where: str, language: str = "") -> Command | None:
    """Find the kernel of a notebook.

    Parameters
    ----------
    name : str
        Of a kernelspec; empty if the notebook names none.
    where : str
        The notebook, for the error message.
    language : str
        Of a notebook that names no kernel; empty if it does not say.

    Returns
    -------
    Command or None
        None if a fork of this Python is that kernel: without variables of the kernelspec's own,
        which count from the start of an interpreter only.

    Raises
    ------
    CvbookError
        If there is no such kernel, or none is named and the language is not Python.
    """
    if not name:
        if language.lower() not in ("", "python", "ipython"):
            raise CvbookError(
                f"no kernel named – {where}, which is in {language} – choose one in the notebook "
                "and release it again"
            )
        return None
    manager = KernelSpecManager()
    try:
        spec = manager.get_kernel_spec(name)
    except NoSuchKernel:
        known = ", ".join(sorted(manager.find_kernel_specs()))
        raise CvbookError(
            f"no such kernel – {name}, which {where} names – install it here (`jupyter kernelspec "
            f"list` shows {known}), or choose another in the notebook and release it again"
        ) from None
    if _is_this_python(spec) and not spec.env:
        return None
    program = shutil.which(spec.argv[0])
    if program is None:
        raise CvbookError(
            f"no such program – {spec.argv[0]}, which the kernel {name} of {where} starts – "
            "install the kernel again"
        )
    argv = [part.replace("{resource_dir}", spec.resource_dir) for part in spec.argv[1:]]
    return Command(
        name,
        spec.language.lower(),
        (program, *argv),
        tuple(sorted(spec.env.items())),
        tuple(sorted({spec.resource_dir, *_folders(Path(program))})),
    )


def _is_this_python(spec: KernelSpec) -> bool:
    """Whether a kernelspec starts the interpreter of this environment, as ipykernel or as ours."""
    if spec.language.lower() != "python" or not {"ipykernel_launcher", "cvbook.kernels"} & set(
        spec.argv
    ):
        return False
    program = spec.argv[0]
    if program in ("python", "python3", f"python3.{sys.version_info.minor}"):
        return True  # Jupyter itself replaces these by its own interpreter
    # Not resolved: environments link to one interpreter.
    return os.path.abspath(program) == os.path.abspath(sys.executable) or (
        Path(program).parent == Path(sys.executable).parent
    )


def _folders(program: Path) -> list[str]:
    """Folders of a program's environment, and of the Python that a virtual one is made of."""
    homes = [program, program.resolve()]
    settings = program.parent.parent / "pyvenv.cfg"
    if settings.is_file():
        for line in settings.read_text().splitlines():
            key, _, value = line.partition("=")
            if key.strip() == "home":
                homes.append(Path(value.strip()) / "python")
    folders = {str(home.parent.parent) for home in homes if home.parent.name == "bin"}
    folders |= {str(program.parent) for program in homes if program.parent.name != "bin"}
    return sorted(folders - {"/", "/usr", str(Path.home())})
