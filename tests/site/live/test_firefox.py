"""Cells of a chapter in Firefox: run, edit, stop, restore, and work without a server."""

import functools
import http.server
import threading

import pytest
from firefox import CONTROL, ENTER, Firefox

pytestmark = pytest.mark.slow

BAR = "document.querySelectorAll('.live-bar')[0]"
BUTTON = f"[...{BAR}.querySelectorAll('button')].find((one) => one.innerText.includes('{{}}'))"
OUTPUT = f"{BAR}.closest('.cell').querySelector('.live-output')"
STATUS = f"{BAR}.querySelector('[role=status]').innerText"
STORED = f"{BAR}.closest('.cell').querySelector('.cell_output:not(.live-output)').checkVisibility()"
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
