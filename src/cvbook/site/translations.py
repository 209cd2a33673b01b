"""Korean message catalogs for messages that the theme and its extensions do not translate.

Each `.po` file in `locale/` is named after the catalog that it completes. English text of the
theme's templates that is not passed to gettext is replaced in `templates/`.
"""

import json
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.locale import get_translation

LOCALE = Path(__file__).parent / "locale"
# The key of each message in sphinx-copybutton's script, and its English.
COPYBUTTON = {
    "copy": "Copy",
    "copy_to_clipboard": "Copy to clipboard",
    "copy_success": "Copied!",
    "copy_failure": "Failed to copy",
}
COPYBUTTON_TABLE = "const messages = {\n"


def add_catalogs(app: Sphinx, source: Path) -> None:
    """Compile the catalogs of a folder and add them to those of the same name.

    Parameters
    ----------
    app : Sphinx
    source : Path
        Folder with `LANGUAGE/LC_MESSAGES/CATALOG.po`.
    """
    files = sorted(source.glob("*/LC_MESSAGES/*.po"))
    # gettext reads a catalog when it is added; the package's own folder may be read-only.
    with tempfile.TemporaryDirectory() as folder:
        for po in files:
            mo = Path(folder, po.relative_to(source)).with_suffix(".mo")
            mo.parent.mkdir(parents=True, exist_ok=True)
            with po.open("rb") as text, mo.open("wb") as compiled:
                write_mo(compiled, read_po(text))
        for name in sorted({po.stem for po in files}):
            app.add_message_catalog(name, folder)


def _add_language_to_copybutton(app: Sphinx, exception: Exception | None) -> None:
    """Add the language of the book to sphinx-copybutton's table: which has no option for it."""
    if exception is not None or app.builder.format != "html":
        return
    path = Path(app.outdir, "_static/copybutton.js")
    script = path.read_text()
    if COPYBUTTON_TABLE not in script:
        raise ExtensionError(f"no table of messages – in {path} – sphinx-copybutton has changed")
    translate = get_translation("copybutton")
    messages = {key: translate(english) for key, english in COPYBUTTON.items()}
    entry = json.dumps({app.config.language: messages}, ensure_ascii=False, indent=2)
    path.write_text(script.replace(COPYBUTTON_TABLE, f"{COPYBUTTON_TABLE}{entry[2:-2]},\n", 1))


def register(app: Sphinx) -> None:
    """Add the catalogs.

    Parameters
    ----------
    app : Sphinx
    """
    add_catalogs(app, LOCALE)
    # The script is copied anew in every build, before this event.
    app.connect("build-finished", _add_language_to_copybutton)
