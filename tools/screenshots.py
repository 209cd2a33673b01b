"""Take the README's screenshots of the built site (`make screenshots`).

site.webp is a chapter as a reader sees it, widget.webp an interactive figure after a
click. Look at them before you commit them: no photograph may be in them.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BOOK = ROOT / "_build/html/book"
MAX_BYTES = 60_000


def save(picture: bytes, name: str) -> None:
    """Write a screenshot as WebP, in the best quality that fits MAX_BYTES.

    Parameters
    ----------
    picture : bytes
        PNG.
    name : str
        Of the file, in docs/.

    Raises
    ------
    SystemExit
        If no quality fits.
    """
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for quality in range(90, 40, -5):
        file = io.BytesIO()
        image.save(file, "WEBP", quality=quality, method=6)
        if file.tell() <= MAX_BYTES:
            (DOCS / name).write_bytes(file.getvalue())
            print(f"docs/{name}: {image.width}×{image.height}, {file.tell() / 1000:.0f} kB")
            return
    raise SystemExit(f"too large – {name} – show less of the page")


def site(page: Page) -> bytes:
    """Take a picture of a chapter, at its first drawn figure.

    Parameters
    ----------
    page : Page

    Returns
    -------
    bytes
    """
    page.goto((BOOK / "02_segmentation.html").as_uri())
    figure = page.locator("article img").first
    figure.evaluate(
        "async (image) => {"
        "  window.scrollTo(0, image.getBoundingClientRect().top + scrollY - 440);"
        "  await image.decode();"
        "}"
    )
    return page.screenshot()


def widget(page: Page) -> bytes:
    """Take a picture of the transposed convolution with strides of 3, in the middle of a step.

    Parameters
    ----------
    page : Page

    Returns
    -------
    bytes
    """
    page.goto((BOOK / "03_transposed_conv.html").as_uri())
    figure = page.locator(".cvbook-widget").first
    figure.scroll_into_view_if_needed()
    figure.get_by_role("button", name="3", exact=True).first.click()
    return figure.screenshot()


def main() -> None:
    """Take both."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium – on PATH – apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 760})
        save(site(page), "site.webp")
        save(widget(page), "widget.webp")
        browser.close()


if __name__ == "__main__":
    main()
