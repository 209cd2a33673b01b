"""Pyodide's files from a folder or a server, and what is refused of either."""

import contextlib
import re

import pytest

from cvbook.site.live import pyodide as release


@pytest.fixture
def server(pyodide, serve, monkeypatch):
    """Pyodide's distribution is on a server of this machine, and nothing is in the cache."""
    monkeypatch.delenv(release.VARIABLE, raising=False)
    monkeypatch.setattr(release, "ADDRESS", serve(pyodide))


def test_files_are_downloaded_once_and_checked(server, tmp_path, monkeypatch, pyodide):
    files = release.fetch(tmp_path)
    assert {"pyodide.asm.wasm", "python_stdlib.zip"} < files.keys()
    assert any(name.startswith("numpy-") for name in files)
    for name, file in files.items():
        assert file.read_bytes() == (pyodide / name).read_bytes()
    monkeypatch.setattr(release, "ADDRESS", "http://127.0.0.1:9/")  # nobody answers there
    assert release.fetch(tmp_path) == files


def test_a_server_that_sends_something_else_is_refused(serve, tmp_path, monkeypatch):
    (tmp_path / "server").mkdir()
    (tmp_path / "server" / release.LOCK).write_text('{"info": {"version": "0.27.7"}}')
    monkeypatch.delenv(release.VARIABLE, raising=False)
    monkeypatch.setattr(release, "ADDRESS", serve(tmp_path / "server"))
    with pytest.raises(release.PyodideMissing, match=r"cannot download pyodide"):
        release.fetch(tmp_path / "cache")
    with pytest.raises(release.PyodideMissing, match="cannot download pyodide-lock"):
        release.locked(tmp_path / "cache")


@pytest.mark.parametrize("name", [release.LOCK, "pyodide.mjs"])
def test_a_folder_with_another_file_is_refused(name, pyodide, tmp_path, monkeypatch):
    monkeypatch.setenv(release.VARIABLE, str(tmp_path))
    for file in pyodide.iterdir():
        with contextlib.suppress(FileExistsError):
            (tmp_path / file.name).symlink_to(file)
    assert release.fetch(release.find())
    (tmp_path / name).unlink()
    with pytest.raises(release.PyodideMissing, match=f"{name} is missing"):
        release.fetch(release.find())
    (tmp_path / name).write_bytes((pyodide / name).read_bytes() + b" ")
    with pytest.raises(release.PyodideMissing, match=f"{name} differs"):
        release.fetch(release.find())


@pytest.mark.slow
def test_without_a_network_the_site_is_built_without_run_buttons_and_one_line_says_so(
    build_book, tmp_path
):
    nobody = "http://127.0.0.1:9"
    site = build_book(CVBOOK_PYODIDE="", HTTPS_PROXY=nobody, XDG_CACHE_HOME=str(tmp_path))
    lines = (site.parents[1] / "stderr.txt").read_text().splitlines()
    assert [line for line in lines if "Run buttons" in line] == [
        f"pages without Run buttons: cannot download pyodide.asm.js – {release.ADDRESS} – "
        f"set {release.VARIABLE} to a folder with it"
    ]
    assert not [line for line in lines if "Traceback" in line or "Error" in line]
    page = (site / "book/one.html").read_text()
    assert "1 + 1" in re.sub(r"<[^>]+>", "", page)
    assert "live-cells" not in page
    assert not list(site.glob("exercises/*.html"))
