"""Cells of a chapter that run in the reader's browser, in a real one."""

import pytest
from accessibility import AXE, VIOLATIONS, WCAG
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def page(context, live_address):
    """The chapter; its Python has started."""
    page = context.new_page()
    page.goto(f"{live_address}book/one.html")
    first = Cell(page, 1)
    first.run()
    first.restore()
    yield page
    page.close()


class Cell:
    """A live cell of the page, as a reader sees it."""

    def __init__(self, page, number):
        self.page = page
        self.bar = page.get_by_role("group", name=f"셀 {number}")
        self.element = page.locator("div.cell").filter(has=self.bar)
        self.status = self.bar.get_by_role("status")
        self.output = self.element.locator(".live-output")

    def button(self, name):
        return self.bar.get_by_role("button", name=name)

    def click_run(self):
        self.button("실행").click()

    def run(self):
        self.click_run()
        self.wait()

    def wait(self):
        expect(self.button("멈춤")).to_be_hidden()

    def write(self, source):
        if self.button("고치기").is_visible():
            self.button("고치기").click()
        self.element.get_by_role("textbox").fill(source)

    def restore(self):
        if self.button("되돌리기").is_visible():
            self.button("되돌리기").click()


@pytest.fixture
def cells(page):
    """The three live cells, as the book has them."""
    cells = [Cell(page, number) for number in (1, 2, 3)]
    yield cells
    for cell in cells:
        cell.restore()


def test_nothing_of_python_is_loaded_before_a_click_on_a_button_that_says_how_much(
    chromium, live_address
):
    page = chromium.new_page()
    urls = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto(f"{live_address}book/one.html", wait_until="networkidle")
    assert not [url for url in urls if "pyodide" in url or url.endswith((".zip", ".ttf"))]
    assert all(url.startswith(live_address) for url in urls)
    labels = page.get_by_role("button", name="실행").all_inner_texts()
    assert labels == [f"▶ 실행 (처음 한 번, 약 {size} MB)" for size in (9, 9, 19, 9)]
    page.close()


def test_a_cell_with_keras_and_one_that_depends_on_it_have_no_buttons(page):
    assert page.get_by_role("button", name="실행").count() == 4
    keras = page.locator("div.cell").filter(has_text="len(model.layers)")
    assert keras.get_by_role("button", name="실행").count() == 0


def test_the_stored_output_stays_until_a_run_and_comes_back(cells):
    first, *_ = cells
    stored = first.element.get_by_text("저장된 결과")
    expect(stored).to_be_visible()
    first.run()
    expect(first.output).to_have_text("15\n")
    expect(stored).to_be_hidden()
    first.restore()
    expect(stored).to_be_visible()
    expect(first.output).to_be_hidden()


def test_a_cell_runs_after_those_that_it_depends_on_as_the_reader_changed_them(cells):
    first, second, _ = cells
    second.run()
    expect(second.output).to_have_text("array([[ 0,  2,  4],\n       [ 6,  8, 10]])\n")
    first.write("x = np.array([1, 5])")
    second.run()
    expect(second.output).to_have_text("array([ 2, 10])\n")
    first.restore()
    second.run()
    expect(second.output).to_contain_text("[ 6,  8, 10]")


def test_the_keyboard_edits_runs_and_keeps_its_place(cells, page):
    first, *_ = cells
    first.button("고치기").focus()
    page.keyboard.press("Enter")
    editor = first.element.get_by_role("textbox")
    expect(editor).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("for i in range(2):\nprint(i)")  # the editor indents
    page.keyboard.press("Control+Enter")
    expect(first.output).to_have_text("0\n1\n")
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(first.button("실행")).to_be_focused()


def test_a_cell_loads_the_stored_results_of_an_experiment(page):
    stored = Cell(page, 4)
    stored.run()
    expect(stored.output).to_have_text("0.50 ± 0.50 (시드 3개)\n")


def test_a_figure_has_korean_letters(cells):
    *_, figure = cells
    figure.run()
    expect(figure.output.locator("img")).to_have_count(1)
    expect(figure.output.locator("img")).to_be_visible()
    # Matplotlib warns of a letter that the font lacks.
    expect(figure.output.locator("pre")).to_have_count(0)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f(n):\n    return f(n + 1)\nf(0)", "재귀를 멈추는 조건"),
        ("b = np.ones(2**27)\nprint(b.nbytes)", "메모리"),
        ("input('이름: ')", "브라우저에서는 input()을 쓸 수 없습니다"),
        ("exit()", "exit()로 파이썬을 끝냈습니다"),
        ("import scipy", "브라우저에는 넘파이와 Matplotlib만"),
        ("keras.layers", "JupyterLab에서 실행하세요"),
    ],
)
def test_what_a_browser_cannot_do_is_said_in_korean_and_the_next_run_works(cells, source, said):
    first, second, _ = cells
    first.write(source)
    first.run()
    expect(first.element).to_contain_text(said)
    first.restore()
    second.run()
    expect(second.output).to_contain_text("[ 6,  8, 10]")


@pytest.mark.parametrize("source", ["while True:\n    pass", "while True:\n    print('가' * 50)"])
def test_an_endless_loop_is_stopped_and_the_next_run_works(cells, source):
    first, second, _ = cells
    first.write(source)
    first.click_run()
    expect(first.status).to_contain_text("끝나지 않는 반복")
    first.button("멈춤").click()
    expect(first.status).to_contain_text("멈추었습니다")
    assert len(first.output.inner_text()) < 100_000
    first.restore()
    second.run()
    expect(second.output).to_contain_text("[ 6,  8, 10]")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_with_an_editor_and_outputs_is_accessible_and_fits(cells, page, width):
    first, second, figure = cells
    page.set_viewport_size({"width": width, "height": 900})
    first.write(f"print('{'글' * 30}')\n" + "y = 1 + " * 40 + "1")
    first.run()
    second.write("1 / 0")
    second.run()
    figure.run()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.evaluate(AXE)
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        assert not page.evaluate(VIOLATIONS, WCAG)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_after_the_first_run_the_page_and_its_cells_work_offline(page, context):
    old = "/_static/live/earlier-version.js"
    page.evaluate("async (old) => (await caches.open('cvbook-live')).put(old, new Response())", old)
    page.reload()
    Cell(page, 3).run()
    page.wait_for_function("async (old) => !(await caches.match(old))", arg=old)
    context.set_offline(True)
    try:
        page.reload()
        first = Cell(page, 1)
        first.run()
        expect(first.output).to_have_text("15\n")
        assert first.button("실행").inner_text() == "▶ 실행"  # nothing is left to load
        figure = Cell(page, 3)
        figure.run()
        expect(figure.output.locator("img")).to_be_visible()
        figure.restore()
        first.restore()
    finally:
        context.set_offline(False)


def test_without_pyodide_the_site_has_no_buttons(unpublished):
    assert "data-live" not in (unpublished / "book/one.html").read_text()
    assert not (unpublished / "_static/live").exists()
