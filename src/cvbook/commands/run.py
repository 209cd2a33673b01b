"""Execute notebooks and store their outputs, normalized: no times, addresses or paths.

Only notebooks whose inputs changed are executed: their code, the code of the cvbook modules that
they import, the data set in use, the versions of the libraries, or a stored output that was edited.
Text cells, comments and docstrings do not count. If only a widget's JavaScript or CSS changed, it
is replaced in the stored outputs without execution. A notebook that fails is not stored; on Ctrl-C,
those already stored remain. Lint violations of stored notebooks are printed.

  cvbook run                             every chapter and solution whose inputs changed
  cvbook run 03_transposed_conv          one chapter and its solution
  cvbook run book/05_residual.ipynb --force

Check the result with `cvbook diff`, then commit the notebooks with the change that caused them.
Exit code: 0 if every notebook ran to its end, 1 otherwise.
"""

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", nargs="*", help="notebook, or stem of a chapter; default: all")
    parser.add_argument("--force", action="store_true", help="execute unchanged notebooks too")
    parser.add_argument(
        "--jobs", type=int, default=2, metavar="N", help="notebooks executed at once (default 2)"
    )


def run(args: argparse.Namespace) -> int:
    from cvbook.reproduce.notebooks import find_notebooks
    from cvbook.reproduce.run import run_notebooks

    outcome = run_notebooks(find_notebooks(args.notebook), force=args.force, jobs=args.jobs)
    print(
        f"{len(outcome.stored)} stored, {len(outcome.unchanged)} unchanged, "
        f"{len(outcome.failed)} failed"
    )
    for path, message in outcome.failed.items():
        print(f"\n{path}: {message}")
    return 1 if outcome.failed else 0
