"""Show what changed in the notebooks, cell by cell.

cvbook diff                            everything since the last commit
cvbook diff 03_transposed_conv         one chapter and its solution
cvbook diff --base main~5              since an older commit
cvbook diff --web                      in the browser, images side by side
"""

import argparse
import subprocess
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", nargs="*", help="notebook, or stem of a chapter; default: all")
    parser.add_argument("--base", default="HEAD", help="git revision to compare with")
    parser.add_argument("--web", action="store_true", help="open it in the browser")


def run(args: argparse.Namespace) -> int:
    from cvbook.reproduce.notebooks import find_notebooks

    paths = [str(path) for path in find_notebooks(args.notebook)]
    module = "nbdime.webapp.nbdiffweb" if args.web else "nbdime.nbdiffapp"
    return subprocess.run([sys.executable, "-m", module, args.base, *paths]).returncode
