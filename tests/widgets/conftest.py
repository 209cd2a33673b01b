"""A page, a browser and node, in which the widgets' ES modules run."""

import json
import shutil
import subprocess

import pytest


@pytest.fixture
def node(tmp_path):
    """Run JavaScript on a widget's module `w` and the value `given`; gives what it writes."""
    if shutil.which("node") is None:
        pytest.skip("needs node, to run the widgets' modules without a browser")

    def run(widget, given, expression):
        (tmp_path / "widget.mjs").write_text(widget._esm, "utf-8")
        (tmp_path / "given.json").write_text(json.dumps(given), "utf-8")
        (tmp_path / "run.mjs").write_text(
            'import * as w from "./widget.mjs"; import fs from "node:fs";\n'
            'const given = JSON.parse(fs.readFileSync(new URL("given.json", import.meta.url)));\n'
            f"console.log(JSON.stringify({expression}));",
            "utf-8",
        )
        done = subprocess.run(
            ["node", tmp_path / "run.mjs"], capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    return run


#: The smallest anywidget host: models out of stored states, mounted one below the other.
HOST = """
window.models = [];
for (const state of JSON.parse(document.getElementById("states").textContent)) {
  const heard = {};
  const model = {
    get: (name) => state[name],
    set(name, value) { state[name] = value; for (const f of heard[`change:${name}`] ?? []) f(); },
    save_changes() {},
    on(event, f) { (heard[event] ??= []).push(f); },
    off(event, f) { heard[event] = (heard[event] ?? []).filter((g) => g !== f); },
  };
  const style = document.createElement("style");
  style.textContent = state._css;
  document.head.append(style);
  const url = URL.createObjectURL(new Blob([state._esm], { type: "text/javascript" }));
  const el = document.createElement("main");
  document.body.append(el);
  await (await import(url)).default.render({ model, el });
  window.models.push(model);
}
"""


def static_page(*widgets, theme="light"):
    """Text of an HTML page that mounts the stored states of the widgets."""
    states = [{k: v for k, v in w.get_state().items() if k != "layout"} for w in widgets]
    stored = json.dumps(states).replace("<", "\\u003c")
    ground = "#14181d" if theme == "dark" else "white"
    return (
        f'<!doctype html><html lang="ko" data-theme="{theme}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Widgets</title>'
        f'<body style="background: {ground}">'
        f'<script id="states" type="application/json">{stored}</script>'
        f'<script type="module">{HOST}</script>'
    )


@pytest.fixture
def show(chromium, tmp_path):
    """Open widgets on a static page with every other host blocked; errors fail the test."""
    contexts, errors = [], []

    def open_page(*widgets, theme="light", width=1000, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        context.route("http*://**", lambda route: (errors.append(route.request.url), route.abort()))
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        path = tmp_path / "page.html"
        path.write_text(static_page(*widgets, theme=theme), "utf-8")
        page.goto(path.as_uri())
        page.wait_for_function(f"window.models?.length === {len(widgets)}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
