"""Stand-in for the package of this name, which needs `distutils`: the same font, a part of it."""

from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager

FONT = Path(__file__).with_name("NanumGothic.ttf")

font_manager.fontManager.addfont(FONT)
mpl.rc("font", family="NanumGothic")
mpl.rcParams["axes.unicode_minus"] = False
