"""Downloads from a real HTTP server: complete, cut, wrong, hostile."""

import errno
import hashlib
import io
import signal
import subprocess
import sys
import tarfile
import threading
import zipfile
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from PIL import Image

from cvbook import cli
from cvbook.datasets import cats_dogs, fetch, oxford_pets, segmentation


@pytest.fixture
def server():
    """A server with `files` by path; paths in `cut` lose the connection as often as they say.

    Paths in `stuck` stop halfway, set `waiting`, and go on when `released`.
    """

    class Handler(BaseHTTPRequestHandler):
        files: ClassVar[dict[str, bytes]]
        cut: ClassVar[dict[str, int]]
        requested: ClassVar[list[str]]
        stuck: ClassVar[set[str]]
        waiting: ClassVar[threading.Event]
        released: ClassVar[threading.Event]

        def do_GET(self):
            self.requested.append(self.path)
            content = self.files.get(self.path)
            if content is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.cut.get(self.path, 0) > 0:
                self.cut[self.path] -= 1
                content = content[: len(content) // 2]
            if self.path in self.stuck:
                self.wfile.write(content[: len(content) // 2])
                self.waiting.set()
                self.released.wait()
                return
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    Handler.files, Handler.cut, Handler.requested, Handler.stuck = {}, {}, [], set()
    Handler.waiting, Handler.released = threading.Event(), threading.Event()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()
    Handler.address = f"http://127.0.0.1:{listening.server_address[1]}"
    yield Handler
    Handler.released.set()
    listening.shutdown()
    listening.server_close()


def picture(color: int, kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(np.full((8, 8, 3) if kind == "JPEG" else (8, 8), color, np.uint8)).save(
        buffer, kind
    )
    return buffer.getvalue()


def tar(members: dict[str, bytes | tarfile.TarInfo]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in members.items():
            if isinstance(content, tarfile.TarInfo):
                archive.addfile(content)
                continue
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


IMAGES = tar(
    {"images/Abyssinian_1.jpg": picture(9, "JPEG"), "images/beagle_1.jpg": picture(90, "JPEG")}
)
ANNOTATIONS = tar(
    {
        "annotations/list.txt": b"Abyssinian_1 1 1 1\nbeagle_1 2 2 1\n",
        "annotations/trimaps/Abyssinian_1.png": picture(1, "PNG"),
        "annotations/trimaps/beagle_1.png": picture(2, "PNG"),
    }
)


def archive(server, content: bytes, *paths: str, name: str = "images.tar.gz") -> fetch.Archive:
    known_hash = f"sha256:{hashlib.sha256(content).hexdigest()}"
    urls = tuple(f"{server.address}{path}" for path in paths)
    return fetch.Archive(name, urls, known_hash, len(content))


@pytest.fixture
def source(server):
    server.files = {"/a/images": IMAGES, "/b/images": IMAGES, "/a/annotations": ANNOTATIONS}
    return fetch.Source(
        (
            archive(server, IMAGES, "/a/images", "/b/images"),
            archive(server, ANNOTATIONS, "/a/annotations", name="annotations.tar.gz"),
        ),
        fetch.unpack_tar,
        "licence",
    )


def test_what_is_fetched_can_be_read(source, tmp_path, capsys):
    fetch.fetch(source, tmp_path / "pets")
    dataset = oxford_pets.read(tmp_path / "pets")
    assert [(r.name, r.species) for r in dataset.records] == [
        ("Abyssinian_1", "cat"),
        ("beagle_1", "dog"),
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["pets"]
    printed = capsys.readouterr().out
    assert "licence" in printed
    assert "MB free" in printed


def test_a_second_fetch_downloads_nothing(source, server, tmp_path):
    fetch.fetch(source, tmp_path / "pets")
    server.requested.clear()
    fetch.fetch(source, tmp_path / "pets")
    assert server.requested == []


@pytest.mark.parametrize(
    "photographs", ["made", pytest.param("real", marks=pytest.mark.slow)], indirect=True
)
def test_an_archive_of_photographs_on_the_command_line(
    photographs, server, tmp_path, monkeypatch, capsys
):
    archives = []
    for part in ("images", "annotations"):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz", compresslevel=1) as packed:
            packed.add(photographs / part, part)
        server.files[f"/{part}"] = buffer.getvalue()
        archives.append(
            archive(server, buffer.getvalue(), f"/{part}", name=f"{part}.tar.gz"),
        )
    source = fetch.Source(tuple(archives), fetch.unpack_tar, "licence")
    monkeypatch.setitem(fetch.SOURCES, "oxford-pets", source)
    assert cli.main(["data", "fetch", "oxford-pets", "--to", str(tmp_path / "pets")]) == 0
    assert f"cvbook data use {tmp_path / 'pets'}" in capsys.readouterr().out
    fetched, original = oxford_pets.read(tmp_path / "pets"), oxford_pets.read(photographs)
    assert [r.name for r in fetched.records] == [r.name for r in original.records]
    for one, other in zip(fetched.records, original.records, strict=True):
        assert one.image_path.read_bytes() == other.image_path.read_bytes()
        assert (one.head_box, one.species) == (other.head_box, other.species)


def test_an_empty_folder_is_filled(source, tmp_path):
    (tmp_path / "pets").mkdir()
    fetch.fetch(source, tmp_path / "pets")
    assert len(oxford_pets.read(tmp_path / "pets").records) == 2


def test_a_folder_with_something_else_is_left_alone(source, server, tmp_path):
    (tmp_path / "pets").mkdir()
    (tmp_path / "pets" / "diary.txt").write_text("mine")
    with pytest.raises(oxford_pets.DataError, match=r"not free.*pets.*--to"):
        fetch.fetch(source, tmp_path / "pets")
    assert (tmp_path / "pets" / "diary.txt").read_text() == "mine"
    assert server.requested == []


def test_a_cut_connection_is_tried_again(source, server, tmp_path):
    server.cut = {"/a/images": 1, "/b/images": 1}
    fetch.fetch(source, tmp_path / "pets")
    assert server.requested.count("/a/images") == 2
    assert len(oxford_pets.read(tmp_path / "pets").records) == 2


def test_a_connection_that_is_always_cut_leaves_nothing(source, server, tmp_path):
    server.cut = {"/a/images": 99, "/b/images": 99}
    with pytest.raises(
        oxford_pets.DataError, match=r"download failed.*/a/images.*/b/images.*try again"
    ):
        fetch.fetch(source, tmp_path / "pets")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_the_second_address_is_used_where_the_first_fails(source, server, tmp_path):
    del server.files["/a/images"]
    fetch.fetch(source, tmp_path / "pets")
    assert "/b/images" in server.requested


def test_a_wrong_file_is_refused_and_not_kept(source, server, tmp_path):
    server.files |= {"/a/images": b"something else", "/b/images": IMAGES[:-1]}
    with pytest.raises(oxford_pets.DataError, match=r"wrong checksum.*try again"):
        fetch.fetch(source, tmp_path / "pets")
    assert not (tmp_path / "pets").exists()
    assert list(tmp_path.rglob("images*")) == []


def test_a_later_try_downloads_only_what_is_incomplete(source, server, tmp_path):
    content = server.files.pop("/a/annotations")
    with pytest.raises(oxford_pets.DataError, match="download failed"):
        fetch.fetch(source, tmp_path / "pets")
    server.files["/a/annotations"] = content
    server.requested.clear()
    fetch.fetch(source, tmp_path / "pets")
    assert server.requested == ["/a/annotations"]


def link(kind: bytes, target: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo("images/trap")
    member.type, member.linkname = kind, target
    return member


HOSTILE = {
    "parent": tar({"../escaped.txt": b"x"}),
    "deep parent": tar({"images/../../escaped.txt": b"x"}),
    "absolute": tar({"/tmp/cvbook-escaped.txt": b"x"}),
    "symbolic link": tar({"images/trap": link(tarfile.SYMTYPE, "/etc/passwd")}),
    "inner symbolic link": tar({"images/trap": link(tarfile.SYMTYPE, "other")}),
    "hard link": tar({"images/trap": link(tarfile.LNKTYPE, "/etc/passwd")}),
    "device": tar({"images/trap": link(tarfile.CHRTYPE, "")}),
    "pipe": tar({"images/trap": link(tarfile.FIFOTYPE, "")}),
    "truncated": IMAGES[: len(IMAGES) // 2],
    "no archive": b"hello",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_or_broken_archive_leaves_nothing(kind, server, tmp_path):
    server.files["/bad"] = HOSTILE[kind]
    source = fetch.Source((archive(server, HOSTILE[kind], "/bad"),), fetch.unpack_tar, "licence")
    with pytest.raises(oxford_pets.DataError, match=r"images\.tar\.gz"):
        fetch.fetch(source, tmp_path / "inner" / "pets")
    left = {p.name for p in tmp_path.rglob("*") if p.is_file()}
    assert left <= {"images.tar.gz"}
    assert not Path("/tmp/cvbook-escaped.txt").exists()
    assert not (tmp_path / "inner" / "pets").exists()
    assert not list((tmp_path / "inner").glob(".pets-??????*[!s]"))


def test_ctrl_c_while_downloading_leaves_nothing(server, tmp_path):
    server.files["/a"], server.stuck = IMAGES, {"/a"}
    one = archive(server, IMAGES, "/a")
    code = (
        "import sys; from cvbook import cli; from cvbook.datasets import fetch; "
        f"fetch.SOURCES['oxford-pets'] = fetch.Source((fetch.{one!r},), fetch.unpack_tar, ''); "
        f"sys.exit(cli.main(['data', 'fetch', 'oxford-pets', '--to', {str(tmp_path / 'pets')!r}]))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) as user:
        try:
            assert server.waiting.wait(60)
            user.send_signal(signal.SIGINT)
            _, printed = user.communicate(timeout=60)
        finally:
            user.kill()
    assert user.returncode == 130
    assert "interrupted" in printed
    assert "Traceback" not in printed
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_an_interrupt_while_unpacking_leaves_nothing(source, tmp_path):
    def interrupt(path, folder):
        fetch.unpack_tar(path, folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch.fetch(replace(source, unpack=interrupt), tmp_path / "pets")
    assert [p.name for p in tmp_path.iterdir()] == [".pets-archives"]


def test_a_disk_that_fills_up_while_unpacking_keeps_the_download(source, server, tmp_path):
    def full(path, folder):
        fetch.unpack_tar(path, folder)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(oxford_pets.DataError, match=r"disk full.*try again"):
        fetch.fetch(replace(source, unpack=full), tmp_path / "pets")
    assert [p.name for p in tmp_path.iterdir()] == [".pets-archives"]
    server.requested.clear()
    fetch.fetch(source, tmp_path / "pets")
    assert server.requested == []


def test_a_disk_too_small_is_an_error_before_anything_is_downloaded(source, server, tmp_path):
    images, annotations = source.archives
    huge = replace(source, archives=(replace(images, size=10**18), annotations))
    with pytest.raises(oxford_pets.DataError, match=r"disk too full.*--to"):
        fetch.fetch(huge, tmp_path / "pets")
    assert server.requested == []


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as content:
        for name in names:
            content.writestr(name, picture(1, "JPEG"))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        zipped("PetImages/Cat/../../../1.jpg"),
        zipped("../Cat/../1.jpg"),
        zipped("/Cat/1.jpg", "PetImages/Cat/..\\1.jpg"),
        zipped("PetImages/Cat/1.jpg")[:-30],
        b"hello",
    ],
)
def test_a_hostile_or_broken_zip_leaves_nothing(content, server, tmp_path):
    server.files["/zip"] = content
    one = archive(server, content, "/zip", name="cats.zip")
    with pytest.raises(oxford_pets.DataError, match=r"unsafe or broken archive.*cats\.zip"):
        fetch.fetch(
            fetch.Source((one,), fetch.unpack_cats_vs_dogs, "licence"), tmp_path / "in/pets"
        )
    assert {p.name for p in tmp_path.rglob("*") if p.is_file()} == {"cats.zip"}


@pytest.fixture
def cats_and_dogs(server, tmp_path, capsys):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as content:
        for kind in ("Cat", "Dog"):
            for number in range(3):
                content.writestr(f"PetImages/{kind}/{number}.jpg", picture(number, "JPEG"))
            content.writestr(f"PetImages/{kind}/666.jpg", b"")
            content.writestr(f"PetImages/{kind}/667.jpg", picture(1, "JPEG")[:300])
            content.writestr(f"PetImages/{kind}/Thumbs.db", b"x")
        content.writestr("readme[1].txt", b"x")
    server.files["/zip"] = buffer.getvalue()
    name = "kagglecatsanddogs_5340.zip"
    one = archive(server, buffer.getvalue(), "/zip", name=name)
    fetch.fetch(fetch.Source((one,), fetch.unpack_cats_vs_dogs, "licence"), tmp_path / "pets")
    assert "6 pictures, 4 corrupt ones left out" in capsys.readouterr().out
    return oxford_pets.read(tmp_path / "pets")


def test_corrupt_pictures_of_cats_vs_dogs_are_left_out_and_counted(cats_and_dogs):
    assert [r.species for r in cats_and_dogs.records] == ["cat"] * 3 + ["dog"] * 3


@pytest.mark.slow
def test_cats_vs_dogs_can_be_classified_but_not_segmented(cats_and_dogs):
    images, targets = next(iter(cats_dogs(cats_and_dogs.records, 8, 6)))
    assert images.shape == (6, 8, 8, 3)
    assert targets.numpy().ravel().tolist() == [0, 0, 0, 1, 1, 1]
    with pytest.raises(oxford_pets.DataError, match="no trimap"):
        segmentation(cats_and_dogs.records, 8, 6)
