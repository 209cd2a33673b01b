"""Every widget on a page as the site makes it, mounted by the site's own host."""

import json
from pathlib import Path

import pytest

import cvbook.site
from cvbook import widgets

HOST = Path(cvbook.site.__file__).parent / "static" / "widgets.js"
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.mark.slow
@pytest.mark.parametrize("name", widgets.__all__)
def test_alive_without_a_kernel(chromium, tmp_path, name):
    widget = getattr(widgets, name)()
    state = {k: v for k, v in widget.get_state().items() if k != "layout"}
    stored = json.dumps({"state": {"0": {"state": state}}}).replace("<", "\\u003c")
    (tmp_path / "page.html").write_text(
        '<!doctype html><meta charset="utf-8"><body>'
        f'<script type="{STATE}">{stored}</script>'
        f'<script type="{VIEW}">{{"model_id": "0"}}</script>'
        f"<script>{HOST.read_text('utf-8')}</script>",
        "utf-8",
    )
    page = chromium.new_page()
    page.set_default_timeout(10_000)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda r: errors.append(r.url) if r.url.startswith("http") else None)
    page.goto((tmp_path / "page.html").as_uri())
    root = page.locator(".cvbook-widget")
    root.wait_for()
    before = root.inner_text()
    act = {
        "TransposedConv2D": lambda: root.get_by_role("button", name="3", exact=True).click(),
        "ResidualShapes": lambda: root.get_by_role("button", name="고치는 법 보기").click(),
        "ReceptiveField": lambda: root.get_by_role("button", name="3×3, 보폭 2").click(),
        "LearningRates": lambda: root.get_by_role("button", name="1", exact=True).click(),
        "MaskResizing": lambda: root.get_by_role("slider", name="줄인 크기").fill("9"),
        "NonMaxSuppression": lambda: root.get_by_label("억제의 임계값").fill("0.9"),
        "BatchNormPlayground": lambda: root.get_by_role("button", name="다음 배치").click(),
        "SeparableConvCounter": lambda: root.get_by_role("button", name="경우 2").click(),
    }[name]
    act()
    assert root.inner_text() != before
    assert errors == []
    page.close()
