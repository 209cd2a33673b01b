"""The `cvbook` command: finds the command's module in `cvbook.commands` and runs it."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from cvbook import __version__
from cvbook.errors import CvbookError
from cvbook.kernels.quiet import import_quietly

COMMANDS = {
    "data": "fetch, draw or choose the data set that chapters and exercises use",
    "doctor": "show what was found on this machine, each problem with its remedy",
    "run": "execute the notebooks whose inputs changed and store their outputs",
    "diff": "show what changed in the notebooks since the last commit",
    "release": "make exercises/ from solutions/, or a bundle for students",
    "check": "check an exercise as the visible tests do, task by task",
    "grade": "grade the submissions of an assignment, in parallel, each in a sandbox",
    "feedback": "write the students' feedback pages, with their HTML sanitized",
    "export": "write grades as CSV, or for Canvas or Moodle",
    "report": "write a page about an assignment: distribution, difficulty, failures, copies",
}


def _overview() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    listing = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="cvbook",
        description="Tools of the course book: data, notebooks, exercises and grading.",
        epilog=f"commands:\n{listing}\n\n`cvbook COMMAND --help` explains a command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cvbook {__version__}")
    parser.add_argument("--debug", action="store_true", help="show tracebacks of errors")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="see the list below")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        Exit code: 0 success, 1 a `CvbookError` (or the code it carries), 2 wrong use,
        130 interrupted.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import_quietly("tensorflow")
    overview = _overview()
    chosen = overview.parse_args(argv)
    module = importlib.import_module(f"cvbook.commands.{chosen.command}")
    parser = argparse.ArgumentParser(
        prog=f"cvbook {chosen.command}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.configure(parser)
    args = parser.parse_args(chosen.arguments)
    try:
        return module.run(args) or 0
    except CvbookError as error:
        if chosen.debug:
            raise
        print(f"cvbook {chosen.command}: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(f"cvbook {chosen.command}: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
