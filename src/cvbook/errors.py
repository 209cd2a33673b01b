"""Base class of expected errors, reported to users without a traceback."""


class CvbookError(Exception):
    """Bad input or a missing prerequisite.

    The message has the form *what – where – what to do*; the command line prints it alone,
    without a traceback, and exits with `exit_code`.
    """

    exit_code = 1
