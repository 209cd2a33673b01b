"""The addresses of the repository and of the site: what needs them, with and without."""

import xml.etree.ElementTree as ElementTree

import pytest
from bs4 import BeautifulSoup

from cvbook.errors import CvbookError
from cvbook.site import addresses

REPOSITORY = "https://github.com/somebody/course"
SITE = "https://somebody.example.org/course/"
OTHER_HOST = ("http:", "https:", "//")


def pages(site):
    paths = [path for path in site.rglob("*.html") if "_static" not in path.parts]
    return {
        str(path.relative_to(site)): BeautifulSoup(path.read_text(), "html.parser")
        for path in paths
    }


def sitemap(site):
    tree = ElementTree.parse(site / "sitemap.xml")
    return sorted(place.text for place in tree.iter() if place.tag.endswith("loc"))


@pytest.mark.slow
def test_without_addresses_nothing_leads_out_of_the_site(unpublished):
    for name, page in pages(unpublished).items():
        for element in page.select("[href], [src], [content]"):
            for attribute in ("href", "src", "content"):
                assert not element.get(attribute, "").startswith(OTHER_HOST), (name, element)
        assert not page.select(".dropdown-launch-buttons, .btn-source-repository-button"), name
        assert not page.select("[rel=canonical][href^=http], [property^='og:']"), name
    assert not (unpublished / "sitemap.xml").exists()
    assert not (unpublished / "robots.txt").exists()
    intro = pages(unpublished)["book/intro.html"]
    assert "git clone <저장소 주소> cvbook" in intro.get_text()
    assert intro.find("meta", attrs={"name": "description"})


@pytest.mark.slow
def test_buttons_and_guides_take_the_address_of_the_repository(published):
    found = pages(published)
    for name in ("book/intro.html", "book/one.html"):
        button = found[name].select_one(".btn-source-repository-button")
        assert button["href"] == REPOSITORY
    launch = found["book/one.html"].select(".dropdown-launch-buttons a")
    assert [button["href"] for button in launch] == [
        "https://colab.research.google.com/github/somebody/course/blob/main/book/one.ipynb"
    ]
    assert [button["title"] for button in launch] == ["콜랩에서 실행"]
    assert f"git clone {REPOSITORY} cvbook" in found["book/intro.html"].get_text()


@pytest.mark.slow
def test_the_hub_opens_the_repository_where_one_is_configured(build_book):
    hub = "https://hub.example.org"
    site = build_book(
        lambda text: text.replace('jupyterhub_url: ""', f"jupyterhub_url: {hub}"),
        CVBOOK_REPOSITORY_URL="https://gitlab.com/somebody/course",
    )
    links = pages(site)["book/one.html"].select(".dropdown-launch-buttons a")
    assert [link["href"] for link in links] == [
        f"{hub}/hub/user-redirect/git-pull?repo=https%3A//gitlab.com/somebody/course"
        "&urlpath=tree/course/book/one.ipynb&branch=main"
    ]


@pytest.mark.slow
def test_search_engines_and_previews_take_the_address_of_the_site(published):
    assert sitemap(published) == [f"{SITE}book/intro.html", f"{SITE}book/one.html"]
    assert f"Sitemap: {SITE}sitemap.xml" in (published / "robots.txt").read_text()
    page = pages(published)["book/intro.html"]
    described = {tag["property"]: tag["content"] for tag in page.select("meta[property^='og:']")}
    text = page.find("meta", attrs={"name": "description"})["content"]
    assert described == {
        "og:title": "Page",
        "og:type": "article",
        "og:url": f"{SITE}book/intro.html",
        "og:site_name": "합성곱 신경망과 컴퓨터 비전",
        "og:description": text,
        "og:image": f"{SITE}_static/card.png",
        "og:image:alt": "합성곱 신경망과 컴퓨터 비전",
        "og:locale": "ko_KR",
    }
    assert text.startswith("합성곱 신경망의 light와 dark는")
    assert (published / "_static/card.png").is_file()
    assert page.find("link", rel="canonical")["href"] == f"{SITE}book/intro.html"


@pytest.mark.slow
def test_the_sitemap_keeps_pages_that_did_not_change(build_book, published):
    source = published.parents[1]
    with (source / "book/intro.md").open("a") as page:
        page.write("\n한 줄 더\n")
    build_book(folder=source, CVBOOK_REPOSITORY_URL=REPOSITORY, CVBOOK_SITE_URL=SITE)
    assert sitemap(published) == [f"{SITE}book/intro.html", f"{SITE}book/one.html"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", ""),
        ("https://github.com/somebody/course", REPOSITORY),
        ("https://github.com/somebody/course/", REPOSITORY),
        ("https://github.com/somebody/course.git", REPOSITORY),
    ],
)
def test_the_environment_comes_before_the_configuration(given, found, monkeypatch):
    monkeypatch.delenv(addresses.REPOSITORY_VARIABLE, raising=False)
    assert addresses.find_address(addresses.REPOSITORY_VARIABLE, given) == found
    monkeypatch.setenv(addresses.REPOSITORY_VARIABLE, given)
    other = "https://github.com/another/one"
    assert addresses.find_address(addresses.REPOSITORY_VARIABLE, other) == found


@pytest.mark.parametrize("wrong", ["github.com/somebody/course", "git@github.com:a/b", "ftp://a/b"])
def test_what_is_no_address_is_refused(wrong, monkeypatch):
    monkeypatch.delenv(addresses.SITE_VARIABLE, raising=False)
    with pytest.raises(CvbookError, match="CVBOOK_SITE_URL"):
        addresses.find_address(addresses.SITE_VARIABLE, wrong)
