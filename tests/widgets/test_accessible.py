"""All widgets: names, colours, languages, phones; in both themes."""

import itertools
import re
from pathlib import Path

import axe_playwright_python
import pytest

from cvbook import widgets

ALL = [getattr(widgets, name) for name in widgets.__all__]
KINDS = [lambda cls=cls: cls() for cls in ALL]
KINDS += [
    lambda view=view: widgets.TransposedConv2D(view=view, step=2)
    for view in ("overlaps", "zeros", "matrix")
]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")

#: The contrast (WCAG 2.2) of every text with what lies behind it, which axe leaves undecided where
#: colours are mixed.
CONTRAST = """() => {
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const poor = [];
    for (const element of document.querySelectorAll(".cvbook-widget *")) {
        if (![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
        if (!element.checkVisibility()) continue;
        let ground = element;
        const behind = () => rgba(getComputedStyle(ground).backgroundColor);
        while (behind()[3] < 255) ground = ground.parentElement;
        const style = getComputedStyle(element);
        const ink = element instanceof SVGElement ? style.fill : style.color;
        const pair = [rgba(ink), behind()]
            .map(light).sort((a, b) => b - a);
        const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
        if (ratio < 4.5) poor.push([element.textContent, element.className, ratio]);
    }
    return poor;
}"""


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out(show, theme):
    page = show(*(make() for make in KINDS), theme=theme)
    assert page.evaluate(CONTRAST) == []


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(show, theme):
    page = show(*(make() for make in KINDS), theme=theme)
    page.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", tags)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


@pytest.mark.slow
def test_every_control_has_a_name_and_room_for_a_finger(show):
    page = show(*(make() for make in KINDS), width=360)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    unnamed, small = page.evaluate(
        """() => {
            const controls = [...document.querySelectorAll(
                "button, input, [role=gridcell], summary")].filter((e) => e.checkVisibility());
            const name = (e) => e.getAttribute("aria-label") || e.closest("label")?.textContent
                || e.textContent;
            return [controls.filter((e) => !name(e).trim()).length,
                controls.filter((e) => {
                    const { width, height } = e.getBoundingClientRect();
                    return Math.min(width, height) < 24;
                }).map((e) => e.outerHTML)];
        }"""
    )
    assert unnamed == 0
    assert small == []


@pytest.mark.slow
def test_each_grid_is_one_stop_of_the_tab_key(show):
    page = show(widgets.TransposedConv2D())
    stops = page.eval_on_selector_all(
        '[role="grid"]',
        "(grids) => grids.map((g) => g.querySelectorAll('[tabindex=\"0\"]').length)",
    )
    assert stops == [1, 0, 1, 0, 1]  # the faces not shown have no cells yet


@pytest.mark.slow
@pytest.mark.parametrize("cls", ALL)
def test_english_shows_no_hangul(show, cls):
    page = show(cls(lang="en"))
    assert not re.search(r"[\uac00-\ud7a3]", page.locator(".cvbook-widget").inner_text())


@pytest.mark.parametrize("cls", ALL)
def test_front_end_loads_nothing_else(cls):
    for text in (str(cls._esm), str(cls._css)):
        urls = set(re.findall(r"https?://[^\s\"')]+", text))
        assert urls <= {"http://www.w3.org/2000/svg"}  # a name, not an address
        assert not re.search(r"\bimport\b", text)


@pytest.mark.parametrize(("cls", "lang"), list(itertools.product(ALL, ["ko", "en"])))
def test_picture_for_print_is_drawn_in_each_language(cls, lang):
    texts = [
        t.get_text()
        for t in cls(lang=lang).figure().findobj(match=lambda a: hasattr(a, "get_text"))
    ]
    hangul = any(re.search(r"[\uac00-\ud7a3]", text) for text in texts)
    assert hangul == (lang == "ko")
