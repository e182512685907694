"""The explorer in a real Chromium: as an exported file, and in JupyterLab. Skipped, saying so, where no browser is found."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from minillm.checkpoint import load
from minillm.widgets import AttentionExplorer

ROOT = Path(__file__).parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium found; install one or name it in the variable CHROMIUM")
SENTENCE = "Nora lives at the lighthouse. Otto found a map."


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield browser
        browser.close()


class Watched:
    """A page that notes what went wrong on it and which hosts it asked."""

    def __init__(self, browser, **how):
        self.page = browser.new_page(viewport={"width": 1280, "height": 1000}, **how)
        self.errors, self.hosts = [], set()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        self.page.on("request", lambda request: self.hosts.add(re.sub(r"^(\w+://[^/:]*).*|^(\w+:).*", r"\1\2", request.url)))


@pytest.fixture(scope="module")
def mini():
    return load(ROOT / "minillm/weights/mini/pretrain")


@pytest.fixture(scope="module")
def explorer(mini):
    return AttentionExplorer(*mini, SENTENCE, layer=1, head=3)


@pytest.fixture(params=["light", "dark"])
def exported(request, browser, explorer, tmp_path):
    """The exported file, open, in both themes."""
    explorer.save_html(tmp_path / "attention.html")
    watched = Watched(browser, color_scheme=request.param, offline=True)
    watched.page.goto(f"file://{tmp_path / 'attention.html'}")
    watched.page.wait_for_selector(".minillm[data-text]")
    yield watched
    assert watched.errors == [] and watched.hosts <= {"file://"}
    watched.page.close()


CONTRAST = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const ground = (node) => { for (let n = node; n; n = n.parentElement) { const c = parse(getComputedStyle(n).backgroundColor); if (c.length && c[3] !== 0) return c; } return [255, 255, 255]; };
  const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const worst = [];
  for (const node of document.querySelectorAll('.minillm *')) {
    const own = [...node.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim());
    if (!own || !node.offsetParent) continue;
    const a = light(parse(getComputedStyle(node).color)), b = light(ground(node));
    worst.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.tagName, node.textContent.slice(0, 20)]);
  }
  return worst.sort((x, y) => x[0] - y[0]);
}"""


def test_every_text_can_be_read(exported):
    contrasts = exported.page.evaluate(CONTRAST)
    assert len(contrasts) > 30 and contrasts[0][0] >= 4.5, contrasts[:3]


def cell_middle(page, q, k, T):
    box = page.locator(".minillm-large canvas").bounding_box()
    cell = min(26, 400 / T)
    return box["x"] + 76 + (k + 0.5) * cell, box["y"] + (q + 0.5) * cell


def test_the_numbers_on_the_page_are_the_tensors(exported, explorer):
    page, weights, T = exported.page, explorer.look().weights[1, 3], len(explorer.ids)
    read = page.locator(".minillm-read")
    for q, k in ((T - 1, 0), (4, 4), (6, 2), (2, 6)):
        page.mouse.move(*cell_middle(page, q, k, T))
        assert (read.get_attribute("data-q"), read.get_attribute("data-k")) == (str(q), str(k))
        assert float(read.get_attribute("data-weight")) == pytest.approx(weights[q, k].item(), abs=1e-6)
        assert float(read.get_attribute("data-score")) == pytest.approx(explorer.look().scores(1, 3)[q, k].item(), abs=1e-6)
    assert "may not look" in read.text_content()
    shown = [float(cell.get_attribute("data-p")) for cell in page.locator(".minillm td[data-p]").all()]
    assert shown == pytest.approx([row["p"] for row in explorer.guesses()["rows"]], abs=1e-6)


def test_masked_cells_look_unlike_small_weights(exported):
    page = exported.page
    count = """() => { const c = document.querySelector('.minillm-large canvas'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
      const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add((d[i] << 16) | (d[i + 1] << 8) | d[i + 2]); return seen.size; }"""
    softmax = page.evaluate(count)
    page.get_by_label("q·k / √D").check()
    assert page.evaluate(count) != softmax  # the scores have no hatched half
    assert softmax > 20


