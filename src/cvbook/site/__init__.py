"""The Sphinx extension of the website: everything a page needs comes with the page.

The theme and its companions ask other hosts for maths and kernels, and ship icons and a search
that are heavy or know no Korean. Each module here answers one of these through Sphinx's events:

- `addresses`: the repository and the published site: buttons, guides, sitemap, Open Graph
- `translations`: Korean for what the theme says (`locale/`)
- `pages`: description, scripts, pictures and roles of a page; 404 and the first page
- `maths`: formulas as MathML, made as the book is built
- `styles`: one stylesheet, of the rules that apply to a page
- `fonts`: the few characters of the icon and maths fonts that the pages use
- `exercises`: each chapter's exercise, to download
- `search`: an index of the book's text for the search in `static/search.js`
- `pdf`: the book as one PDF (`cvbook pdf`)

`templates/` overrides templates of the theme; `static/widgets.js` runs the widgets of a page from
the state stored in the notebook; `vendor/` holds the maths font. `reproducibility` is an extension
of its own.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from cvbook.site import (
    addresses,
    exercises,
    fonts,
    maths,
    pages,
    search,
    styles,
    translations,
)

HERE = Path(__file__).parent


def _configure(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(HERE / "static"))
    config.templates_path.insert(0, str(HERE / "templates"))  # before the theme's
    config.html_context["default_mode"] = "auto"
    config.html_math_renderer = "mathml"
    config.html_use_index = False


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the parts; `styles` and then `fonts` read the finished pages.

    Parameters
    ----------
    app : Sphinx

    Returns
    -------
    dict
        What Sphinx asks of an extension: pages may be read, not written, in parallel.
    """
    app.connect("config-inited", _configure)
    app.add_css_file("site.css", priority=900)
    app.add_js_file("widgets.js", defer="defer")
    for part in (addresses, translations, maths, exercises, search, pages, styles, fonts):
        part.register(app)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
