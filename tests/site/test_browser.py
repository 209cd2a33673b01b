"""Every page in a real browser: what it asks for, how much, what it says, who can read it."""

import contextlib
import gzip
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import axe_playwright_python
import pytest
import yaml
from playwright.sync_api import TimeoutError
from sampling import drawn

ROOT = Path(__file__).parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What the dark theme can change.
COLOR_RULES = ["color-contrast", "link-in-text-block"]
# A chapter has thousands of words, on each of which axe spends milliseconds. Contrast depends on
# colours, size and what is behind: of words that are alike in these, one is judged.
ONE_OF_EACH = """() => {
    const seen = new Set(), looks = new Map();
    const look = (element) => {
        if (!element) return "";
        if (!looks.has(element)) {
            const css = getComputedStyle(element);
            const own = [css.backgroundColor, css.backgroundImage, css.opacity, css.position];
            looks.set(element, look(element.parentElement) + own.join());
        }
        return looks.get(element);
    };
    for (const element of document.querySelectorAll("[data-judged]"))
        delete element.dataset.judged;
    for (const element of document.body.querySelectorAll("*")) {
        if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
            continue;
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        const css = getComputedStyle(element);
        const key = [look(element), css.color, css.fontSize, css.fontWeight, css.textDecoration,
            element.localName, element.parentElement.localName].join();
        if (seen.has(key)) continue;
        seen.add(key);
        element.dataset.judged = "";
    }
}"""
# Wide code can be scrolled by the keyboard, a moment after the window has become narrower.
ALL_REACHABLE = """() => [...document.querySelectorAll("pre")].every(
    (pre) => pre.scrollWidth <= pre.clientWidth || pre.tabIndex === 0)"""
# The letters of a figure are 12 to 15 pixels high where it is shown in its own size.
TOO_SMALL = """() => [...document.querySelectorAll("article .cell_output img")].filter(
    (image) => image.checkVisibility() && image.clientWidth < image.getAttribute("width") * 0.54
    ).map((image) => `figure ${image.clientWidth} pixels wide: ${image.alt}`)"""
CHAPTER = re.compile(r"book/\d\d_")
# What a static host compresses.
COMPRESSED = {".html", ".css", ".js", ".svg", ".json"}

pytestmark = pytest.mark.slow


def names(site):
    """Paths of all pages but the one that only leads on to the first."""
    pages = (path.relative_to(site) for path in site.rglob("*.html"))
    return sorted(str(p) for p in pages if p.parts[0] != "_static" and p.name != "index.html")


def size(site, url):
    path = site / unquote(urlsplit(url).path).lstrip("/")
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if path.suffix in COMPRESSED else len(content)


def test_pages_are_complete_light_quiet_accessible_and_fit_the_screen(site, address, chromium):
    """On a narrow screen, the colours of a third of the pages each day: few are others there."""
    faults = []
    narrow = drawn(names(site), days=3)
    for name in names(site):
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        found = faults_of(page, name, site, address)
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 900})
            with contextlib.suppress(TimeoutError):  # axe tells which
                page.wait_for_function(ALL_REACHABLE, timeout=3000)
            overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if overflow > 0:
                found.append(f"scrolls {overflow} px sideways at {width} px")
            themes = ("light", "dark") if width > 360 or name in narrow else ()
            said = page.evaluate(TOO_SMALL) + violations_of(page, themes)
            found += [f"{fault} at {width} px" for fault in said]
        faults += [f"{name}: {fault}" for fault in found]
        page.close()
    assert not faults


