"""What surrounds the text of a page: head, buttons, pictures, landmarks, 404 and the sitemap."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx

# The theme's English, where its catalogue has no Korean.
KOREAN = {
    "Back to top": "맨 위로",
    "Skip to main content": "본문으로 건너뛰기",
    "Site navigation": "책의 차례",
    "Section Navigation": "책의 차례",
    "On this page": "이 쪽의 차례",
    "Page navigation": "이 쪽의 차례",
    "Search": "검색",
    "Color mode": "밝기",
    "Go to home page": "첫 쪽으로",
    "Toggle primary sidebar": "책의 차례 열고 닫기",
    "Toggle secondary sidebar": "이 쪽의 차례 열고 닫기",
    "previous page": "이전",
    "next page": "다음",
    "light/dark": "밝게/어둡게",
    "system settings": "기기를 따름",
    "light": "밝게",
    "dark": "어둡게",
    "System Settings": "기기를 따름",
    "Light": "밝게",
    "Dark": "어둡게",
    "Main": "책의 차례",
    "Page": "이 쪽의 차례",
    "Version warning": "판 알림",
    "Launch interactive content": "실행할 곳 고르기",
    "Launch on JupyterHub": "주피터허브에서 실행",
    "Launch on Colab": "코랩에서 실행",
    "JupyterHub logo": "",
    "Colab logo": "",
    "전체 화면으로보기": "전체 화면으로 보기",
    "소스 파일 다운로드": "이 쪽의 원본 내려받기",
    "Link to this heading": "이 절의 주소",
    "Link to this term": "이 용어의 주소",
    "Link to this equation": "이 식의 주소",
    "Copy": "복사",
    "Copy to clipboard": "복사",
    "Copied!": "복사했다",
    "Failed to copy": "복사하지 못했다",
}
LABELS = ("aria-label", "title", "alt", "data-bs-title")
FOREIGN = ("sphinx-thebe", "fontawesome.js", "searchtools.js", "language_data.js", "searchindex.js")


def _describe(
    app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say what a page is about, to search engines and to those it is sent to."""
    context["default_mode"] = "auto"
    if doctree is None or app.builder.format != "html":
        return
    paragraphs = (" ".join(node.astext().split()) for node in doctree.findall(nodes.paragraph))
    text = next((paragraph for paragraph in paragraphs if len(paragraph) >= 40), "")
    if len(text) > 160:
        text = text[:159].rsplit(" ", 1)[0] + "…"
    base = app.config.html_baseurl
    about = {
        "og:title": BeautifulSoup(context["title"], "html.parser").get_text(),
        "og:site_name": app.config.html_title,
        "og:type": "article",
        "og:locale": "ko_KR",
        "og:description": text,
        "og:url": urljoin(base, f"{name}.html"),
        "og:image": urljoin(base, "_static/card.png"),
        "og:image:alt": app.config.html_title,
    }
    tags = [f'<meta name="description" content="{escape(text, QUOTES)}" />']
    tags += [f'<meta property="{k}" content="{escape(v, QUOTES)}" />' for k, v in about.items()]
    tags.append('<meta name="twitter:card" content="summary_large_image" />')
    context["metatags"] = context.get("metatags", "") + "\n".join(tags)


QUOTES = {'"': "&quot;"}


def _remember(app: Sphinx, name: str, *_: Any) -> None:
    # Only pages that this build writes are finished: the others are already.
    app.env.temp_data.setdefault("cvbook pages", set()).add(name)


def _extra(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name == "html":
        # Shown at any address, so its own are whole paths, on whatever host it stands.
        yield "404", {"root": urlsplit(app.config.html_baseurl).path or "/"}, "404.html"
        # Jupyter Book's own lacks an icon, for which browsers then ask in vain.
        yield "index", {}, "index.html"


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for name in sorted(app.env.temp_data.pop("cvbook pages", ())):
        path = out / f"{name}.html"
        if path.is_file() and name not in ("404", "index"):
            finish(page := BeautifulSoup(path.read_text(), "html.parser"), path)
            path.write_text(str(page))
    copying = out / "_static/copybutton.js"  # has its own languages, Korean not among them
    script = re.sub(
        "(?<=')[^'\\n]+(?=')", lambda said: KOREAN.get(said[0], said[0]), copying.read_text()
    )
    copying.write_text(script)
    if app.builder.name == "html":
        urls = [urljoin(app.config.html_baseurl, f"{name}.html") for name in app.env.found_docs]
        lines = "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in sorted(urls))
        (out / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
        )
        (out / "robots.txt").write_text(
            f"User-agent: *\nSitemap: {urljoin(app.config.html_baseurl, 'sitemap.xml')}\n"
        )


def finish(page: BeautifulSoup, path: Path) -> None:
    """Mend a page as the theme writes it.

    Parameters
    ----------
    page : BeautifulSoup
        Changed in place.
    path : Path
        Where it stands, to find its pictures.
    """
    seen = set()
    for script in page.find_all(["script", "link"]):
        source = script.get("src") or script.get("href") or ""
        text = script.get_text()
        twice = script.name == "script" and not source and text in seen
        foreign = "THEBE_JS_URL" in text or any(name in source for name in FOREIGN)
        if twice or foreign:
            script.decompose()
        else:
            seen.add(text or source)
    for script in page.find_all("script", type="text/x-thebe-config"):
        script.decompose()
    _hasten(page)
    for button in page.select("#pst-header .sidebar-toggle"):
        # Never shown; but the scripts would take them for the buttons that open the contents.
        button.decompose()
    for cited in page.select(".citation-list"):
        # These roles are deprecated, or forbid the anchors within.
        del cited["role"]
    for entry in page.select("[role=doc-biblioentry]"):
        del entry["role"]
    for image in page.select("article img"):
        _size(image, path)
    for icon in page.select("i[class*=fa-]"):
        icon["aria-hidden"] = "true"
    for text in page.find_all(string=lambda text: text is not None and text.strip() in KOREAN):
        if not text.find_parent(["pre", "code"]):
            text.replace_with(text.replace(text.strip(), KOREAN[text.strip()]))
    for attribute in LABELS:
        for element in page.select(f"[{attribute}]"):
            label = str(element[attribute])
            element[attribute] = KOREAN.get(label, label)


def _hasten(page: BeautifulSoup) -> None:
    """Let the text come before scripts and the state of widgets."""
    for preload in page.select("link[rel=preload][as=script]"):
        preload.decompose()
    for script in page.find_all("script"):
        if script.get("src"):
            script["defer"] = ""
        elif "DOCUMENTATION_OPTIONS." in script.get_text():
            script["type"] = "module"  # deferred, too: another script makes the options
    # A deferred script does not wait for those after it, so the translations must come early.
    tools = page.select_one("script[src*=doctools]")
    words = page.select_one("script[src*=translations]")
    if tools and words:
        tools.insert_after(words)
    for state in page.select('head script[type$="widget-state+json"]'):
        page.select("body")[0].append(state)


def _size(image: Tag, path: Path) -> None:
    image["loading"] = "lazy"
    image["decoding"] = "async"
    file = path.parent / unquote(str(image.get("src", "")))
    if file.suffix in (".png", ".jpg", ".webp") and file.is_file() and not image.get("width"):
        with Image.open(file) as picture:
            image["width"], image["height"] = map(str, picture.size)


def register(app: Sphinx) -> None:
    """Connect to the writing of pages."""
    app.connect("html-page-context", _describe)
    app.connect("html-page-context", _remember)
    app.connect("html-collect-pages", _extra)
    app.connect("build-finished", _finish, priority=800)
