"""Questions of a page in a real browser: answered, drawn anew, remembered, and without a script."""

import json
import re
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
QUESTIONS = """\
# 확인

이 쪽에는 물음이 둘 있고, 하나는 고르는 것이며 하나는 수를 적는 것이다. 충분히 긴 문단이다.

**1.** 서로 배타적이지 않은 두 라벨에 쓰는 활성화는?

- 소프트맥스
- `sigmoid`

```{answer} sigmoid
라벨마다 따로 확률을 낸다.

소프트맥스
: 확률의 합이 1이라 둘이 함께 높을 수 없다.
```

**2.** 길이 10에 `Conv2DTranspose(8, 4, strides=3)`을 쓰면 출력의 길이는? 길이 10은 픽셀이다.

```{answer} (n - 1) * s + k
:values: n = 10, 12; k = 4, 5; s = 3
:also: n - 1; s - 1
:unit: 픽셀
마지막 도장은 9·3에서 시작하므로 $9\\cdot 3+4=31$이다.

`n * s`
: 필터의 길이 4를 빠뜨렸다.

그 밖의 값
: 마지막 도장이 시작하는 자리에 필터의 길이를 더한다. 도장 사이는 2이다.
```
"""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(build_book):
    """A small book with a page of questions."""

    def prepare(folder):
        (folder / "book/questions.md").write_text(QUESTIONS)
        with (folder / "_toc.yml").open("a") as contents:
            contents.write("- file: book/questions\n")

    return build_book(prepare=prepare)


@pytest.fixture
def page(folder, chromium):
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    # A page opened from the disk: a classroom without a network.
    page.goto((folder / "book/questions.html").as_uri())
    yield page
    context.close()
    assert not faults


def choice(page):
    return page.locator("#self-check-1")


def number(page):
    return page.locator("#self-check-2")


def give(question, text):
    question.get_by_role("textbox").fill(text)
    question.get_by_role("textbox").press("Enter")
    return question.get_by_role("status")


def test_a_wrong_choice_says_why_and_the_right_one_opens_the_solution(page):
    question = choice(page)
    question.get_by_role("button", name="소프트맥스").press("Enter")
    expect(question.get_by_role("status")).to_have_text(
        re.compile("틀렸다. 확률의 합이 1이라 둘이 함께 높을 수 없다.")
    )
    expect(question.locator("details")).not_to_have_attribute("open", "")
    question.get_by_role("button", name="sigmoid").press("Enter")
    expect(question.get_by_role("status")).to_contain_text("맞다.")
    expect(question.get_by_text("라벨마다 따로 확률을 낸다.")).to_be_visible()


def test_a_number_is_judged_at_once_with_the_reason_for_a_known_mistake(page):
    question = number(page)
    expect(give(question, "30")).to_contain_text("틀렸다. 필터의 길이 4를 빠뜨렸다.")
    expect(give(question, "7")).to_contain_text("틀렸다. 마지막 도장이 시작하는")
    expect(give(question, "서른")).to_contain_text("수를 적는다")
    expect(give(question, "62/2")).to_contain_text("맞다.")


def test_other_values_change_the_question_the_reasons_and_the_solution(page):
    question = number(page)
    seen = set()
    for _ in range(12):
        question.get_by_role("button", name="다른 값으로").click()
        text = question.locator(".self-check-question").inner_text()
        n, filters, k, s, again = map(
            int,
            re.search(r"길이 (\d+)에 .*\((\d), (\d), strides=(\d)\).*길이 (\d+)은", text).groups(),
        )
        seen.add((n, k))
        assert (filters, s, again) == (8, 3, n)
        expect(give(question, str(n * s))).to_contain_text(f"필터의 길이 {k}를 빠뜨렸다.")
        expect(give(question, str((n - 1) * s + k))).to_contain_text("맞다.")
        solution = re.sub(r"\s", "", question.locator("details").inner_text())
        assert f"{n - 1}·{s}에서시작하므로{n - 1}·{s}+{k}={(n - 1) * s + k}이다" in solution
        assert f"{n * s}필터의길이{k}를" in solution
    assert len(seen) > 1


def test_the_contents_show_the_progress_on_every_page_and_after_a_reload(page, folder):
    expect(page.locator(".self-check-progress")).to_have_count(0)
    give(number(page), "31")
    progress = page.locator(".bd-links .self-check-progress")
    expect(progress).to_contain_text("1/2")
    page.goto((folder / "book/intro.html").as_uri())
    expect(page.get_by_role("link", name="확인 스스로 확인하기 2개 중 1개 맞힘")).to_be_visible()
    page.goto((folder / "book/questions.html").as_uri())
    expect(number(page).get_by_role("status")).to_have_text(re.compile("전에 맞힌"))
    choice(page).get_by_role("button", name="sigmoid").click()
    expect(progress).to_contain_text("2/2")


def test_the_fold_has_everything_without_a_script(folder, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "book/questions.html").as_uri())
    expect(choice(page).get_by_role("listitem")).to_have_text(["소프트맥스", "sigmoid"])
    expect(page.get_by_role("button", name="확인")).to_have_count(0)
    number(page).locator("summary").click()
    shown = number(page).locator("details").inner_text()
    for part in ("31픽셀", "마지막 도장은 9·3에서", "30", "필터의 길이 4를", "그 밖의 값"):
        assert part in shown
    context.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_questions_are_accessible_and_fit_the_screen_in_both_themes(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    choice(page).get_by_role("button", name="소프트맥스").click()
    give(number(page), "31")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE)
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        found = page.evaluate(
            """async () => {
                for (const animation of document.getAnimations()) animation.finish();
                const found = await axe.run(document, {preload: false});
                return found.violations.flatMap(({id, nodes}) => nodes.map((n) => [id, n.html]));
            }"""
        )
        assert [one for one in found if "self-check" in json.dumps(one)] == []
