"""Cells of a chapter in Firefox: run, edit, stop, restore, and work without a server."""

import functools
import http.server
import json
import threading

import pytest
from accessibility import AXE, VIOLATIONS, WCAG
from firefox import CONTROL, ENTER, Firefox

pytestmark = [pytest.mark.slow, pytest.mark.drawn(turn=1)]

BAR = "document.querySelectorAll('.live-bar')[0]"
BUTTON = f"[...{BAR}.querySelectorAll('button')].find((one) => one.innerText.includes('{{}}'))"
OUTPUT = f"{BAR}.closest('.cell').querySelector('.live-output')"
STATUS = f"{BAR}.querySelector('[role=status]').innerText"
STORED = f"{BAR}.closest('.cell').querySelector('.cell_output:not(.live-output)').checkVisibility()"
#: The theme makes wide code reachable by keyboard a moment after the window narrows.
REACHABLE = """[...document.querySelectorAll("pre")].every(
    (pre) => pre.scrollWidth <= pre.clientWidth || pre.tabIndex === 0)"""
EDITOR = f"{BAR}.closest('.cell').querySelector('.cm-content')"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def server(live_site):
    """A server that a test may stop, as a network fails."""
    handler = functools.partial(_Quiet, directory=str(live_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def firefox(require, tmp_path):
    program = require("firefox-esr", "firefox", hint="apt-get install firefox-esr")
    firefox = Firefox(program, tmp_path)
    yield firefox
    firefox.close()


def open_page(firefox, page):
    firefox.open(page)
    firefox.wait("document.querySelector('.live-bar')")


def press(firefox, name):
    firefox.click(BUTTON.format(name))


def wait_for_output(firefox, text):
    firefox.wait(f"{OUTPUT}.innerText.trim() === '{text}'")


def test_a_cell_runs_is_edited_stopped_and_restored_and_runs_without_a_server(firefox, server):
    page = f"http://127.0.0.1:{server.server_port}/book/one.html"
    open_page(firefox, page)
    press(firefox, "실행")
    wait_for_output(firefox, "15")

    press(firefox, "고치기")
    firefox.wait(f"{EDITOR} === document.activeElement")
    firefox.press("a", held=CONTROL)
    firefox.press(f"for i in range(2):{ENTER}print(i)")  # the editor indents
    firefox.press(ENTER, held=CONTROL)
    firefox.wait(f"{OUTPUT}.innerText.trim() === '0\\n1'")

    firefox.press("a", held=CONTROL)
    firefox.press(f"while True:{ENTER}pass")
    firefox.press(ENTER, held=CONTROL)
    firefox.wait(f"{STATUS}.includes('끝나지 않는 반복')")
    press(firefox, "멈춤")
    firefox.wait(f"{STATUS}.includes('멈추었습니다')")

    press(firefox, "되돌리기")
    firefox.wait(STORED)
    press(firefox, "실행")
    wait_for_output(firefox, "15")

    open_page(firefox, page)  # from now on with the service worker
    firefox.wait("navigator.serviceWorker.controller")
    press(firefox, "실행")
    wait_for_output(firefox, "15")
    server.server_close()
    open_page(firefox, page)
    press(firefox, "실행")
    wait_for_output(firefox, "15")


def test_a_page_with_an_editor_and_an_error_is_accessible_fits_and_asks_no_other_host(
    firefox, server
):
    address = f"http://127.0.0.1:{server.server_port}/"
    open_page(firefox, f"{address}book/one.html")
    press(firefox, "고치기")
    firefox.wait(f"{EDITOR} === document.activeElement")
    firefox.press("a", held=CONTROL)
    firefox.press(f"print('{'글' * 30}'){ENTER}{'1 + ' * 40}1 / 0")
    press(firefox, "실행")
    firefox.wait(f"{OUTPUT}.innerText.includes('ZeroDivisionError')")
    firefox.evaluate("(source) => { (0, eval)(source); }", AXE)
    for width in (360, 1280):
        firefox.resize(width)
        firefox.wait(f"window.innerWidth === {width}")
        firefox.wait("document.documentElement.scrollWidth <= window.innerWidth")
        firefox.wait(REACHABLE)
        for theme in ("light", "dark"):
            firefox.evaluate(
                "(theme) => { document.documentElement.dataset.theme = theme; }", theme
            )
            found = firefox.evaluate(
                f"async (rules) => JSON.stringify(await ({VIOLATIONS})(JSON.parse(rules)))",
                json.dumps(WCAG),
            )
            assert json.loads(found) == []
    assert any(url.endswith(".wasm") for url in firefox.requested)  # workers' requests too
    assert [url for url in firefox.requested if not url.startswith(address)] == []
