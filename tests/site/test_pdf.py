"""The pages of the book joined to one, to be printed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cvbook.site import pdf

CVBOOK = Path(sys.executable).with_name("cvbook")


def write(folder, name, following, text):
    place = folder / name / "index.html"
    place.parent.mkdir(parents=True)
    place.write_text(
        f'<html><head>{following}<link rel="stylesheet" href="../../_static/a.css"/></head>'
        f'<body><article class="bd-article">{text}</article></body></html>'
    )


@pytest.fixture
def pages(tmp_path):
    following = '<link rel="next" href="../second/"/>'
    first = (
        '<h1 id="id1">First</h1><a href="../second/#id1">there</a> <a href="#id1">here</a>'
        '<a href="../second/">page</a> '
        '<a class="exercise" href="../../exercises/first.ipynb"><code>exercises/first</code></a>'
        '<a href="https://keras.io/api/#id1">Keras</a>'
    )
    write(tmp_path, "book/first", following, first)
    second = '<h1 id="id1">Second</h1><img src="../../_images/a.png"/>'
    write(tmp_path, "book/second", "", second)
    return tmp_path


def test_links_lead_to_the_page_they_name(pages):
    page = pdf.join(pages, "book/first", "https://book.example.org")
    assert [link["href"] for link in page.select("a")] == [
        "#book/second.id1",
        "#book/first.id1",
        "#book/second",
        "https://book.example.org/exercises/first.ipynb",
        "https://keras.io/api/#id1",
    ]
    assert [heading["id"] for heading in page.select("h1")] == ["book/first.id1", "book/second.id1"]
    assert [article["id"] for article in page.select("article")] == ["book/first", "book/second"]
    assert page.img["src"] == (pages / "_images/a.png").as_uri()
    assert page.select_one("link[rel=stylesheet]")["href"] == (pages / "_static/a.css").as_uri()


def test_an_exercise_of_an_unpublished_book_is_named_without_a_link(pages):
    page = pdf.join(pages, "book/first", "")
    assert "exercises/first" in page.get_text()
    assert not page.select("a.exercise")


def cvbook(*arguments, **options):
    return subprocess.run([CVBOOK, "pdf", *arguments], capture_output=True, text=True, **options)


def test_a_folder_without_a_book_is_named(tmp_path):
    done = cvbook(cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"cvbook pdf: no _config.yml – in {tmp_path} – name the book's folder\n"


def test_a_missing_package_is_named_with_its_remedy(tmp_path):
    (tmp_path / "playwright").mkdir()
    (tmp_path / "playwright/__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'playwright'\", name='playwright')"
    )
    done = cvbook(cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 1
    assert "no module playwright" in done.stderr
    assert "pip install 'cvbook[pdf]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_book_is_printed(unpublished, require):
    require("chromium", "google-chrome", hint="apt-get install chromium")
    book = unpublished.parents[1]
    done = cvbook(book, "-o", "out/book.pdf", cwd=book)
    assert done.returncode == 0, done.stderr
    content = (book / "out/book.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(content) > 10_000
