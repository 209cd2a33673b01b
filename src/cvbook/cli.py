"""Command-line interface `cvbook`: dispatches to the modules of `cvbook.commands`."""

import argparse
import codecs
import importlib
import io
import os
import sys
from collections.abc import Sequence

from cvbook import __version__
from cvbook.errors import CvbookError
from cvbook.kernels.quiet import import_quietly

COMMANDS = {
    "data": "fetch, draw or choose the data set that chapters and exercises use",
    "doctor": "check what the book needs of this machine, with a remedy for each problem",
    "run": "execute the notebooks whose inputs changed and store their outputs",
    "measure": "measure experiments of the chapters over many seeds and store the results",
    "pdf": "print the book as one PDF, by Chromium",
    "diff": "show what changed in the notebooks since the last commit",
    "release": "make exercises/ from solutions/, or a bundle for students",
    "check": "run the visible tests of an exercise, task by task",
    "collect": "collect submissions from the exchange, Canvas, Moodle or folders",
    "grade": "grade the submissions of an assignment, in parallel, each in a sandbox",
    "mark": "grade answers by hand, one question for all students, in JupyterLab",
    "feedback": "write the students' feedback pages, sanitized",
    "export": "write grades as CSV, or for Canvas or Moodle",
    "report": "write a report on an assignment: distribution, difficulty, failures, copies",
}

EXAMPLES = """\
to learn with the book:
  cvbook doctor                             find out what is missing on this machine
  cvbook data use drawn                     use the drawn pets, or a folder of real photographs
  cvbook check exercises/07_separable_conv  check your answers before you submit them

to teach with it, in the course folder:
  cvbook release --bundle students.zip      write what students get
  cvbook collect 07_separable_conv --from exchange   take what they submitted
  cvbook grade 07_separable_conv            grade their submissions
  cvbook mark 07_separable_conv             grade their essays, one question at a time
  cvbook feedback 07_separable_conv         write their feedback pages
  cvbook report 07_separable_conv           see the results
  cvbook export 07_separable_conv           write the grades for another system

to change the book:
  cvbook run 05_residual                    execute a chapter and its assignment, store the outputs
  cvbook diff 05_residual                   show what changed in them

`cvbook COMMAND --help` explains a command. An error is one line: what, where, what to do; with
`cvbook --debug COMMAND` a traceback. Exit code: 0 success, 1 error, 2 wrong usage, 130 interrupted.
"""


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    """Stand-ins for letters that a console's encoding lacks, as Windows' in Korean does."""
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end].replace("–", "-")
    return text.encode("ascii", "replace").decode(), error.end


codecs.register_error("cvbook-ascii", _in_ascii)


def _main_parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    listing = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="cvbook",
        description="Tools of the course book: data, notebooks, exercises and grading.",
        epilog=f"commands:\n{listing}\n\n{EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cvbook {__version__}")
    parser.add_argument("--debug", action="store_true", help="show tracebacks of errors")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="see the list below")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        Command-line arguments; `sys.argv[1:]` by default.

    Returns
    -------
    int
        Exit code: 0 success, 1 a `CvbookError` (or its own exit code), 2 wrong usage,
        130 interrupted, 141 its output was closed.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="cvbook-ascii")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import_quietly("tensorflow")
    selected = _main_parser().parse_args(argv)
    module = importlib.import_module(f"cvbook.commands.{selected.command}")
    parser = argparse.ArgumentParser(
        prog=f"cvbook {selected.command}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.configure(parser)
    args = parser.parse_args(selected.arguments)
    try:
        code = module.run(args) or 0
        sys.stdout.flush()
        return code
    except CvbookError as error:
        if selected.debug:
            raise
        print(f"cvbook {selected.command}: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # by `| head`; what is left to write goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except PermissionError as error:
        if selected.debug:
            raise
        print(
            f"cvbook {selected.command}: no permission – {error.filename} – let its owner give you "
            "the right (`ls -l` names owner and group), or run it in another folder",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print(f"cvbook {selected.command}: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
