"""Check the stored outputs under other CPU settings and other Pythons.

The same stored outputs must hold with oneDNN off, on one thread and on two, with AVX2 in place of
AVX-512, and on every supported Python. Run it from the book's environment (`make test-numerics`,
`.venv/bin/nox`); without arguments all settings are checked, and all Pythons but the one at hand.

    nox --list
    nox -s "numerics(onednn-off)" "numerics(avx2)"
    nox -s "numerics(one-thread)" -- book/05_residual.ipynb
    nox -s python-3.13
"""

import sys

import nox

PYTHONS = ["3.11", "3.12", "3.13"]
AT_HAND = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTEST = ["-m", "pytest", "-p", "cvbook.reproduce.pytest_plugin", "--cvbook-notebooks"]
OPTIONS = ["--cvbook-warm", "-q", "-n", "2", "--dist", "loadfile"]

nox.needs_version = ">=2025.5"
nox.options.error_on_missing_interpreters = True
nox.options.reuse_venv = "yes"  # an environment takes gigabytes
nox.options.sessions = ["numerics", *(f"python-{v}" for v in PYTHONS if v != AT_HAND)]


def _threads(count: int) -> dict[str, str]:
    names = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    return dict.fromkeys(names, str(count))


def _check_notebooks(session: nox.Session, python: str, **environment: str) -> None:
    notebooks = session.posargs or ["book", "solutions"]
    command = [python, *PYTEST, *OPTIONS, *notebooks]
    session.run(*command, env=environment, external=python == sys.executable)


@nox.session(python=False)
@nox.parametrize(
    "environment",
    [
        nox.param(_threads(2), id="two-threads"),
        nox.param(_threads(1), id="one-thread"),
        nox.param({"TF_ENABLE_ONEDNN_OPTS": "0"}, id="onednn-off"),
        nox.param({"ONEDNN_MAX_CPU_ISA": "AVX2"}, id="avx2"),
    ],
)
def numerics(session: nox.Session, environment: dict[str, str]) -> None:
    """Check the notebooks under other settings of the CPU, in the environment at hand."""
    _check_notebooks(session, sys.executable, **environment)


@nox.session(python=PYTHONS, venv_backend="uv")
def python(session: nox.Session) -> None:
    """Check the notebooks on another Python, with the locked libraries."""
    session.run_install("uv", "sync", "--frozen", "--quiet", "--all-extras", "--no-extra", "gpu")
    _check_notebooks(session, "python")
