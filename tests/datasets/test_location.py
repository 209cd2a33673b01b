"""Which data set is in use, in the library and on the command line."""

import os
import subprocess
import sys

import pytest

from cvbook import cli
from cvbook.datasets import drawn, location, oxford_pets


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """A user without any choice yet, and drawn pets that are quickly drawn."""
    monkeypatch.setattr(location, "user_cache_path", lambda name: tmp_path / "cache")
    monkeypatch.setattr(location, "user_config_path", lambda name: tmp_path / "config")
    monkeypatch.setattr(location, "COUNT", 4)
    monkeypatch.setattr(location, "SIZE", 32)
    monkeypatch.delenv("CVBOOK_DATA", raising=False)
    monkeypatch.setenv("CVBOOK_QUIET", "1")


@pytest.fixture
def other(tmp_path):
    drawn.write(tmp_path / "other", 8, size=32, processes=1)
    return tmp_path / "other"


def test_the_drawn_pets_are_drawn_at_first_use_only():
    def files():
        status = (path.stat() for path in sorted(location.load().root.rglob("*")))
        return [(one.st_ino, one.st_mtime_ns) for one in status]

    assert files() == files()
    assert len(location.load().records) == 4


def test_another_version_of_the_drawing_is_another_folder(monkeypatch):
    before = location.drawn_root()
    monkeypatch.setattr(drawn, "VERSION", drawn.VERSION + 1)
    assert location.drawn_root() != before


def test_a_choice_is_remembered_until_it_is_taken_back(other):
    location.use(other)
    assert location.load().root == other
    location.use(None)
    assert len(location.load().records) == 4


def test_the_environment_goes_before_the_choice(other, tmp_path, monkeypatch):
    drawn.write(tmp_path / "third", 4, size=32, seed=9, processes=1)
    location.use(other)
    monkeypatch.setenv("CVBOOK_DATA", str(tmp_path / "third"))
    assert location.load().root == tmp_path / "third"


def test_the_drawn_pets_are_at_hand_whatever_data_set_is_in_use(other, monkeypatch):
    monkeypatch.setenv("CVBOOK_DATA", str(other))
    assert location.load_drawn().root == location.drawn_root()
    assert location.load().root == other


def test_an_argument_goes_before_everything(other, monkeypatch):
    monkeypatch.setenv("CVBOOK_DATA", "/nowhere")
    assert location.load(other).root == other


@pytest.mark.slow
def test_a_chosen_folder_has_a_korean_name_where_files_are_not_utf_8_by_default(tmp_path):
    """As on Windows; this process stands for it with an ASCII locale."""
    (tmp_path / "cvbook").mkdir()
    (tmp_path / "cvbook/data").write_text("/집/사진", "utf-8")
    ascii_locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code = "from cvbook.datasets import location; print(ascii(str(location.chosen()[0])))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | ascii_locale | {"XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == ascii("/집/사진"), done.stderr


def test_a_wrong_choice_leaves_the_earlier_one(other, tmp_path):
    location.use(other)
    with pytest.raises(oxford_pets.DataError):
        location.use(tmp_path)
    assert location.load().root == other


def test_an_unreadable_choice_names_the_command_that_undoes_it(other, monkeypatch):
    location.use(other)
    other.rename(other.with_name("moved"))
    with pytest.raises(oxford_pets.DataError, match=r"other.*cvbook data use drawn"):
        location.load()
    monkeypatch.setenv("CVBOOK_DATA", "/nowhere")
    with pytest.raises(oxford_pets.DataError, match=r"/nowhere.*unset CVBOOK_DATA"):
        location.load()


def test_use_and_show_on_the_command_line(other, capsys):
    assert cli.main(["data", "use", str(other)]) == 0
    capsys.readouterr()
    assert cli.main(["data", "show"]) == 0
    shown = capsys.readouterr().out
    assert "8 pictures of 4 breeds" in shown
    assert str(other) in shown
    assert cli.main(["data", "use", "drawn"]) == 0
    assert "drawn at first use" in capsys.readouterr().out


def test_a_wrong_folder_on_the_command_line(tmp_path, capsys):
    assert cli.main(["data", "use", str(tmp_path)]) == 1
    assert "fetch oxford-pets" in capsys.readouterr().err


def test_draw_on_the_command_line(tmp_path, capsys):
    target = str(tmp_path / "new")
    assert cli.main(["data", "draw", target, "--count", "4", "--size", "32"]) == 0
    assert len(oxford_pets.read(target).records) == 4
    assert cli.main(["data", "draw", target]) == 1
    assert "exists already" in capsys.readouterr().err


def test_an_unknown_data_set_is_a_usage_error(capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["data", "fetch", "imagenet"])
    assert stop.value.code == 2
