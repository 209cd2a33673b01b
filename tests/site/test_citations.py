"""A work has the same name, author and year, in the text and in the list."""

import re
from pathlib import Path

import pytest
from pybtex.database import parse_string

from cvbook.site.citations import labels

WORKS = """
@article{a, author = {He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing}, title = {A}, year = 2016}
@article{b, author = {Wu, Yuxin and He, Kaiming}, title = {B}, year = 2018}
@article{c, author = {He, Kaiming and Sun, Jian and Ren, Shaoqing}, title = {C}, year = 2016}
@book{d, author = {Chollet, François}, title = {D}, year = 2021}
"""


def test_labels_tell_works_of_one_year_apart():
    entries = parse_string(WORKS, "bibtex").entries
    named = dict(zip(entries, labels(entries.values()), strict=True))
    assert named == {
        "a": "He et al., 2016a",
        "b": "Wu and He, 2018",
        "c": "He et al., 2016b",
        "d": "Chollet, 2021",
    }


@pytest.fixture(scope="module")
def listed(pages, site):
    """Works of the list by their anchor: label, and whether a link leads to the work."""
    found = pages[site / "book/references.html"].select(".citation-list > .citation")
    return {
        work["id"]: (
            work.select_one(".label").get_text().strip("[]"),
            bool(work.select_one("a.external")),
        )
        for work in found
    }


@pytest.mark.slow
def test_every_work_has_a_link(listed):
    assert len(listed) > 20
    assert [label for label, linked in listed.values() if not linked] == []


@pytest.mark.slow
def test_the_text_names_works_as_the_list_does(pages, listed):
    cited = [
        (Path(path).stem, " ".join(link.get_text().split()), link["href"].partition("#")[2])
        for path, page in pages.items()
        for link in page.select('article a[href*="references.html#"]')
    ]
    assert len(cited) > 40
    for page, text, anchor in cited:
        author, year = re.fullmatch(r"(.+?),? \[?(\d{4}[a-z]?)\]?", text).groups()
        assert f"{author}, {year}" == listed[anchor][0], page