def test_it_can_be_used_by_keys_alone(exported, explorer):
    page = exported.page
    heads = page.locator(".minillm-heads")
    heads.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector('.minillm-heads canvas[aria-label="layer 2 head 2"][aria-selected="true"]')
    page.locator(".minillm-tokens").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"document.querySelector('.minillm-side p').textContent.includes('({len(explorer.ids) - 2})')")
    page.locator(".minillm-large canvas").focus()
    page.keyboard.press("ArrowLeft")
    read = page.locator(".minillm-read")
    q, k = int(read.get_attribute("data-q")), int(read.get_attribute("data-k"))
    assert float(read.get_attribute("data-weight")) == pytest.approx(explorer.look().weights[2, 2, q, k].item(), abs=1e-6)


# --- JupyterLab -------------------------------------------------------------------------------------------------


def notebook(path, *sources):
    python = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(metadata=python, cells=[nbformat.v4.new_code_cell(source) for source in sources]), path)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    settings = folder / "settings" / "overrides.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"}}))
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--IdentityProvider.token=",
               "--LabApp.expose_app_in_browser=True", f"--LabApp.app_settings_dir={settings.parent}", f"--ServerApp.root_dir={folder}"]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
    with open(folder / "lab.log", "w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=env)
    try:
        deadline = time.monotonic() + 120
        while not (said := [p for p in (folder / "runtime").glob("jpserver-*.json") if p.stat().st_size]):  # written when it listens, with the port it took
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "lab.log").read_text()[-2000:])
            time.sleep(0.25)
        url = json.loads(said[0].read_text())["url"].rstrip("/")
        yield folder, url
    finally:
        server.terminate()
        server.wait(60)


IDLE = "() => window.jupyterapp?.shell.currentWidget?.context?.sessionContext?.session?.kernel?.status === 'idle'"
SOURCE = f"""from minillm.checkpoint import load
from minillm.widgets import AttentionExplorer, ChatBox, SamplingPlayground, TokenizerPlayground
model, tokenizer = load({str(ROOT / "minillm/weights/mini/pretrain")!r})
explorer = AttentionExplorer(model, tokenizer, {SENTENCE!r}, layer=1, head=3)
explorer"""
SMALL = ("TokenizerPlayground({'BPE': tokenizer})", "SamplingPlayground(model, tokenizer)", "ChatBox(model, tokenizer, max_new_tokens=4)")


def open_notebook(page, url, name):
    page.goto(f"{url}/lab/tree/{name}?reset")
    page.wait_for_selector(".jp-Notebook")
    page.wait_for_function(IDLE, timeout=60_000)


def run_all(page):
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")


def cells(page):
    return page.evaluate("() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells.map((c) => c.source)")


@pytest.fixture
def opened(lab, browser):
    folder, url = lab
    notebook(folder / "try.ipynb", SOURCE, *SMALL, "explorer.position = 2")
    watched = Watched(browser)
    watched.url, watched.path = url, folder / "try.ipynb"
    open_notebook(watched.page, url, "try.ipynb")
    run_all(watched.page)
    watched.page.wait_for_selector(".minillm[data-text]", timeout=90_000)
    watched.page.wait_for_function(IDLE, timeout=60_000)
    yield watched
    assert watched.hosts <= {"http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"}, watched.hosts
    watched.page.close()


