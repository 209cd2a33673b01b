"""Arguments and set-up shared by the commands on a course folder."""

import argparse
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvbook.grading.nbgrader.course import Course


def add_course_argument(parser: argparse.ArgumentParser) -> None:
    """Add `--course`.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument(
        "--course",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="course folder, with nbgrader_config.py; default: the current folder",
    )


def add_assignment_arguments(parser: argparse.ArgumentParser, required: bool = True) -> None:
    """Add `ASSIGNMENT`, `--course` and `--db`.

    Parameters
    ----------
    parser : ArgumentParser
    required : bool
        Whether an assignment must be named.
    """
    parser.add_argument(
        "assignment",
        metavar="ASSIGNMENT",
        nargs=None if required else "?",
        help="such as 07_separable_conv",
    )
    add_course_argument(parser)
    parser.add_argument(
        "--db",
        metavar="URL",
        help="gradebook, as an SQLAlchemy URL; default: as in nbgrader_config.py, or gradebook.db "
        "in the course folder",
    )


def open_course(args: argparse.Namespace) -> "Course":
    """Open the course folder that the arguments name.

    Parameters
    ----------
    args : Namespace
        Of a parser with `add_assignment_arguments`.

    Returns
    -------
    Course

    Raises
    ------
    CvbookError
        If the folder or its configuration cannot be read.
    """
    from sqlalchemy.exc import SAWarning

    from cvbook.grading.nbgrader.course import Course

    warnings.simplefilter("ignore", SAWarning)  # raised by nbgrader's own models
    return Course(args.course, args.db)
