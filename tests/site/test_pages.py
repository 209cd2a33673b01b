"""What the theme says around a page, and what the author says within."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from cvbook.site import pages

pytestmark = pytest.mark.slow


def parse(path):
    return BeautifulSoup(path.read_text(), "html.parser")


def test_the_authors_own_words_are_not_translated(unpublished):
    article = parse(unpublished / "book/intro.html").article
    assert article.h1.find(string=True) == "Page"
    assert [cell.get_text() for cell in article.select("th, td")] == [
        *("Page", "Light", "Search"),
        *("Copy", "Dark", "Main"),
    ]
    assert article.select_one(".highlight-python pre").get_text() == 'light = "dark"\n'


def test_the_theme_speaks_korean(unpublished, published):
    """Labels of all pages: neither English left, nor another word than on the page before."""
    korean = re.compile("[가-힣]")
    for site in (unpublished, published):
        for name in ("book/intro.html", "book/one.html", "search.html"):
            page = parse(site / name)
            page.article.decompose()
            labels = {
                str(element[attribute])
                for attribute in ("aria-label", "title", "alt", "data-bs-title", "placeholder")
                for element in page.select(f"body [{attribute}]")
            }
            assert {label for label in labels if label and not korean.search(label)} == set()
            assert {"책의 차례", "책의 차례 열고 닫기", "밝기", "검색"} <= labels, name
            texts = {" ".join(text.split()) for text in page.body.stripped_strings}
            assert {"본문으로 건너뛰기", "맨 위로"} <= texts
    assert parse(unpublished / "book/one.html").select_one("a.left-prev")["title"] == "이전"


def test_headings_offer_their_address_in_korean(unpublished):
    link = parse(unpublished / "book/intro.html").select_one("h1 .headerlink")
    assert link["title"] == "이 절의 주소"


def test_copy_buttons_speak_korean(unpublished, chromium):
    page = chromium.new_page()
    page.goto((unpublished / "book/intro.html").as_uri())
    button = page.locator("button.copybtn").first
    assert button.get_attribute("data-tooltip") == "복사"
    assert button.locator("title").text_content() == "복사"
    button.dispatch_event("click")
    page.wait_for_function("document.querySelector('.copybtn').dataset.tooltip !== '복사'")
    assert button.get_attribute("data-tooltip") in ("복사했다", "복사하지 못했다")
    page.close()


def test_a_picture_in_an_output_and_in_the_text_has_its_size():
    picture = Path(__file__).parents[2] / "book/_static/card.png"
    with Image.open(picture) as opened:
        width, height = opened.size
    found = pages.adjust(
        '<article><img src="../_images/card.png"/><img src="a.svg"/></article><img src="b.png"/>',
        {"card.png": picture}.get,
    )
    first, second, outside = BeautifulSoup(found, "html.parser").select("img")
    assert (first["width"], first["height"], first["loading"]) == (str(width), str(height), "lazy")
    assert "width" not in second.attrs
    assert outside.attrs == {"src": "b.png"}
