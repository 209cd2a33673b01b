"""Names of the files in a download of all submissions from Canvas or Moodle.

Canvas (`lib/content_zipper.rb`, `get_filename`): one file each,
`SORTABLENAME[_LATE]_USERID_FILEID_ORIGINAL`, and `[LATE_]anon_ID_FILEID_ORIGINAL` where students
are anonymous; a file that was uploaded again is called `ORIGINAL-1`. Moodle (`mod/assign`,
`download_submissions`): `FULL NAME_NUMBER_assignsubmission_file[_]/ORIGINAL`, or the same with `_`
in place of `/`; the number is the one of "Participant NUMBER" in the grading worksheet.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

CANVAS_FILE = re.compile(r"^(?P<name>.*?)_(?P<late>LATE_)?(?P<id>\d+)_(?P<file>\d+)_(?P<rest>.+)$")
CANVAS_ANONYMOUS = re.compile(
    r"^(?P<late>LATE_)?anon_(?P<id>[A-Za-z0-9]+)_(?P<file>\d+)_(?P<rest>.+)$"
)
MOODLE_FILE = re.compile(
    r"^(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)_?(?:/|(?<=_))(?P<rest>.+)$"
)


@dataclass(frozen=True)
class Upload:
    """A file that a student uploaded.

    Attributes
    ----------
    lms_id : str
        The student's number in the LMS; empty where the name of the file has none.
    name : str
        The student's name as far as the name of the file has it.
    late : bool
        Whether the LMS says that it was late.
    order : int
        Larger for what was uploaded later.
    path : str
        Name of the file, with the folders in which the student had it.
    """

    lms_id: str
    name: str
    late: bool
    order: int
    path: str


def parse_canvas(path: str) -> Upload | None:
    """Read the name of a file in a download from Canvas.

    Parameters
    ----------
    path : str
        Relative to the download, with `/`.

    Returns
    -------
    Upload or None
        None if it is no such name.
    """
    name = PurePosixPath(path).name
    match = CANVAS_ANONYMOUS.match(name) or CANVAS_FILE.match(name)
    if match is None:
        return None
    parts = match.groupdict()
    return Upload(
        parts["id"], parts.get("name") or "", bool(parts["late"]), int(parts["file"]), parts["rest"]
    )


def parse_moodle(path: str) -> Upload | None:
    """Read the path of a file in a download from Moodle.

    Parameters
    ----------
    path : str
        Relative to the download, with `/`.

    Returns
    -------
    Upload or None
        None if it is no such path, or no uploaded file (text that was typed in).
    """
    parts = path.split("/")
    for start in range(len(parts)):
        match = MOODLE_FILE.match("/".join(parts[start:]))
        if match and match["plugin"] == "file":
            return Upload(match["id"], match["name"], False, 0, match["rest"])
    return None


def parse_plain(path: str) -> Upload | None:
    """Read the path of a file in a folder for each student: `STUDENT/…/FILE`.

    Parameters
    ----------
    path : str
        Relative to the folder of all, with `/`.

    Returns
    -------
    Upload or None
        None for a file that is in no student's folder.
    """
    student, slash, rest = path.partition("/")
    return Upload("", student, False, 0, rest) if slash else None


#: By the name that `cvbook collect --from` takes.
PARSERS = {"canvas": parse_canvas, "moodle": parse_moodle, "files": parse_plain}
