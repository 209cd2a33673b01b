"""The command line as a person meets it."""

import argparse
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cvbook import cli
from cvbook.errors import CvbookError

CVBOOK = Path(sys.executable).with_name("cvbook")


def cvbook(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([CVBOOK, *arguments], capture_output=True, text=True)


def test_help_lists_every_command():
    done = cvbook("--help")
    assert done.returncode == 0
    for name, text in cli.COMMANDS.items():
        assert name in done.stdout
        assert text in done.stdout


def test_the_examples_of_the_help_are_commands_that_exist():
    """Each is parsed as its command parses it; nothing is run."""
    examples = re.findall(r"^  cvbook (\w+)(.*?)(?:  .*)?$", cli.EXAMPLES, re.MULTILINE)
    assert len(examples) > 5
    for name, arguments in examples:
        parser = argparse.ArgumentParser()
        importlib.import_module(f"cvbook.commands.{name}").configure(parser)
        parser.parse_args(arguments.split())


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name):
    done = cvbook(name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"usage: cvbook {name}" in done.stdout
    assert len(done.stdout.split()) > 20


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from cvbook import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print({'numpy', 'tensorflow', 'nbformat'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.endswith("set()\n")


def test_an_unknown_command_is_wrong_use():
    done = cvbook("grrade")
    assert done.returncode == 2
    assert "grrade" in done.stderr


@pytest.fixture
def failing_command(monkeypatch):
    """`cvbook doctor` replaced by a command that raises what the test asks for."""
    from cvbook.commands import doctor

    def fail_with(error: BaseException) -> None:
        def run(args):
            raise error

        monkeypatch.setattr(doctor, "run", run)

    return fail_with


def test_an_error_is_one_line_and_an_exit_code(failing_command, capsys):
    failing_command(CvbookError("corrupt picture – a.jpg – replace it"))
    assert cli.main(["doctor"]) == 1
    assert capsys.readouterr().err == "cvbook doctor: corrupt picture – a.jpg – replace it\n"


def test_debug_shows_the_traceback(failing_command):
    failing_command(CvbookError("corrupt picture"))
    with pytest.raises(CvbookError):
        cli.main(["--debug", "doctor"])


def test_an_interrupt_is_reported_with_its_exit_code(failing_command, capsys):
    failing_command(KeyboardInterrupt())
    assert cli.main(["doctor"]) == 130
    assert "interrupted" in capsys.readouterr().err
