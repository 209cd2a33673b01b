"""Lets the tests here import their helpers, which the programs in tools/ use too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
