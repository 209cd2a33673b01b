"""What all tests share."""

import os
import shutil
import signal

import pytest


def pytest_configure():
    """Let tests interrupt programs: what runs in the background ignores Ctrl-C, and so do those."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    if shutil.which("nvidia-smi") is None:
        for item in items:
            if item.get_closest_marker("gpu"):
                item.add_marker(pytest.mark.skip(reason="needs an NVIDIA GPU; none found here"))


@pytest.fixture(scope="session")
def require():
    """Find an outside program: skips where it is missing, fails in continuous integration.

    `require("chromium", "google-chrome", hint="apt-get install chromium")` returns the path of the
    first of these names that is there.
    """

    def find(*names: str, hint: str) -> str:
        found = next(filter(None, map(shutil.which, names)), None)
        if found is None:
            reason = f"no {names[0]} on this machine: {hint}"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        return found

    return find


@pytest.fixture(scope="session")
def require_sandbox():
    """Skip where the sandbox cannot be built, fail in continuous integration."""
    from cvbook.kernels import sandbox

    if reason := sandbox.unavailable_reason():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium(require):
    """A running Chromium; no longer than a module, since Playwright occupies asyncio meanwhile."""
    found = require("chromium", "google-chrome", hint="apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
