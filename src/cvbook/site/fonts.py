"""The few characters of big fonts that the pages use, as small fonts.

The theme's icons come as a script of 1.5 MB that holds every icon there is, or as fonts of 150 kB;
the pages use some twenty of them. The maths font serves formulas on machines that have none.
"""

import logging
import re
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

ICON = re.compile(r'class="[^"]*\bfa(?:-solid|-regular|-brands|[srb])?\s[^"]*"')
MATHS = re.compile(r"<math.*?</math>", re.DOTALL)
THEME_ICON = re.compile(r'"\\(f[0-9a-f]{3})"')
FACES = (("fa-solid-900", "Free", 900), ("fa-brands-400", "Brands", 400))


def write(source: Path, characters: set[int], target: Path, features: list[str]) -> None:
    """Write part of a font.

    Parameters
    ----------
    source : Path
        The whole font.
    characters : set of int
        Code points that are needed.
    target : Path
        The WOFF file.
    features : list of str
        OpenType features to keep; the ligatures of an icon font would bring in every icon.
    """
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    font = TTFont(source)
    options = subset.Options(layout_features=features, hinting=False, drop_tables=["FFTM"])
    keep = subset.Subsetter(options)
    keep.populate(unicodes=characters)
    keep.subset(font)
    font.flavor = "woff"
    font.save(target)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    pages = [path.read_text() for path in Path(app.outdir).rglob("*.html")]
    names = {
        name
        for page in pages
        for icon in ICON.findall(page)
        for name in re.findall(r"\bfa-([a-z0-9-]+)", icon)
    }
    theme = (static / "styles/pydata-sphinx-theme.css").read_text()
    used_by_theme = {int(code, 16) for code in THEME_ICON.findall(theme)}
    css = []
    for file, family, weight in FACES:
        source = static / f"vendor/fontawesome/webfonts/{file}.ttf"
        known = {name: code for code, name in TTFont(source).getBestCmap().items()}
        found = {name: known[name] for name in sorted(names & known.keys())}
        write(source, used_by_theme | set(found.values()), static / f"{file}.woff", [])
        css.append(
            f'@font-face{{font-family:"Font Awesome 6 {family}";font-weight:{weight};'
            f'src:url({file}.woff) format("woff")}}'
        )
        for name, code in found.items():
            css.append(
                f".fa-{name}::before{{content:'\\{code:x}';"
                f"font:{weight} 1em/1 'Font Awesome 6 {family}'}}"
            )
    formulas = "".join(formula for page in pages for formula in MATHS.findall(page))
    latin = {*range(0x20, 0x7F), *map(ord, re.sub(r"<[^>]+>", "", formulas))}
    latin.add(0x221A)  # the sign of a root, which `<msqrt>` draws without naming it
    # Letters of formulas are drawn in the font's own italic alphabets.
    italic = {*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C), 0x210E}
    source = Path(str(files("ziamath") / "fonts/STIXTwoMath-Regular.ttf"))
    write(source, latin | italic, static / "maths.woff", ["*"])
    css.append('@font-face{font-family:"cvbook maths";src:url(maths.woff) format("woff")}')
    (static / "fonts.css").write_text("\n".join(css) + "\n")


def register(app: Sphinx) -> None:
    """Write the fonts once the pages are there."""
    app.add_css_file("fonts.css", priority=901)
    app.connect("build-finished", _finish, priority=900)