def faults_of(page, name, site, address):
    """What a page asks for, transfers and says when it is opened."""
    requests, faults = set(), []
    page.on("request", lambda request: requests.add(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: message.type in ("error", "warning") and faults.append(message.text),
    )
    page.goto(address + name, wait_until="networkidle")
    own = {url for url in requests if url.startswith(address)}
    foreign = {url for url in requests - own if not url.startswith(("blob:", "data:"))}
    faults += [f"asks for {url}" for url in sorted(foreign)]
    transferred = sum(size(site, url) for url in own)
    if transferred > (300_000 if CHAPTER.match(name) else 900_000):
        faults.append(f"transfers {transferred} bytes")
    return faults


def violations_of(page, themes=("light", "dark")):
    """Violations of WCAG, those of colours in some themes."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    found = violations(page, "document", WCAG, without=COLOR_RULES)
    for theme in themes:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        page.evaluate(ONE_OF_EACH)
        found += violations(page, '{include: [["[data-judged]"]]}', COLOR_RULES)
    return found


def violations(page, context, rules, without=()):
    return page.evaluate(
        f"""async ([rules, without]) => {{
            // Colours are judged when they have changed.
            for (const animation of document.getAnimations()) animation.finish();
            // Without `preload`, axe would fetch style sheets anew.
            const found = await axe.run({context}, {{
                runOnly: rules,
                rules: Object.fromEntries(without.map((name) => [name, {{ enabled: false }}])),
                preload: false,
            }});
            return found.violations.flatMap((violation) =>
                violation.nodes.map((node) => `${{violation.id}}: ${{node.html}}`));
        }}""",
        [rules, list(without)],
    )


def test_a_pale_word_and_a_picture_without_text_are_found(site, address, chromium):
    page = chromium.new_page()
    page.goto(address + "book/references.html")
    page.evaluate(
        """() => {
            const first = document.querySelector("article p");
            const pale = first.cloneNode(true);
            pale.style.color = "#ccc";
            first.parentElement.append(pale, document.createElement("img"));
        }"""
    )
    found = violations_of(page)
    page.close()
    assert {fault.split(":")[0] for fault in found} == {"color-contrast", "image-alt"}


def test_pages_opened_as_files_show_title_and_pictures(site, chromium):
    faults = []
    for path in sorted((site / "book").glob("*.html")):
        page = chromium.new_page()
        page.goto(path.as_uri())
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


def test_the_address_of_the_site_leads_to_the_first_page(site, address, chromium):
    page = chromium.new_page()
    asked, failed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: response.ok or failed.append(response.url))
    page.goto(address, wait_until="commit")
    page.wait_for_url("**/book/intro.html", wait_until="networkidle")
    assert all(url.startswith(address) for url in asked)
    assert not failed
    page.close()


@pytest.mark.parametrize(
    ("button", "entry"),
    [("primary", "6. 배치 정규화"), ("secondary", "핵심은 모양 맞추기")],
)
def test_a_phone_opens_the_contents(button, entry, site, chromium):
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto((site / "book/05_residual.html").as_uri())
    shown = page.locator("dialog[open]").get_by_role("link", name=entry)
    assert not shown.is_visible()
    page.locator(f".{button}-toggle:visible").click()
    shown.wait_for()
    page.keyboard.press("Escape")
    shown.wait_for(state="hidden")
    page.close()


def test_formulas_are_set_by_the_browser(site, chromium):
    page = chromium.new_page()
    page.goto((site / "book/06_batchnorm.html").as_uri())
    fraction = page.locator("math mfrac").first
    above, below = fraction.locator(":scope > *").all()
    assert above.bounding_box()["y"] < below.bounding_box()["y"]
    page.close()


def test_search_puts_the_right_page_among_the_first_three(site, chromium):
    queries = yaml.safe_load((ROOT / "tests/search_queries.yml").read_text())
    pages = {path.stem for path in (site / "book").glob("*.html")} - {"intro"}
    assert {entry["page"] for entry in queries} == pages  # each is looked for
    page = chromium.new_page()
    missed = []
    page.goto((site / "search.html").as_uri())
    for entry in queries:
        page.locator("#search-words").fill(entry["query"])
        with page.expect_navigation():
            page.locator("#search-words").press("Enter")
        links = page.locator("#search-results > li > a").evaluate_all(
            "links => links.slice(0, 3).map((link) => link.getAttribute('href'))"
        )
        if f"book/{entry['page']}.html" not in links:
            missed.append((entry["query"], links))
    page.close()
    assert len(missed) <= 0.05 * len(queries), missed


def test_the_search_of_a_chapter_leads_to_the_results(site, chromium):
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto((site / "book/05_residual.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("보폭을")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert page.locator("#search-results mark").first.inner_text() == "보폭"
    page.close()


def test_the_marks_of_a_search_can_be_hidden(site, chromium):
    page = chromium.new_page()
    page.goto((site / "book/06_batchnorm.html").as_uri() + "?highlight=normalization")
    assert page.locator("article .highlighted").count()
    page.get_by_text("검색 일치 숨기기").click()
    assert not page.locator("article .highlighted").count()
    page.close()
