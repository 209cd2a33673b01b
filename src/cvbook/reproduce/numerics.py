"""Check the stored outputs on other processors' arithmetic: `python -m cvbook.reproduce.numerics`.

The same stored outputs must hold with oneDNN off, on one thread and on two, with AVX2 in place of
AVX-512, and on every supported Python. Each setting is one run of the checker; a table at the end
says how each came out. Without names every setting is run, but for the Python at hand, which is
that of the others.

  python -m cvbook.reproduce.numerics                        everything
  python -m cvbook.reproduce.numerics onednn-off avx2        two settings
  python -m cvbook.reproduce.numerics one-thread -- book/05_residual.ipynb
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True)
class Setting:
    """An environment for the kernels, and the Python that runs them."""

    environment: dict[str, str] = field(default_factory=dict)
    python: str | None = None  # version; None is the one at hand


def _threads(count: int) -> dict[str, str]:
    names = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    return dict.fromkeys(names, str(count))


#: oneDNN on, and the widest instructions of the processor, where nothing else is said.
SETTINGS = {
    "two-threads": Setting(_threads(2)),
    "one-thread": Setting(_threads(1)),
    "onednn-off": Setting({"TF_ENABLE_ONEDNN_OPTS": "0"}),
    "avx2": Setting({"ONEDNN_MAX_CPU_ISA": "AVX2"}),
    "python-3.11": Setting(python="3.11"),
    "python-3.12": Setting(python="3.12"),
    "python-3.13": Setting(python="3.13"),
}


def interpreter(version: str) -> Path:
    """A Python with the locked libraries, made in `.venv-VERSION` unless it is the one at hand.

    Parameters
    ----------
    version : str
        Such as "3.12".

    Returns
    -------
    Path
        The interpreter.
    """
    if version == _VERSION:
        return Path(sys.executable)
    folder = Path(f".venv-{version}").absolute()
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    command = [uv or "uv", "sync", "--frozen", "--quiet", "--python", version]
    subprocess.run(
        [*command, "--extra", "author"],
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(folder)},
        check=True,
    )
    return folder / "bin" / "python"


def check(setting: Setting, notebooks: list[str]) -> int:
    """Run the checker under a setting; returns pytest's exit code."""
    python = interpreter(setting.python) if setting.python else Path(sys.executable)
    command = [
        str(python),
        "-m",
        "pytest",
        "-p",
        "cvbook.reproduce.pytest_plugin",
        "--cvbook-notebooks",
    ]
    return subprocess.run(
        [*command, "--cvbook-warm", *notebooks, "-q", "-n", "2", "--dist", "loadfile"],
        env={**os.environ, **setting.environment},
    ).returncode


def main() -> int:
    """Run the chosen settings and print how each came out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("settings", nargs="*", metavar="SETTING", help=", ".join(SETTINGS))
    arguments, notebooks = sys.argv[1:], ["book", "solutions"]
    if "--" in arguments:
        place = arguments.index("--")
        arguments, notebooks = arguments[:place], arguments[place + 1 :]
    at_hand = f"python-{_VERSION}"
    names = parser.parse_args(arguments).settings or [n for n in SETTINGS if n != at_hand]
    for name in names:
        if name not in SETTINGS:
            parser.error(f"no setting {name}: there are {', '.join(SETTINGS)}")
    results = {}
    for name in names:
        print(f"\n== {name}", flush=True)
        start = time.monotonic()
        try:
            code = check(SETTINGS[name], notebooks)
            verdict = "passed" if code == 0 else "FAILED"
        except (subprocess.CalledProcessError, FileNotFoundError) as error:
            verdict = f"FAILED: could not be set up ({error})"
        results[name] = f"{verdict}, {time.monotonic() - start:.0f} s"
    print()
    for name, result in results.items():
        print(f"{name:<12} {result}")
    return int(any("FAILED" in result for result in results.values()))


if __name__ == "__main__":
    sys.exit(main())
