"""Language of what commands say to students: gettext catalogs in `locale/`, English without one.

The reader's locale decides. Where it names no language, as on many servers, the course does: it
installs a setting of JupyterLab's language, which holds for the commands too.
"""

import functools
import gettext as _gettext
import json
import locale
import os
import sys
import unicodedata
from pathlib import Path

DOMAIN = "cvbook"
FOLDER = Path(__file__).with_name("locale")
#: JupyterLab's settings that this package installs.
LAB = Path(sys.prefix, "share/jupyter/lab/settings/overrides.json")
#: Variables that name the languages, as GNU gettext reads them.
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def languages() -> list[str]:
    """List the languages to try, the best first.

    Returns
    -------
    list of str
        Such as `["ko_KR.UTF-8"]`.
    """
    named = next(filter(None, (os.environ.get(name) for name in VARIABLES)), "")
    if sys.platform == "win32" and not named:
        import ctypes

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        named = locale.windows_locale.get(number, "")
    if named.partition(".")[0] in ("", "C", "POSIX"):
        named = _language_of_the_course()
    return named.split(":")


def _language_of_the_course() -> str:
    try:
        settings = json.loads(LAB.read_text("utf-8"))
        return str(settings["@jupyterlab/translation-extension:plugin"]["locale"])
    except (OSError, ValueError, KeyError):
        return "en"


@functools.cache
def _catalog(names: tuple[str, ...]) -> _gettext.NullTranslations:
    english = next((i for i, name in enumerate(names) if name.startswith("en")), len(names))
    return _gettext.translation(DOMAIN, FOLDER, names[:english] or ["en"], fallback=True)


def translate(message: str) -> str:
    """Return a message in the reader's language.

    Parameters
    ----------
    message : str
        In English.

    Returns
    -------
    str
    """
    return _catalog(tuple(languages())).gettext(message)


def padded(text: str, width: int) -> str:
    """Append spaces up to a width in a terminal, where Korean letters take two columns.

    Parameters
    ----------
    text : str
    width : int

    Returns
    -------
    str
    """
    return text + " " * (width - columns(text))


def columns(text: str) -> int:
    """Width of a text in a terminal.

    Parameters
    ----------
    text : str

    Returns
    -------
    int
    """
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
