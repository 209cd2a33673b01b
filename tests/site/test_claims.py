"""The instructors' guide gathers the claims that experiments corrected."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cvbook.site.claims import claims, corrected

TABLE = """\
## 강의의 주장과 실험

| 강의의 주장 | 이 장의 실험 | 결과 |
|---|---|---|
| 둘은 같다 | [비교](#비교) | 맞다. 값이 같다 |
| 늘 더 빠르다 | [속도](#속도) | 일부만 성립. [큰 층](#큰-층)에서는 더 빠르다 |
| 편향은 필요 없다 | [편향](#편향) | 성립. 단, 정규화가 바로 뒤에 와야 한다 |

## 요약

| 이 표는 | 주장이 | 아니다 |
|---|---|---|
| 하나 | 둘 | 셋 |
"""


@pytest.fixture
def chapter(tmp_path):
    notebook = new_notebook(cells=[new_markdown_cell(TABLE), new_code_cell("1")])
    nbformat.write(notebook, tmp_path / "03_example.ipynb")
    return notebook


def test_the_table_of_a_chapter_is_read_to_its_end_and_no_further(chapter):
    assert [row.claim for row in claims(chapter)] == [
        "둘은 같다",
        "늘 더 빠르다",
        "편향은 필요 없다",
    ]


def test_what_agrees_without_a_condition_is_left_out_and_links_lead_into_the_chapter(
    chapter, tmp_path
):
    rows = [row for _, row in corrected(tmp_path)]
    assert [row.claim for row in rows] == ["늘 더 빠르다", "편향은 필요 없다"]
    assert rows[0].sections == "[속도](03_example.ipynb#속도)"
    assert "(03_example.ipynb#큰-층)" in rows[0].result


@pytest.mark.slow
def test_the_guide_lists_claims_of_the_chapters_with_links_to_their_sections(pages, site):
    guide = pages[site / "book/instructor_guide.html"]
    (heading,) = (h for h in guide.select("h2") if "고쳐 말해야" in h.get_text())
    rows = heading.find_next("table").select("tbody tr")
    assert len(rows) > 20
    for row in rows:
        where = row.select("td")[-1]
        number = re.match(r"(\d+)장 ", where.get_text())[1]
        links = [link["href"] for link in where.select("a")]
        assert links
        assert all(re.match(rf"0?{number}_\w+\.html#", link) for link in links)
