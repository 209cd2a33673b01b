"""The Sphinx extension of the website: everything a page needs comes with the page.

The theme and its companions ask other hosts for maths and kernels, and ship icons and a search
that are heavy or know no Korean. Each module here answers one of these through Sphinx's events:

- `maths`: formulas as MathML, made as the book is built
- `styles`: one stylesheet, of the rules that apply to a page
- `fonts`: the few characters of the icon and maths fonts that the pages use
- `pages`: head, buttons, pictures and landmarks of a page; 404 and the sitemap
- `exercises`: each chapter's exercise, to download
- `search`: an index of the book's text for the search in `static/search.js`
- `pdf`: the book as one PDF (`make pdf`)

`static/widgets.js` brings the widgets of a page to life, from the state stored in the notebook.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from cvbook.site import exercises, fonts, maths, pages, search, styles

HERE = Path(__file__).parent


def _paths(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(HERE / "static"))
    config.templates_path.append(str(HERE / "templates"))
    config.html_math_renderer = "mathml"
    config.html_use_index = False


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the parts; `styles` and then `fonts` read the finished pages."""
    app.connect("config-inited", _paths)
    app.add_css_file("site.css", priority=900)
    app.add_js_file("widgets.js", defer="defer")
    for part in (maths, exercises, search, pages, styles, fonts):
        part.register(app)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
