"""The addresses of the repository and of the published site, each set in one place.

`repository.url` and `html.baseurl` of `_config.yml` hold them; the environment variables
CVBOOK_REPOSITORY_URL and CVBOOK_SITE_URL replace them for one build, as on a server that publishes
any fork. From the first come the buttons (Colab, JupyterHub, repository) and the guides; from the
second the sitemap (sphinx-sitemap), Open Graph tags (sphinxext-opengraph) and canonical links.
A feature whose address is not set is left out.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from cvbook.errors import CvbookError

REPOSITORY_VARIABLE = "CVBOOK_REPOSITORY_URL"
SITE_VARIABLE = "CVBOOK_SITE_URL"
# Placeholder for the address in the guides, also in code blocks.
REPOSITORY_PLACEHOLDER = "<저장소 주소>"
REPOSITORY_BUTTONS = (
    "use_edit_page_button",
    "use_issues_button",
    "use_repository_button",
    "use_source_button",
)
OPEN_GRAPH_TAGS = (
    '<meta property="og:locale" content="ko_KR" />',
    '<meta name="twitter:card" content="summary_large_image" />',
)
# The picture of a preview; a format that messengers show, so no SVG.
CARD = "book/_static/card.png"
# Pages without a text of their own.
NOT_IN_SITEMAP = ["404.html", "index.html", "search.html"]


def find_address(variable: str, configured: str | None) -> str:
    """Return an address from the environment, or else from the configuration.

    Parameters
    ----------
    variable : str
        `REPOSITORY_VARIABLE` or `SITE_VARIABLE`.
    configured : str or None
        The value in `_config.yml`.

    Returns
    -------
    str
        Without `/` or `.git` at its end; empty where there is none.

    Raises
    ------
    CvbookError
        If it is not the address of a web page.
    """
    value = os.environ.get(variable, configured or "").strip()
    parts = urlsplit(value)
    if value and not (parts.scheme in ("http", "https") and parts.netloc):
        raise CvbookError(
            f"not an address: {value} – {variable}, or _config.yml – begin it with https://"
        )
    return value.rstrip("/").removesuffix(".git")


def _configure(app: Sphinx, config: Config) -> None:
    options = config.html_theme_options
    repository = find_address(REPOSITORY_VARIABLE, options.get("repository_url"))
    options["repository_url"] = config.cvbook_repository_url = repository
    if not repository:
        options["launch_buttons"] = {}
        options.update(dict.fromkeys(REPOSITORY_BUTTONS, False))
    elif urlsplit(repository).hostname != "github.com":
        options.get("launch_buttons", {}).pop("colab_url", None)  # Colab opens GitHub's only
    site = find_address(SITE_VARIABLE, config.html_baseurl)
    config.html_baseurl = f"{site}/" if site else ""
    if site:
        _publish(app, config)


def _publish(app: Sphinx, config: Config) -> None:
    # Loaded only here: without an address both would write relative URLs, which are invalid.
    app.setup_extension("sphinxext.opengraph")
    config.ogp_site_url = config.html_baseurl
    config.ogp_site_name = config.html_title
    config.ogp_type = "article"
    config.html_static_path.append(CARD)
    config.ogp_image = f"_static/{Path(CARD).name}"
    config.ogp_custom_meta_tags = OPEN_GRAPH_TAGS
    config.ogp_enable_meta_description = False  # `pages` writes it, published or not
    app.setup_extension("sphinx_sitemap")
    config.sitemap_url_scheme = "{link}"
    config.sitemap_excludes = NOT_IN_SITEMAP
    app.connect("env-get-outdated", _all_pages)


def _all_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Build every page: sphinx-sitemap lists only those that a build writes."""
    return env.found_docs - added - changed


def _replace_placeholder(app: Sphinx, docname: str, source: list[str]) -> None:
    if app.config.cvbook_repository_url:
        source[0] = source[0].replace(REPOSITORY_PLACEHOLDER, app.config.cvbook_repository_url)


def _write_robots(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    robots = Path(app.outdir, "robots.txt")
    if app.config.html_baseurl:
        sitemap = urljoin(app.config.html_baseurl, app.config.sitemap_filename)
        robots.write_text(f"User-agent: *\nSitemap: {sitemap}\n")
    else:
        # Remove the files of an earlier build that had an address.
        robots.unlink(missing_ok=True)
        robots.with_name("sitemap.xml").unlink(missing_ok=True)


def register(app: Sphinx) -> None:
    """Connect the handlers of Sphinx's events.

    Parameters
    ----------
    app : Sphinx
    """
    app.add_config_value("cvbook_repository_url", "", "env")
    app.connect("config-inited", _configure)
    app.connect("source-read", _replace_placeholder)
    app.connect("build-finished", _write_robots)
