"""Lets the tests here import `submissions`, which `mutants.py` and `report.py` use too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
