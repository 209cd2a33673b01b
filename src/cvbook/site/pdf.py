"""The book as one PDF: its pages, joined to one and printed by Chromium (`cvbook pdf`).

Sphinx's own single page keeps the ids of all chapters as they are, `id1` in each, so that
links lead to the first of several equal ids.
"""

import shutil
import tempfile
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import yaml
from bs4 import BeautifulSoup, Tag
from jupyter_book.cli.main import build
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, sync_playwright

from cvbook._files import write_atomic
from cvbook.errors import CvbookError
from cvbook.site.addresses import SITE_VARIABLE, find_address

# Opens folded content and loads lazy images before printing.
UNFOLD = """async (title) => {
    document.title = title;
    document.documentElement.dataset.theme = "light";
    for (const details of document.querySelectorAll("details")) details.open = true;
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
    await document.fonts.ready;
}"""
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
    """Join all pages to one, in reading order.

    Parameters
    ----------
    folder : Path
        Output of the builder `dirhtml`.
    first : str
        The page to begin with; the others follow by the links to the next page.
    address : str
        URL of the published book, for links to exercises; empty if it is not published.

    Returns
    -------
    BeautifulSoup
        Ids have the name of their page as a prefix, and links between pages lead to them.
    """
    path = folder / first / "index.html"
    whole = page = BeautifulSoup(path.read_text(), "html.parser")
    for script in whole.find_all("script"):
        script.decompose()
    for style in whole.select("link[rel=stylesheet]"):
        style["href"] = urljoin(path.as_uri(), str(style["href"]))
    last = None
    while True:
        article = page.select_one("article")
        assert article is not None, path
        _rename(article, str(path.parent.relative_to(folder)))
        _link(article, path, folder, address)
        if last is not None:
            last.insert_after(article)
        last = article
        next_link = page.find("link", rel="next")
        if next_link is None:
            return whole
        path = (path.parent / unquote(str(next_link["href"])) / "index.html").resolve()
        page = BeautifulSoup(path.read_text(), "html.parser")


def _rename(article: Tag, name: str) -> None:
    for element in article.select("[id]"):
        element["id"] = f"{name}.{element['id']}"
    article["id"] = name


def _link(article: Tag, path: Path, folder: Path, address: str) -> None:
    """Point links of a page at their part of the joined page, or at the published book."""
    for link in article.select("a.exercise"):
        file = str(link["href"]).rpartition("/")[2]
        if address:
            link["href"] = f"{address}/exercises/{file}"
        elif link.code is not None:
            link.replace_with(link.code)  # nowhere to download it from
    for link in article.select("a[href]"):
        url = urljoin(path.as_uri(), unquote(str(link["href"])))
        page, fragment = urldefrag(url)
        if page.startswith(folder.as_uri()):
            name = unquote(page).removeprefix(unquote(folder.as_uri())).strip("/")
            url = f"#{name.removesuffix('/index.html')}" + (f".{fragment}" if fragment else "")
        link["href"] = url
    for picture in article.select("[src]"):
        picture["src"] = urljoin(path.as_uri(), str(picture["src"]))


def write(book: Path, target: Path) -> None:
    """Build the book and print it.

    Parameters
    ----------
    book : Path
        The folder of `_config.yml`.
    target : Path
        The PDF; its folder is made if it is missing.

    Raises
    ------
    CvbookError
        If the folder is not a book, there is no Chromium, or either fails.
    """
    for name in ("_config.yml", "_toc.yml"):
        if not (book / name).is_file():
            raise CvbookError(f"no {name} – in {book.resolve()} – name the book's folder")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise CvbookError("no Chromium – on the PATH – install it: apt-get install chromium")
    config = yaml.safe_load((book / "_config.yml").read_text())
    root = yaml.safe_load((book / "_toc.yml").read_text())["root"]
    address = find_address(SITE_VARIABLE, config.get("html", {}).get("baseurl"))
    with tempfile.TemporaryDirectory() as folder:
        _build(book, folder)
        printed = Path(folder, "_build/dirhtml/book.html").resolve()
        printed.write_text(str(join(printed.parent, root, address)))
        with sync_playwright() as playwright:
            try:
                browser = playwright.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox"]
                )
                content = _print(browser.new_page(), printed.as_uri(), config["title"])
                browser.close()
            except PlaywrightError as error:
                raise CvbookError(f"cannot print – {chromium} – {error.message}") from error
    write_atomic(target, content)


def _build(book: Path, folder: str) -> None:
    arguments = [str(book), "--path-output", folder, "--builder", "dirhtml", "--quiet"]
    try:
        build.main(arguments, standalone_mode=False)
    except RuntimeError as error:
        raise CvbookError(
            f"the book cannot be built – {book.resolve()} – see the messages above"
        ) from error


def _print(page: Page, address: str, title: str) -> bytes:
    page.emulate_media(media="print", color_scheme="light")
    page.goto(address)
    page.add_style_tag(content=PRINT)
    page.evaluate(UNFOLD, title)
    return page.pdf(
        format="A4",
        margin={"top": "18mm", "bottom": "18mm", "left": "18mm", "right": "18mm"},
        print_background=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=FOOTER,
        outline=True,
        tagged=True,
    )
