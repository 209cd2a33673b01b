"""The archives that carry a notebook's files to its kernel."""

import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from cvbook.kernels import archive

FILES = {"x.csv": b"1", "data/deep/y.bin": bytes(range(256)) * 100, "한글 이름.txt": "글".encode()}


def archive_of(*members):
    """An archive as a stranger could write it: `(name, type)` of each member."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as writer:
        for name, kind in members:
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            writer.addfile(entry)
    file.seek(0)
    return file


def files_in(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_working_copy_holds_no_notebooks_and_no_links(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.csv").write_text("1")
    (tmp_path / "tests.ipynb").write_text("hidden")
    (tmp_path / "secret").symlink_to("/etc/shadow")
    (tmp_path / "folder").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")
    assert dict(archive.working_copy(tmp_path)) == {"data/x.csv": b"1"}


def test_what_is_written_is_what_is_extracted(tmp_path):
    with open(tmp_path / "a.tar", "w+b") as file:
        archive.write(file, FILES)
        archive.extract(file, tmp_path / "out")
    assert files_in(tmp_path / "out") == FILES


def test_extracts_with_the_python_of_debian_12(tmp_path, require):
    """Its 3.11.2 has no `tarfile.data_filter`; the module needs the standard library only."""
    python = require("/usr/bin/python3", hint="apt-get install python3")
    with open(tmp_path / "a.tar", "w+b") as file:
        archive.write(file, FILES)
    code = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('archive', sys.argv[1])\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        "module.extract(open('a.tar', 'rb'), 'out')\n"
    )
    done = subprocess.run(
        [python, "-c", code, archive.__file__], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert files_in(tmp_path / "out") == FILES


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../outside", tarfile.REGTYPE),
        ("a/../../outside", tarfile.REGTYPE),
        ("/tmp/cvbook-outside", tarfile.REGTYPE),
        ("link", tarfile.SYMTYPE),
        ("hard", tarfile.LNKTYPE),
        ("device", tarfile.CHRTYPE),
        ("pipe", tarfile.FIFOTYPE),
    ],
)
def test_a_member_that_is_no_plain_file_inside_the_folder_is_refused(tmp_path, name, kind):
    with pytest.raises(ValueError, match="archive"):
        archive.extract(archive_of(("good", tarfile.REGTYPE), (name, kind)), tmp_path / "out")
    assert not (tmp_path / "outside").exists()
    assert not Path("/tmp/cvbook-outside").exists()
