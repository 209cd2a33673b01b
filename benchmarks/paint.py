"""Measure transferred bytes and first contentful paint of the pages, on an emulated phone.

    python benchmarks/paint.py [--site _build/html] [--count 3] [NAME …]

The site is served compressed, as a static host does. Each page is opened in a fresh Chromium
context of 360 px with a processor four times slower, once over a network of 9 Mbit/s and 60 ms,
once over one of 1.6 Mbit/s and 150 ms (the slow 4G of Lighthouse). Prints the medians; the limit
is one second.
"""

import argparse
import functools
import gzip
import http.server
import shutil
import statistics
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
# Bytes a second and milliseconds of latency.
NETWORKS = {"9 Mbit/s, 60 ms": (9e6 / 8, 60), "1.6 Mbit/s, 150 ms": (1.6e6 / 8, 150)}
COMPRESSED = {".html", ".css", ".js", ".svg", ".json"}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
TRANSFERRED = """[...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource")].reduce((sum, one) => sum + one.transferSize, 0)"""


class Host(http.server.SimpleHTTPRequestHandler):
    """A static host: connections stay open and text is compressed."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in COMPRESSED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def measure(browser: Browser, url: str, network: tuple[float, float]) -> tuple[float, int]:
    """Seconds to the first paint with content, and bytes transferred, of a first visit."""
    speed, latency = network
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
            "latency": latency,
        },
    )
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="networkidle")
    paint = page.wait_for_function(PAINT).json_value()
    transferred = page.evaluate(TRANSFERRED)
    context.close()
    return paint / 1000, transferred


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="pages, such as 05_residual; all by default")
    parser.add_argument("--site", type=Path, default=ROOT / "_build/html")
    parser.add_argument("--count", type=int, default=3)
    options = parser.parse_args()
    names = options.names or sorted(path.stem for path in (options.site / "book").glob("*.html"))
    handler = functools.partial(Host, directory=str(options.site))
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        print("| page | kB |", *(f"{name}, s |" for name in NETWORKS))
        print("|---|---|" + "---|" * len(NETWORKS))
        for name in names:
            url = f"http://127.0.0.1:{server.server_port}/book/{name}.html"
            paints, sizes = [], []
            for network in NETWORKS.values():
                runs = [measure(browser, url, network) for _ in range(options.count)]
                paints.append(statistics.median(paint for paint, _ in runs))
                sizes += [size for _, size in runs]
            cells = [f"{max(sizes) / 1000:.0f}", *(f"{paint:.2f}" for paint in paints)]
            print(f"| {name} |", " | ".join(cells), "|", flush=True)
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
