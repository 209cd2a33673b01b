"""The book as one PDF: its pages joined to one and printed by Chromium (`make pdf`).

Sphinx's own single page keeps the ids of all chapters as they are, `id1` in each, and its links
lead to whichever comes first.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import yaml
from bs4 import BeautifulSoup
from jupyter_book.cli.main import build
from playwright.sync_api import sync_playwright

from cvbook.errors import CvbookError

FOOTER = (
    '<div style="width:100%;text-align:center;font-size:8px;color:#555">'
    '<span class="pageNumber"></span></div>'
)
# Only the text is printed; the theme's bars and dialogs would leave empty pages.
PRINT = """
@page { size: A4; }
body { font-size: 10.5pt; }
.bd-sidebar-primary, .bd-sidebar-secondary, .bd-header-article, #jb-print-docs-body,
.bd-footer-content, .prev-next-footer, #pst-back-to-top, .skip-link, .headerlink,
.copybtn, dialog { display: none !important; }
.bd-main .bd-content .bd-article-container { max-width: 100%; padding: 0; }
article.bd-article h1 { display: block !important; }
article + article { break-before: page; }
"""


def join(folder: Path, first: str, address: str) -> BeautifulSoup:
    """All pages as one, in the order of reading.

    Parameters
    ----------
    folder : Path
        What the builder `dirhtml` has written.
    first : str
        The page to begin with; the others follow by the links to the next page.
    address : str
        Where the book is published; exercises are linked there.

    Returns
    -------
    BeautifulSoup
        Ids carry the name of their page, and links between pages lead there.
    """

    def target(url: str) -> str:
        if "/exercises/" in url and url.startswith("file:"):
            return urljoin(address, f"exercises/{url.rpartition('/')[2]}")
        page, fragment = urldefrag(url)
        if not page.startswith(folder.as_uri()):
            return url
        name = unquote(page).removeprefix(unquote(folder.as_uri())).strip("/")
        return f"#{name.removesuffix('/index.html')}" + (f".{fragment}" if fragment else "")

    place = folder / first / "index.html"
    whole = page = BeautifulSoup(place.read_text(), "html.parser")
    for script in whole.find_all("script"):
        script.decompose()
    for style in whole.select("link[rel=stylesheet]"):
        style["href"] = urljoin(place.as_uri(), str(style["href"]))
    last = None
    while True:
        name = str(place.parent.relative_to(folder))
        article = page.select_one("article")
        assert article is not None, place
        for element in article.select("[id]"):
            element["id"] = f"{name}.{element['id']}"
        article["id"] = name
        for link in article.select("a[href]"):
            link["href"] = target(urljoin(place.as_uri(), unquote(str(link["href"]))))
        for picture in article.select("[src]"):
            picture["src"] = urljoin(place.as_uri(), str(picture["src"]))
        if last is not None:
            last.insert_after(article)
        last = article
        following = page.find("link", rel="next")
        if following is None:
            return whole
        place = (place.parent / unquote(str(following["href"])) / "index.html").resolve()
        page = BeautifulSoup(place.read_text(), "html.parser")


def write(book: Path, target: Path) -> None:
    """Print the book.

    Parameters
    ----------
    book : Path
        The folder of `_config.yml`.
    target : Path
        The PDF.

    Raises
    ------
    CvbookError
        Where there is no Chromium.
    """
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise CvbookError("no Chromium – on the PATH – install it: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        arguments = [str(book), "--path-output", folder, "--builder", "dirhtml", "--quiet"]
        build.main(arguments, standalone_mode=False)
        root = yaml.safe_load((book / "_toc.yml").read_text())["root"]
        config = yaml.safe_load((book / "_config.yml").read_text())
        printed = Path(folder, "_build/dirhtml/book.html").resolve()
        printed.write_text(str(join(printed.parent, root, config["html"]["baseurl"])))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.emulate_media(media="print", color_scheme="light")
        page.goto(printed.as_uri())
        page.add_style_tag(content=PRINT)
        # Everything folded or not yet loaded belongs on paper.
        page.evaluate(
            """async (title) => {
                document.title = title;
                document.documentElement.dataset.theme = "light";
                for (const details of document.querySelectorAll("details")) details.open = true;
                const pictures = [...document.images];
                for (const picture of pictures) picture.loading = "eager";
                await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
                await document.fonts.ready;
            }""",
            config["title"],
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        page.pdf(
            path=target,
            format="A4",
            margin={"top": "18mm", "bottom": "18mm", "left": "18mm", "right": "18mm"},
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
            outline=True,
            tagged=True,
        )
        browser.close()


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
