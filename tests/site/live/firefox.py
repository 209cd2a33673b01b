"""Firefox by WebDriver BiDi, which it speaks itself.

Playwright drives builds of its own or Firefoxes newer than Debian's, and Debian has no geckodriver,
which Selenium would need.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import websocket

ENTER, ESCAPE, CONTROL = "\ue007", "\ue00c", "\ue009"

#: Poll a condition in the page until it holds.
WAIT = """async (condition) => {
    const holds = new Function(`return ${condition};`);
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}"""

#: The middle of an element, in the viewport.
MIDDLE = """(element) => {
    const found = new Function(`return ${element};`)();
    found.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = found.getBoundingClientRect();
    return JSON.stringify([x + width / 2, y + height / 2].map(Math.round));
}"""


class Firefox:
    """A headless Firefox with one page."""

    def __init__(self, program: str, profile: Path) -> None:
        options = ["--headless", "--no-remote", "--remote-debugging-port", "0"]
        self.process = subprocess.Popen(
            [program, *options, "--profile", str(profile), "about:blank"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        lines = iter(self.process.stderr or [])
        marker = "WebDriver BiDi listening on "
        address = next(line for line in lines if marker in line).split(marker)[1].strip()
        self.socket = websocket.create_connection(
            f"{address}/session", timeout=60, suppress_origin=True
        )
        self.count = 0
        #: Addresses that pages and their workers have asked for.
        self.requested: list[str] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["network.beforeRequestSent"])
        self.context = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv())).get("id") != self.count:
            if answer.get("method") == "network.beforeRequestSent":
                self.requested.append(answer["params"]["request"]["url"])
        assert answer["type"] == "success", answer
        return dict(answer["result"])

    def open(self, url: str) -> None:
        self.send("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def resize(self, width: int) -> None:
        """Give the page a viewport of this width."""
        viewport = {"width": width, "height": 900}
        self.send("browsingContext.setViewport", context=self.context, viewport=viewport)

    def evaluate(self, function: str, *arguments: str) -> Any:
        """Call a function of JavaScript; it takes and returns texts."""
        done = self.send(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": value} for value in arguments],
            target={"context": self.context},
            awaitPromise=True,
        )
        assert done["type"] == "success", done
        return done["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression of JavaScript is true."""
        self.evaluate(WAIT, condition)

    def click(self, element: str) -> None:
        """Click on the element that an expression of JavaScript gives."""
        x, y = json.loads(self.evaluate(MIDDLE, element))
        steps = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._perform({"type": "pointer", "id": "mouse", "actions": steps})

    def press(self, keys: str, held: str = "") -> None:
        """Press keys one after the other, while another one is held."""
        steps = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        if held:
            steps = [
                {"type": "keyDown", "value": held},
                *steps,
                {"type": "keyUp", "value": held},
            ]
        self._perform({"type": "key", "id": "keyboard", "actions": steps})

    def _perform(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self.context, actions=[source])

    def close(self) -> None:
        self.send("browser.close")
        self.socket.close()
        self.process.wait(timeout=20)
        if self.process.stderr:
            self.process.stderr.close()
