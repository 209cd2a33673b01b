"""Time a chapter's first live run against a bare page with Pyodide that runs the same code.

Both are served from the same local server and start in a fresh profile of Chromium; they alternate.
Prints the medians of the seconds from the click to the result, their ratio, and of a second run
and of the first run after a stop.

    CVBOOK_PYODIDE=/path/to/pyodide-0.27.7 make book
    python benchmarks/live.py
"""

import argparse
import functools
import http.server
import shutil
import statistics
import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

SITE = Path(__file__).parents[1] / "_build/html"
BARE = """<!doctype html><meta charset="utf-8"><button>run</button><pre></pre>
<script type="module">
document.querySelector("button").onclick = async () => {
  const { loadPyodide } = await import("%(pyodide)spyodide.mjs");
  const pyodide = await loadPyodide({ packages: ["numpy"] });
  pyodide.setStdout({ batched: (text) => document.querySelector("pre").append(text + "\\n") });
  pyodide.runPython(%(code)r);
};
</script>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def seconds(page: Page, click: str, result: str) -> float:
    start = time.perf_counter()
    page.locator(click).click()
    page.wait_for_function(
        "selector => document.querySelector(selector)?.textContent.trim()", arg=result
    )
    return time.perf_counter() - start


def live(browser: Browser, address: str, chapter: str) -> dict[str, float]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}book/{chapter}.html")
    run, output = ".live-run >> nth=0", ".live-output"
    status = ".live-bar [role=status]"
    clear = "selector => { document.querySelector(selector).textContent = ''; }"
    times = {"first run": seconds(page, run, f"{output} pre")}
    page.evaluate(clear, status)
    times["second run"] = seconds(page, run, f"{output} pre")
    page.get_by_role("button", name="고치기").first.click()
    page.locator(".cell_input .cm-content").first.fill("while True:\n    pass")
    page.locator(".live-run").first.click()
    page.get_by_role("button", name="멈춤").click()
    page.get_by_role("button", name="되돌리기").first.click()
    times["run after a stop"] = seconds(page, run, f"{output} pre")
    context.close()
    return times


def bare(browser: Browser, address: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}bare.html")
    taken = seconds(page, "button", "pre")
    context.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapter", default="03_transposed_conv")
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    [folder] = SITE.glob("_static/live/pyodide-*")
    code = "import numpy as np\nprint(np.array([[1, 0, 2], [0, 1, 0], [3, 0, 1]]) * 3)"
    pyodide = f"./{folder.relative_to(SITE)}/"
    handler = functools.partial(_Quiet, directory=str(SITE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    page = SITE / "bare.html"
    page.write_text(BARE % {"pyodide": pyodide, "code": code})
    times: dict[str, list[float]] = {}
    try:
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            for _ in range(arguments.repeats):
                times.setdefault("bare page", []).append(bare(browser, address))
                for name, taken in live(browser, address, arguments.chapter).items():
                    times.setdefault(name, []).append(taken)
            browser.close()
    finally:
        page.unlink()
        server.shutdown()
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:<18} {median:6.2f} s")
    print(f"first run / bare page: {medians['first run'] / medians['bare page']:.2f}")


if __name__ == "__main__":
    main()