def test_jupyterlab(opened, explorer):
    """One long visit, as starting JupyterLab takes its time: first run, edit, keys, a head off, and coming back."""
    page = opened.page
    # First run: all is painted, nothing went wrong, the stored picture makes room.
    page.wait_for_function("() => document.querySelector('.minillm-side p').textContent.includes('(2)')")  # set from Python
    assert page.locator(".minillm-heads canvas").count() == 28
    assert page.locator(".jp-OutputArea-child img").first.is_hidden()
    for text in ("BPE", "tokens can be drawn"):
        assert page.locator(".widget-html", has_text=text).count() == 1
    assert page.get_by_placeholder("Say something").count() == 1

    # Keys that mean something to JupyterLab change no cell.
    before = cells(page)
    for place in (".minillm-heads", ".minillm-tokens", ".minillm-large canvas", ".minillm button", ".minillm input[type=radio]"):
        page.locator(place).first.focus()
        for key in ("a", "b", "x", "d", "d", "Enter"):
            page.keyboard.press(key)
            if place == ".minillm button" and key == "Enter":
                page.keyboard.press("Enter")  # off, and on again
        assert cells(page) == before, place

    # An edit repaints everything.
    page.locator(".minillm textarea").fill("Otto found")
    count = len(explorer.tokenizer.encode("Otto found"))
    page.wait_for_function(f"() => document.querySelector('.minillm').dataset.text === 'Otto found' && document.querySelectorAll('.minillm-tokens span').length === {count}")

    # A head off, by key: seen in the picture and in the numbers.
    page.locator(".minillm-heads").focus()
    page.keyboard.press("o")
    page.wait_for_selector(".minillm-heads canvas.minillm-off")
    page.wait_for_selector(".minillm th:has-text('all heads on')")
    off = AttentionExplorer(explorer.model, explorer.tokenizer, "Otto found", layer=1, head=3, off=[[1, 3]])
    shown = [float(cell.get_attribute("data-p")) for cell in page.locator(".minillm td[data-p]").all()]
    assert shown == pytest.approx([row["p"] for row in off.guesses()["rows"]], abs=1e-6)

    # A bad number is said, and not sent.
    page.locator(".minillm").get_by_label("top-p").fill("7")
    assert "top-p 7 is not a number" in page.locator(".minillm-note").text_content()
    assert opened.errors == []

    # Saved, it is small; and a new kernel, which knows of no widget, leaves the picture standing there.
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    saved = nbformat.read(opened.path, 4)
    outputs = saved.cells[0].outputs
    assert len(json.dumps(outputs)) < 30_000 and [sorted(o.data)[0] for o in outputs] == ["image/png", "application/vnd.jupyter.widget-view+json"]
    page.evaluate("() => window.jupyterapp.serviceManager.sessions.shutdownAll()")  # else the page would meet the live widget again
    open_notebook(page, opened.url, "try.ipynb")
    page.locator(".jp-OutputArea-child img").first.wait_for(state="visible")
    assert page.locator(".minillm").count() == 0


def test_a_notebook_rendered_to_html_has_the_picture(opened, tmp_path):
    opened.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    opened.page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir", str(tmp_path), str(opened.path)], check=True, capture_output=True)
    assert '<img' in (tmp_path / "try.html").read_text("utf-8")


EDIT = """async () => {
  const root = document.querySelector('.minillm'), area = root.querySelector('textarea'), times = [];
  const words = area.value;
  for (let i = 0; i < 24; i++) {
    const text = words + (i % 2 ? '' : '.');
    const start = performance.now();
    area.value = text;
    area.dispatchEvent(new Event('input'));
    while (root.dataset.text !== text) await new Promise((go) => setTimeout(go, 1));
    await new Promise((go) => requestAnimationFrame(go));
    times.push(performance.now() - start);
    delete root.dataset.text;
  }
  return times.slice(4).sort((a, b) => a - b);
}"""
HOVER = """() => {
  const canvas = document.querySelector('.minillm-large canvas'), box = canvas.getBoundingClientRect(), times = [];
  for (let i = 0; i < 40; i++) {
    const start = performance.now();
    canvas.dispatchEvent(new MouseEvent('mousemove', { clientX: box.x + 90 + 5 * i, clientY: box.y + 220 + 4 * i }));
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}"""


@pytest.mark.bench
@pytest.mark.parametrize("tokens", [64, 256])
def test_how_fast_it_repaints(lab, browser, mini, tokens):
    """Milliseconds from an edit to the repainted page, and of a hover: printed, not asserted, as machines differ."""
    folder, url = lab
    ids = mini[1].encode("Nora lives at the lighthouse. Otto found a map and went to the well. " * 40)[: tokens - 2]
    notebook(folder / "fast.ipynb", SOURCE.replace(repr(SENTENCE), repr(mini[1].decode(ids))))
    watched = Watched(browser)
    open_notebook(watched.page, url, "fast.ipynb")
    run_all(watched.page)
    watched.page.wait_for_selector(".minillm[data-text]", timeout=90_000)
    watched.page.wait_for_function(IDLE, timeout=60_000)
    for name, script in (("edit", EDIT), ("hover", HOVER)):
        times = watched.page.evaluate(script)
        print(f"\n{tokens} tokens, {name}: median {times[len(times) // 2]:.0f} ms, 95th percentile {times[int(len(times) * 0.95) - 1]:.0f} ms", end="")
    watched.page.close()
