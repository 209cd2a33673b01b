"""Fixtures that all tests share."""

import contextlib
import importlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

import absl.logging
import pytest
import requests
from requests.adapters import HTTPAdapter, Retry
from xdist.scheduler import LoadFileScheduling

sys.path.insert(0, str(Path(__file__).parent))

from sampling import SAMPLE, drawn


class _FilesAndAssignments(LoadFileScheduling):
    """A worker runs a whole file; of the long ones on exercises, an assignment's tests."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        assignment = re.search(r"\[(\d\d_[a-z_]+)", nodeid)
        return f"{file}:{assignment[1]}" if assignment and file.endswith(LONG) else file


LONG = ("test_banks.py", "test_mutants.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getvalue("dist") == "loadfile":
        return _FilesAndAssignments(config, log)


def pytest_report_header():
    return f"sample: {SAMPLE} (CVBOOK_SAMPLE=all: everything)"


def pytest_configure():
    """Set what programs that tests start inherit: Ctrl-C, which background jobs ignore; English.

    And keep absl, which TensorFlow imports, from closing pytest's own file: nbgrader configures
    logging, which closes all handlers, and absl closes a stream that is not `sys.stderr` just then.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["LANGUAGE"] = "en"  # what commands say to students follows the locale
    absl.logging.get_absl_handler().python_handler.setStream(sys.__stderr__)


def pytest_collection_modifyitems(config, items):
    absent = [item for item in items if _is_of_another_day(item)]
    config.hook.pytest_deselected(items=absent)
    items[:] = [item for item in items if item not in absent]
    if shutil.which("nvidia-smi") is None:
        for item in items:
            if item.get_closest_marker("gpu"):
                item.add_marker(pytest.mark.skip(reason="needs an NVIDIA GPU; none found here"))


def _is_of_another_day(item):
    """Whether a test is not drawn today; where a file is named in the command, all are."""
    marker = item.get_closest_marker("drawn")
    named = any(argument.split("::")[0].endswith(".py") for argument in item.config.args)
    if marker is None or named:
        return False
    return not drawn([item], 3, marker.kwargs["turn"])


@pytest.fixture(scope="session")
def unavailable():
    """End a test whose machine lacks something: skip, or fail in continuous integration."""

    def end(reason: str) -> None:
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)

    return end


@pytest.fixture(scope="session")
def require(unavailable):
    """Find an external program; where it is missing, skip, or fail in continuous integration.

    `require("chromium", "google-chrome", hint="apt-get install chromium")` returns the path of the
    first of these names that is there, in this environment or on the machine.
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"

    def find(*names: str, hint: str) -> str:
        found = next(filter(None, (shutil.which(name, path=path) for name in names)), None)
        if found is None:
            unavailable(f"no {names[0]} on this machine: {hint}")
        return found

    return find


@pytest.fixture(scope="session")
def require_package(unavailable):
    """Import a package of an extra; skip, or fail in CI, where it is missing."""

    def find(name: str, extra: str) -> ModuleType:
        try:
            return importlib.import_module(name)
        except ImportError:
            unavailable(f"no package {name}: install cvbook[{extra}]")
            raise

    return find


@pytest.fixture(scope="session")
def require_sandbox(unavailable):
    """Skip where the sandbox cannot be built, fail in continuous integration."""
    from cvbook.kernels import sandbox

    if reason := sandbox.unavailable_reason():
        unavailable(reason)


@pytest.fixture(scope="module")
def chromium(require):
    """A running Chromium. Playwright occupies asyncio meanwhile, hence the scope of a module."""
    found = require("chromium", "google-chrome", hint="apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                # A closed classroom network: no other host is found.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def start_jupyterlab(tmp_path_factory) -> Iterator[Callable[..., str]]:
    """Start JupyterLab servers with settings of their own; all end with the module.

    `start_jupyterlab(folder, "tree/one.ipynb", environment={…})` returns the address of that page
    of a JupyterLab whose files are those of `folder`.
    """
    private = tmp_path_factory.mktemp("jupyterlab")
    settings = {
        name: str(private / name)
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    }

    with contextlib.ExitStack() as servers:

        def start(
            folder: Path,
            page: str = "",
            environment: Mapping[str, str] = {},
            python: str | Path = sys.executable,
        ) -> str:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            server = servers.enter_context(
                subprocess.Popen(
                    [
                        *(python, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                        *("--ip=127.0.0.1", f"--port={port}", f"--ServerApp.root_dir={folder}"),
                        "--IdentityProvider.token=tests",
                    ],
                    env={**os.environ, **settings, **environment},
                    cwd=folder,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            servers.callback(server.terminate)
            log, running = [], False
            for line in server.stderr:
                log.append(line)
                if running and (found := re.search(r"http://127\.0\.0\.1:(\d+)/", line)):
                    port = found[1]  # another one where somebody else was faster
                    break
                running = running or "is running at" in line
            else:
                raise RuntimeError(f"JupyterLab ended before it was ready:\n{''.join(log)}")
            threading.Thread(target=server.stderr.read, daemon=True).start()
            # It says so before it listens.
            with requests.Session() as session:
                retries = Retry(connect=20, backoff_factor=0.1, backoff_max=2)
                session.mount("http://", HTTPAdapter(max_retries=retries))
                session.get(f"http://127.0.0.1:{port}/")
            return f"http://127.0.0.1:{port}/lab/{page}?token=tests"

        yield start
