"""The book as one PDF: a single page of all chapters, printed by Chromium (`make pdf`)."""

import shutil
import sys
import tempfile
from pathlib import Path

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
.toctree-wrapper > section { break-before: page; }
pre { white-space: pre-wrap; }
details, .dropdown { break-inside: avoid; }
"""


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
        arguments = [str(book), "--path-output", folder, "--builder", "singlehtml", "--quiet"]
        build.main(arguments, standalone_mode=False)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.emulate_media(media="print", color_scheme="light")
        # The single page refers to its pictures and styles as if it stood at the root.
        printed = Path(folder, "_build/singlehtml/book.html")
        shutil.copyfile(printed.parent / "book/intro.html", printed)
        page.goto(printed.as_uri())
        page.add_style_tag(content=PRINT)
        # Everything folded or not yet loaded belongs on paper.
        page.evaluate(
            """async () => {
                document.documentElement.dataset.theme = "light";
                for (const details of document.querySelectorAll("details")) details.open = true;
                const pictures = [...document.images];
                for (const picture of pictures) picture.loading = "eager";
                await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
                await document.fonts.ready;
            }"""
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
