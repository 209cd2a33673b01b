"""Font subsetting: only the characters that the pages use.

The theme's icons come as a script of 1.5 MB with all icons, or as fonts of 150 kB; the pages use
some fifty of them. The maths font renders formulas on machines without a maths font of their own.
`static/site.css` declares the fonts.
"""

import logging
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

from cvbook.site import styles

MATHS_FONT = Path(__file__).parent / "vendor/STIXTwoMath-Regular.ttf"  # its licence: OFL.txt
MATHS = re.compile(r"<math.*?</math>", re.DOTALL)
# Of font editors.
UNUSED_TABLES = ["FFTM", "TSI0", "TSI1", "TSI2", "TSI3", "TSI5"]
ICON = re.compile("[\ue000-\uf8ff]")


def write(
    source: Path,
    characters: set[int],
    target: Path,
    features: list[str],
    flavor: str | None = "woff",
) -> None:
    """Write a subset of a font.

    Parameters
    ----------
    source : Path
        The whole font.
    characters : set of int
        Code points that are needed.
    target : Path
        The file.
    features : list of str
        OpenType features to keep; the ligatures of an icon font would include every icon.
    flavor : str or None
        None for an uncompressed font.
    """
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    font = TTFont(source)
    options = subset.Options(layout_features=features, hinting=False, drop_tables=UNUSED_TABLES)
    keep = subset.Subsetter(options)
    keep.populate(unicodes=characters)
    keep.subset(font)
    font.flavor = flavor
    font.save(target)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    pages = [path.read_text() for path in Path(app.outdir).rglob("*.html")]
    icons = {ord(icon) for icon in ICON.findall((static / styles.NAME).read_text())}
    for name in ("fa-solid-900", "fa-brands-400"):
        source = static / f"vendor/fontawesome/webfonts/{name}.ttf"
        write(source, icons, static / f"{name}.woff", [])
    formulas = "".join(formula for page in pages for formula in MATHS.findall(page))
    latin = {*range(0x20, 0x7F), *map(ord, re.sub(r"<[^>]+>", "", formulas))}
    latin.add(0x221A)  # the radical sign, which browsers draw for `<msqrt>`
    # Letters of formulas are drawn in the font's own italic alphabets.
    italic = {*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C), 0x210E}
    write(MATHS_FONT, latin | italic, static / "maths.woff", ["*"])


def register(app: Sphinx) -> None:
    """Write the fonts after the pages.

    Parameters
    ----------
    app : Sphinx
    """
    app.connect("build-finished", _finish, priority=900)
