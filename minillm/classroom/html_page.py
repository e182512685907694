"""The frame of the kit's pages: HTML for the screen and for A4, with no script and no request."""

import html
from pathlib import Path

PAGES = Path(__file__).with_name("pages")  # the texts and the style that come with the kit
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{before}<main id="main">
{body}
</main>
</body>
</html>
"""


def html_page(title: str, body: str, before: str = "") -> str:
    """A whole page: `title` is text; `body`, and what stands `before` it, are HTML."""
    style = (PAGES / "paper.css").read_text("utf-8")
    return PAGE.format(title=html.escape(title), style=style, before=before, body=body)
