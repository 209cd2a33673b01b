"""Lets the tests here import their helpers, which the programs in tools/ use too."""

import os
import sys
from pathlib import Path

# The project's training: as short as one can be that still learns.
os.environ["CVBOOK_PROJECT_SECONDS"] = "12"

sys.path.insert(0, str(Path(__file__).parent))
