"""The first occurrence of a glossary's term on a page is a link to the glossary."""

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup

from cvbook.site.glossary import pattern

NAMES = ["필터", "특성 피라미드", "특성 피라미드 네트워크", "IoU", "배치", "배치 정규화"]

GLOSSARY = """\
# 말

이 쪽에는 책에 나오는 낱말의 뜻이 있고, 다른 쪽의 낱말은 여기로 이어진다. 충분히 긴 문단이다.

:::{glossary}
필터 (filter)
  옮겨 다니는 가중치.

평균 정밀도 (average precision, AP)
  곡선 아래의 넓이.

머리 (head)
  모델의 뒷부분.
:::
"""
PAGE = """\
# 필터

`필터`와 [필터의 링크](intro.md)는 그대로 두고, 필터는 여기에서 이어지며 두 번째 필터는 아니다.
고양이의 머리는 낱말이 아니지만, **머리**(head)는 낱말이고, AP도 그렇다. 필터링은 다른 말이다.

```{dropdown} 평균 정밀도란?
평균 정밀도를 넓이로 잰다.
```
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("필터는 필터마다의 필터에서도 (필터)", ["필터"] * 4),
        ("필터링 여필터 필터뱅크", []),
        ("특성 피라미드 네트워크와 특성\n피라미드", ["특성 피라미드 네트워크", "특성\n피라미드"]),
        ("IoU가 mIoU보다 IoUs", ["IoU"]),
        ("배치 정규화를 배치마다, 배치한다", ["배치 정규화", "배치"]),
    ],
)
def test_names_are_found_as_words_with_particles(text, found):
    assert [match[1] for match in pattern(NAMES).finditer(text)] == found


def links(page):
    return [(link.get_text(), link["href"]) for link in page.select("a.glossary-term")]


@pytest.mark.slow
def test_the_first_occurrence_in_the_text_is_a_link(build_book):
    folder = build_book().parents[1]
    (folder / "book/words.md").write_text(GLOSSARY)
    (folder / "book/page.md").write_text(PAGE)
    with (folder / "_toc.yml").open("a") as contents:
        contents.write("- file: book/words\n- file: book/page\n")
    page = build_book(folder=folder) / "book/page.html"
    parsed = BeautifulSoup(page.read_text(), "html.parser")
    assert [text for text, _ in links(parsed)] == ["필터", "머리", "AP"]
    assert all(address.startswith("words.html#term-") for _, address in links(parsed))
    first = parsed.select_one("a.glossary-term")
    assert re.match("는 여기에서", str(first.next_sibling))
    assert not parsed.select(":is(h1, code, summary) a.glossary-term")

    # Another entry: a page that did not change gets its link.
    (folder / "book/words.md").write_text(GLOSSARY.replace("필터 (filter)", "링크 (link)"))
    build_book(folder=folder)
    parsed = BeautifulSoup(page.read_text(), "html.parser")
    assert [text for text, _ in links(parsed)] == ["머리", "AP"]


@pytest.mark.slow
def test_a_chapter_links_each_term_once(pages):
    for path, page in pages.items():
        again = {term: n for term, n in Counter(a for _, a in links(page)).items() if n > 1}
        assert not again, path.name


@pytest.mark.slow
def test_a_term_that_a_chapter_introduces_with_its_english_leads_to_the_glossary(pages, site):
    """Wherever a page says 비최대 억제(non-maximum suppression), its reader can look that up."""
    glossary = pages[site / "book/glossary.html"]
    entries = {}
    for term in glossary.select("dt[id^=term-]"):
        name, _, english = term.get_text().strip().removesuffix("#").partition(" (")
        entries[name] = (english.split(",")[0].rstrip(")¶# "), term["id"])
    assert len(entries) > 100
    missing = []
    for path, page in pages.items():
        if path.parent.name != "book" or not re.match(r"\d\d_", path.name):
            continue
        text = " ".join(p.get_text() for p in page.select("article p"))
        linked = {address.partition("#")[2] for _, address in links(page)}
        missing += [
            f"{path.stem}: {name}({english})"
            for name, (english, anchor) in entries.items()
            if re.search(rf"(?<![가-힣] ){re.escape(f'{name}({english}')}", text)
            and anchor not in linked
        ]
    assert not missing
