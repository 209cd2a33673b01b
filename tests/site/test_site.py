"""The built website as files."""

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
import yaml
from fontTools.ttLib import TTFont
from sphinx.util.matching import Matcher

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


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
                folder = site if url.path.startswith("/") else path.parent
                place = folder / unquote(url.path).lstrip("/")
                target = place.resolve() if url.path else path
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


def test_every_page_says_what_it_is(pages):
    described = {}
    for path, page in pages.items():
        assert page.html["lang"] == "ko"
        assert page.title.get_text().strip(), path
        assert page.find("link", rel="icon"), path
        if path.name in ("404.html", "index.html", "search.html"):
            continue
        text = page.find("meta", attrs={"name": "description"})["content"]
        assert 40 <= len(text) <= 160, path
        assert text not in described, f"{path} and {described[text]} say the same"
        described[text] = path


def test_the_exercise_can_be_downloaded_from_its_chapter(site, pages):
    exercises = sorted((ROOT / "exercises").glob("*/*.ipynb"))
    assert exercises
    for exercise in exercises:
        chapter = pages[site / "book" / f"{exercise.stem}.html"]
        link = chapter.select_one(f'a.exercise[href="../exercises/{exercise.name}"]')
        assert link, f"{exercise.stem} does not link its exercise"
        copy = nbformat.read(site / "exercises" / exercise.name, as_version=4)
        assert copy == nbformat.read(exercise, as_version=4)


def test_the_maths_font_has_the_sign_of_a_root(site, pages):
    assert any(page.find("msqrt") for page in pages.values())
    assert 0x221A in TTFont(site / "_static/maths.woff").getBestCmap()


def test_nothing_but_one_stylesheet_comes_before_the_text(pages):
    for path, page in pages.items():
        sheets = [link["href"] for link in page.select("link[rel=stylesheet]")]
        assert len(sheets) == (path.name not in ("404.html", "index.html")), path
        assert not page.select("script[src]:not([defer]), link[rel=preload]"), path
        assert not page.select("head script[type*=widget]"), path


def test_the_icon_fonts_have_the_icons_of_the_pages_and_little_else(site, pages):
    css = (site / "_static/book.css").read_text()
    icons = {
        name
        for page in pages.values()
        for icon in page.select("[class*=fa-]")
        for name in icon["class"]
        if name.startswith("fa-") and name not in ("fa-solid", "fa-lg")
    }
    drawn = set()
    for name in ("fa-solid-900", "fa-brands-400"):
        drawn |= TTFont(site / f"_static/{name}.woff").getBestCmap().keys()
    for name in icons:
        found = re.search(rf'\.{name}:before[^{{]*{{content:"(.)"', css)
        assert found, name
        assert ord(found[1]) in drawn, name
    assert len(drawn) < 150


def test_pictures_are_lazy_and_sized(pages):
    wrong = [
        f"{path.name}: {image.get('src')}"
        for path, page in pages.items()
        for image in page.select("article img")
        if image.get("loading") != "lazy" or not image.get("width") or not image.get("height")
    ]
    assert not wrong


def test_only_the_book_is_searched_for_pages():
    """A file that appears elsewhere during a build, as in node_modules, would fail it."""
    excluded = Matcher(yaml.safe_load((ROOT / "_config.yml").read_text())["exclude_patterns"])
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\n")
    places = {path.split("/")[0] for path in tracked if "/" in path} | {"node_modules", ".venv"}
    texts = {path for path in tracked if "/" not in path and path.endswith((".md", ".ipynb"))}
    assert {place for place in places | texts if not excluded(place)} == {"book"}
