"""The built website, as files and in a real browser."""

import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = pytest.mark.slow


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


def test_every_chapter_and_guide_has_a_page(site):
    for source in [*(ROOT / "book").glob("*.ipynb"), *(ROOT / "book").glob("*.md")]:
        assert (site / "book" / f"{source.stem}.html").is_file(), source.name


def test_no_link_within_the_site_is_broken(site, pages):
    broken = []
    anchors = {path: {tag["id"] for tag in page.find_all(id=True)} for path, page in pages.items()}
    for path, page in pages.items():
        for tag, attribute in (("a", "href"), ("img", "src"), ("script", "src"), ("link", "href")):
            for element in page.find_all(tag, **{attribute: True}):
                url = urlsplit(element[attribute])
                if url.scheme or url.netloc:
                    continue
                target = (path.parent / unquote(url.path)).resolve() if url.path else path
                if not target.exists():
                    broken.append(f"{path.name}: {element[attribute]}")
                elif url.fragment and target in anchors:
                    name = unquote(url.fragment)
                    if name not in anchors[target]:
                        broken.append(f"{path.name}: {element[attribute]} (no such heading)")
    assert not broken


def test_every_figure_has_a_text_for_those_who_cannot_see_it(pages):
    without = [
        f"{path.name}: {image.get('src')}"
        for path, page in pages.items()
        for image in page.select("article img")
        if not (image.get("alt") or "").strip() or image["alt"].startswith("../_images")
    ]
    assert not without


def test_nothing_of_the_instructors_is_on_the_site(site):
    for path in site.rglob("*"):
        if path.suffix in (".html", ".ipynb", ".js", ".txt", ".json"):
            text = path.read_text(errors="ignore")
            assert "BEGIN SOLUTION" not in text, path
            assert "BEGIN HIDDEN TESTS" not in text, path
    assert not list(site.rglob("solutions"))


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_pages_fit_the_screen_and_show_their_pictures(width, site, browser):
    page = browser.new_page(viewport={"width": width, "height": 900})
    # A closed classroom network: whatever is asked of another host fails at once.
    page.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    faults = []
    for path in sorted((site / "book").glob("*.html")):
        page.goto(path.as_uri(), wait_until="load")
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if overflow > 0:
            faults.append(f"{path.name} scrolls {overflow} px sideways")
        for source in page.evaluate(
            """() => [...document.querySelectorAll('article img')]
                 .map(i => { i.loading = 'eager'; return i; })
                 .filter(i => i.complete && i.naturalWidth === 0).map(i => i.src)"""
        ):
            faults.append(f"{path.name} does not show {source}")
        if not page.locator("article h1").first.is_visible():
            faults.append(f"{path.name} shows no title")
    page.close()
    assert not faults
