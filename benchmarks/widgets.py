"""Time a redraw of each widget in Chromium, against the 16 ms of one frame.

A redraw is the change of a setting up to the end of the layout it causes, 200 times per widget;
the baseline is one frame of a 60 Hz screen. Prints a table of medians in milliseconds.

    python benchmarks/widgets.py
"""

import json
import shutil
import statistics
import sys
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from cvbook import widgets

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/widgets"))
from conftest import static_page

FRAME = 1000 / 60

#: Label, the widget's settings, and the trait that changes.
CASES = [
    ("8×8 input, 3×3 kernel, strides 2, edit", (8, 3, 2, "stamps"), "input"),
    ("8×8 input, 3×3 kernel, strides 2, step", (8, 3, 2, "stamps"), "step"),
    ("8×8 input, 3×3 kernel, zero insertion, edit", (8, 3, 2, "zeros"), "input"),
    ("8×8 input, 3×3 kernel, matrix, edit", (8, 3, 2, "matrix"), "input"),
    ("8×8 input, 5×5 kernel, strides 4, edit", (8, 5, 4, "stamps"), "input"),
    ("8×8 input, 5×5 kernel, strides 4, step", (8, 5, 4, "stamps"), "step"),
    ("8×8 input, 3×3 kernel, strides 1–4", (8, 3, 2, "stamps"), "strides"),
]

TIME = """async ([name, values]) => {
    const model = window.models[0], times = [];
    for (const value of values) {
        await new Promise(requestAnimationFrame);
        const start = performance.now();
        model.set(name, value);
        await null; // the redraw is queued as a microtask
        await null;
        document.body.getBoundingClientRect(); // lay out
        times.push(performance.now() - start);
    }
    return times;
}"""


def main() -> None:
    rng = np.random.default_rng(0)
    jobs = []
    for label, (n, k, strides, view), name in CASES:
        widget = widgets.TransposedConv2D(
            np.ones((n, n)), np.ones((k, k)), strides=strides, view=view
        )
        values = {
            "input": lambda: [rng.integers(-9, 9, (8, 8)).tolist() for _ in range(200)],
            "step": lambda: [i % 65 for i in range(200)],
            "strides": lambda: [1 + i % 4 for i in range(200)],
        }[name]()
        jobs.append((f"TransposedConv2D: {label}", widget, name, values))
    steps = [i % 101 for i in range(200)]
    jobs += [
        ("ResidualShapes: size", widgets.ResidualShapes(), "size", [16 + i % 48 for i in steps]),
        ("BatchNormPlayground: step", widgets.BatchNormPlayground(batch_size=32), "steps", steps),
        ("SeparableConvCounter: filters", widgets.SeparableConvCounter(), "filters", steps[1:]),
    ]
    medians = {}
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for label, widget, name, values in jobs:
            page = browser.new_page()
            page.set_content(static_page(widget))
            page.wait_for_function("window.models?.length === 1")
            times = page.evaluate(TIME, [name, json.loads(json.dumps(values))])
            medians[label] = statistics.median(times)
            page.close()
        browser.close()
    print("| redraw | median ms | of a frame |\n|---|---|---|")
    for label, median in medians.items():
        print(f"| {label} | {median:.1f} | {median / FRAME:.2f} |")


if __name__ == "__main__":
    main()
