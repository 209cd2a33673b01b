"""Execute notebooks and store their outputs, without what changes from run to run.

Only notebooks whose inputs changed are executed: their code, the modules of cvbook that they
import, the data set in use, the versions of the libraries, or a stored output that was altered.
A notebook that fails keeps its stored file; what was already stored is kept on Ctrl-C.

  cvbook run                             every chapter and solution whose inputs changed
  cvbook run 03_transposed_conv          one chapter and its assignment
  cvbook run book/05_residual.ipynb --force
"""

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", nargs="*", help="notebook, or stem of a chapter; default: all")
    parser.add_argument("--force", action="store_true", help="execute unchanged ones too")
    parser.add_argument(
        "--jobs", type=int, default=2, metavar="N", help="notebooks at once (default 2)"
    )


def run(args: argparse.Namespace) -> int:
    from cvbook.reproduce import execute

    paths = execute.find_notebooks(args.notebook)
    outcome = execute.run(paths, force=args.force, jobs=args.jobs)
    print(
        f"{len(outcome.stored)} stored, {len(outcome.unchanged)} unchanged, "
        f"{len(outcome.failed)} failed"
    )
    for path, message in outcome.failed.items():
        print(f"\n{path}: {message}")
    return 1 if outcome.failed else 0
