"""Fetch, draw or choose the data set that chapters and exercises use.

  cvbook data show                  which one is in use
  cvbook data fetch oxford-pets     download, check and unpack the real photographs
  cvbook data use FOLDER            use a folder in the Oxford-IIIT Pet layout from now on
  cvbook data use drawn             go back to the drawn pets
  cvbook data draw FOLDER           draw a data set of another size or seed

For one run only, set the environment variable CVBOOK_DATA to a folder.
"""

import argparse
from pathlib import Path

from cvbook.datasets import location


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("show", help="show which data set is in use")
    fetch = actions.add_parser("fetch", help="download, check and unpack real photographs")
    fetch.add_argument("name", choices=["oxford-pets", "cats-vs-dogs"])
    fetch.add_argument("--to", type=Path, metavar="FOLDER", help="default: the user's cache")
    use = actions.add_parser("use", help="use a data set from now on")
    use.add_argument("folder", help="a folder in the Oxford-IIIT Pet layout, or `drawn`")
    draw = actions.add_parser("draw", help="draw a data set")
    draw.add_argument("folder", type=Path, help="folder to make")
    draw.add_argument("--count", type=int, default=location.COUNT, help="pictures (%(default)s)")
    draw.add_argument("--size", type=int, default=location.SIZE, help="pixels (%(default)s)")
    draw.add_argument("--seed", type=int, default=location.SEED, help="(%(default)s)")


def run(args: argparse.Namespace) -> int:
    {"show": _show, "fetch": _fetch, "use": _use, "draw": _draw}[args.action](args)
    return 0


def _show(args: argparse.Namespace) -> None:
    print(location.describe())


def _fetch(args: argparse.Namespace) -> None:
    from platformdirs import user_cache_path

    from cvbook.datasets.fetch import SOURCES, fetch

    target = (args.to or user_cache_path("cvbook") / args.name).expanduser().resolve()
    fetch(SOURCES[args.name], target)
    print(f"{args.name} is in {target}\nuse it from now on: cvbook data use {target}")


def _use(args: argparse.Namespace) -> None:
    location.use(None if args.folder == "drawn" else args.folder)
    print(location.describe())


def _draw(args: argparse.Namespace) -> None:
    from cvbook.datasets import drawn
    from cvbook.datasets.oxford_pets import DataError

    try:
        drawn.write(args.folder, args.count, size=args.size, seed=args.seed)
    except (FileExistsError, ValueError) as error:
        raise DataError(f"cannot draw – {args.folder} – {error}") from error
    print(f"{args.count} pictures in {args.folder}\nuse them: cvbook data use {args.folder}")
