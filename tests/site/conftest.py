"""The built website and a real browser."""

import functools
import http.server
import subprocess
import threading
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site():
    """The built site; made when `make test` has not made it already."""
    folder = ROOT / "_build/html"
    if not (folder / ".built").exists():
        subprocess.run(["make", "book"], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def pages(site):
    """Parsed pages by their path."""
    paths = [p for p in site.rglob("*.html") if "_static" not in p.parts]
    return {path: BeautifulSoup(path.read_text(), "html.parser") for path in paths}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served, as a static host would."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
