"""Sphinx extension of the website: small pages in Korean, without requests to other hosts.

The theme and its extensions load maths and kernels from other hosts; their icons and styles are
large, and their search does not support Korean. Each module here replaces one of these parts
through Sphinx's events:

- `addresses`: the repository and the published site: buttons, guides, sitemap, Open Graph
- `translations`: Korean message catalogs of the theme (`locale/`)
- `pages`: description, scripts, image sizes and ARIA roles of a page; 404 and the first page
- `maths`: formulas as MathML, converted during the build
- `styles`: one stylesheet, with the rules that the pages use
- `fonts`: subsets of the icon and maths fonts, with the characters that the pages use
- `claims`: the lecture's claims that experiments correct, for the instructors' guide
- `citations`: names of cited works, in the text and in the list
- `exercises`: download links of the chapters' exercises
- `glossary`: links from terms to the glossary
- `live`: chapters' cells and exercises that run in the browser
- `self_check`: questions at the end of chapters, which the page checks
- `javascript`: bundling, for the two before
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
    citations,
    claims,
    exercises,
    fonts,
    glossary,
    live,
    maths,
    pages,
    search,
    self_check,
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
    """Register all modules; `styles` and then `fonts` read the finished pages.

    Parameters
    ----------
    app : Sphinx

    Returns
    -------
    dict
        Metadata of the extension: pages may be read, not written, in parallel.
    """
    app.connect("config-inited", _configure)
    app.add_css_file("site.css", priority=900)
    app.add_js_file("widgets.js", defer="defer")
    for part in (
        addresses,
        translations,
        citations,
        claims,
        maths,
        exercises,
        glossary,
        live,
        self_check,
        search,
        pages,
        styles,
        fonts,
    ):
        part.register(app)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
