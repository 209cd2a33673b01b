"""The built website and a real browser."""

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).parents[2]
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


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
def serve():
    """Serve folders as a static host would: `serve(folder)` returns the address."""
    with contextlib.ExitStack() as servers:

        def start(folder):
            handler = functools.partial(_Quiet, directory=str(folder))
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            servers.enter_context(server)
            servers.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            return f"http://127.0.0.1:{server.server_port}/"

        yield start


@pytest.fixture(scope="session")
def address(site, serve):
    """Where the site is served."""
    return serve(site)


INTRO = """\
# Page

합성곱 신경망의 `light`와 dark는 영어로 그대로 두는 말이고, 이 문단은 한 쪽을 소개할 만큼 길다.

| Page | Light | Search |
|---|---|---|
| Copy | Dark | Main |

```python
light = "dark"
```

```bash
git clone <저장소 주소> cvbook
```
"""


def write_book(folder, configure):
    """Write a book of two pages, with the configuration of this one."""
    shutil.copytree(ROOT / "book/_static", folder / "book/_static")
    shutil.copy(ROOT / "book/references.bib", folder / "book")
    (folder / "_config.yml").write_text(configure((ROOT / "_config.yml").read_text()))
    contents = "format: jb-book\nroot: book/intro\nchapters:\n- file: book/one\n"
    (folder / "_toc.yml").write_text(contents)
    (folder / "book/intro.md").write_text(INTRO)
    cells = [new_markdown_cell("# 하나\n\n글"), new_code_cell("1 + 1", execution_count=1)]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, folder / "book/one.ipynb")


@pytest.fixture(scope="session")
def build_book(tmp_path_factory):
    """Build a small book, or one that was built before, in the given environment."""

    def build(configure=str, folder=None, prepare=None, **environment):
        if folder is None:
            folder = tmp_path_factory.mktemp("book")
            write_book(folder, configure)
        if prepare is not None:
            prepare(folder)
        program = Path(sys.executable).with_name("jupyter-book")
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("CVBOOK_")}
        finished = subprocess.run(
            [program, "build", "--quiet", "--warningiserror", "--nitpick", "."],
            cwd=folder,
            env=inherited | {"CVBOOK_PYODIDE": os.devnull} | environment,
            capture_output=True,
            text=True,
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        (folder / "stderr.txt").write_text(finished.stderr)
        return folder / "_build/html"

    return build


@pytest.fixture(scope="session")
def unpublished(build_book):
    """A small book that is at no address yet."""
    return build_book()


@pytest.fixture(scope="session")
def published(build_book):
    """A small book whose two addresses are set."""
    return build_book(
        CVBOOK_REPOSITORY_URL="https://github.com/somebody/course",
        CVBOOK_SITE_URL="https://somebody.example.org/course",
    )
