"""Print the book as one PDF, by Chromium.

  cvbook pdf                       the book here, as _build/cvbook.pdf
  cvbook pdf ~/course -o book.pdf  the book of another folder

Links to exercises lead to the published book (html.baseurl in _config.yml, or CVBOOK_SITE_URL).
"""

import argparse
from pathlib import Path

from cvbook.errors import CvbookError


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "book",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="folder of the book, with _config.yml; default: here",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("_build/cvbook.pdf"),
        metavar="FILE",
        help="default: %(default)s",
    )


def run(args: argparse.Namespace) -> int:
    try:
        from cvbook.site import pdf
    except ModuleNotFoundError as error:
        raise CvbookError(
            f"no module {error.name} – in this environment – pip install 'cvbook[pdf]'"
        ) from error

    pdf.write(args.book, args.output)
    print(args.output)
    return 0
