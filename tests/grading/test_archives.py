"""ZIP files of a download: whatever their bytes are, the others are read."""

import io
import zipfile

import pytest

from cvbook.errors import CvbookError
from cvbook.grading.lms import archives


def test_a_damaged_zip_file_is_named_and_stops_nothing(tmp_path):
    """Each byte of a student's ZIP file in turn, in the download of a class."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("basics.ipynb", "x" * 50)
    whole = inner.getvalue()
    download = tmp_path / "download.zip"
    with zipfile.ZipFile(download, "w") as archive:
        for place in range(len(whole)):
            for value in (0, 255):
                damaged = whole[:place] + bytes([value]) + whole[place + 1 :]
                archive.writestr(f"{place}-{value}.zip", damaged)
        archive.writestr("last.txt", "1")
    found = list(archives.read_files(download))
    assert found[-1].content == b"1"
    assert all(file.problem or file.content for file in found)
    assert sum(bool(file.problem) for file in found) > len(whole) / 4
    download.write_bytes(download.read_bytes()[:100] + download.read_bytes()[-100:])
    with pytest.raises(CvbookError, match="cannot be read"):
        list(archives.read_files(download))
