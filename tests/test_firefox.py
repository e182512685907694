"""A smoke test of each widget in Firefox, driven by the standard protocol (WebDriver BiDi).

Skipped, saying so, where no Firefox is found.
"""

import json
import os
import re
import shutil
import subprocess
import time

import pytest
import websocket
from test_browser import SENTENCE, SMALL, SOURCE, lab, write_notebook

FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
pytestmark = pytest.mark.skipif(
    not FIREFOX, reason="no Firefox found; install one or name it in the variable FIREFOX"
)
__all__ = ["lab"]  # a fixture of test_browser


class Firefox:
    """A headless Firefox with one page."""

    def __init__(self, folder):
        log = folder / "firefox.log"
        command = [FIREFOX, "--headless", "--no-remote", "--remote-debugging-port", "0"]
        with log.open("w") as out:
            options = {"stdout": out, "stderr": out, "env": {**os.environ, "HOME": str(folder)}}
            profile = folder / "profile"
            profile.mkdir()
            self.process = subprocess.Popen([*command, "--profile", str(profile)], **options)
        try:
            self.connect(log)
        except BaseException:
            self.process.kill()
            raise

    def connect(self, log):
        deadline = time.monotonic() + 60
        while not (found := re.search(r"BiDi listening on (ws://\S+)", log.read_text())):
            assert self.process.poll() is None, log.read_text()[-2000:]
            assert time.monotonic() < deadline, log.read_text()[-2000:]
            time.sleep(0.1)
        self.socket = websocket.create_connection(
            f"{found[1]}/session", timeout=120, suppress_origin=True
        )
        self.errors, self.number = [], 0
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.page = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.errors.append(message["params"]["text"])
            if message.get("id") == self.number:
                assert message["type"] == "success", message
                return message["result"]

    def go(self, url):
        self.ask("browsingContext.navigate", context=self.page, url=url, wait="complete")

    def run(self, expression):
        """The value of an expression; a promise is awaited."""
        where = {"target": {"context": self.page}, "awaitPromise": True}
        found = self.ask("script.evaluate", expression=expression, **where)
        assert found["type"] == "success", found
        return found["result"].get("value")

    def wait_for(self, expression, seconds=90):
        deadline = time.monotonic() + seconds
        while not self.run(f"Boolean({expression})"):
            assert time.monotonic() < deadline, expression
            time.sleep(0.2)

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture
def firefox(tmp_path):
    firefox = Firefox(tmp_path)
    yield firefox
    firefox.close()


# A headless page has no focus, so JupyterLab has no current widget.
NOTEBOOK = "[...(window.jupyterapp?.shell.widgets('main') ?? [])].find((widget) => widget.context)"
KERNEL = f"{NOTEBOOK}?.context.sessionContext?.session?.kernel"


def test_every_widget_is_there(lab, firefox):
    folder, url = lab
    write_notebook(folder / "fox.ipynb", SOURCE, *SMALL)
    firefox.go(f"{url}/lab/tree/fox.ipynb?reset")
    firefox.wait_for(f"{KERNEL}?.status === 'idle'")
    firefox.run(f"window.jupyterapp.shell.activateById({NOTEBOOK}.id)")
    firefox.run("window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => 1)")
    firefox.wait_for("document.querySelector('.minillm[data-text]')")
    shown = "document.querySelector('.minillm').dataset.text"
    assert firefox.run(shown) == SENTENCE
    assert firefox.run("document.querySelectorAll('.minillm-heads canvas').length") == 28
    colors = """(() => {
      const canvas = document.querySelector('.minillm-map');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    })()"""
    assert firefox.run(colors) > 20
    firefox.run("[...document.querySelectorAll('.minillm [role=tab]')][1].click()")
    firefox.wait_for("document.querySelector('[data-effect]')")
    for text in ("BPE", "tokens can be drawn"):
        texts = "[...document.querySelectorAll('.widget-html')].map((node) => node.textContent)"
        firefox.wait_for(f"{texts}.some((text) => text.includes('{text}'))")
    assert firefox.run("document.querySelectorAll('[placeholder^=\"Say something\"]').length") == 1
    assert firefox.errors == []
