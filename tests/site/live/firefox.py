"""Firefox without a driver: the part of WebDriver BiDi that the tests here use."""

import itertools
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import websocket


class Firefox:
    """A headless Firefox with one page; a context manager.

    Parameters
    ----------
    program : str
        Its path.
    profile : Path
        An empty folder.
    """

    def __init__(self, program: str, profile: Path):
        self._process = subprocess.Popen(
            [
                *(program, "--headless", "--no-remote", "--remote-debugging-port=0"),
                *("--profile", str(profile)),
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        self._ids = itertools.count(1)
        address = next(
            found[1]
            for line in self._process.stderr
            if (found := re.search(r"BiDi listening on (ws://\S+)", line))
        )
        self._socket = websocket.create_connection(
            f"{address}/session", suppress_origin=True, timeout=240
        )
        self.call("session.new", capabilities={})
        self._page = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def __enter__(self) -> "Firefox":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.communicate()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{answer['error']}: {answer['message']}")
                return answer["result"]

    def open(self, url: str) -> None:
        """Load a page."""
        self.call("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def evaluate(self, script: str) -> Any:
        """Return the value of JavaScript; of a promise, what it resolves to."""
        result = self.call(
            "script.evaluate",
            expression=script,
            target={"context": self._page},
            awaitPromise=True,
            userActivation=True,
        )
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return result["result"].get("value")
