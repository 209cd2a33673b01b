"""A gradebook on a real PostgreSQL server."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import course
import pytest

pytestmark = pytest.mark.slow
NAMES = [
    "setup", "double", "double-visible", "double-hidden", "mean", "mean-visible", "mean-hidden",
    "written",
]  # fmt: skip


@pytest.fixture(scope="module")
def postgres(require, unavailable):
    """The address of a PostgreSQL server of our own."""
    packaged = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")), reverse=True)
    home = Path(require("initdb", *packaged, hint="apt-get install postgresql")).parent
    folder = Path("/tmp") / f"cvbook-pg-{os.getpid()}"
    folder.mkdir()
    as_user = []
    if os.getuid() == 0:  # the server refuses to run as root
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            unavailable("there is no user `postgres` to run the server as")
            raise
        os.chown(folder, user.pw_uid, user.pw_gid)
        setpriv = require("setpriv", hint="apt-get install util-linux")
        as_user = [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program, *arguments):
        subprocess.run(
            [*as_user, str(home / program), "-D", str(folder / "data"), *arguments],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp",
        )  # fmt: skip

    try:
        run("initdb", "-U", "teacher", "-A", "trust", "-E", "UTF8", "--no-locale")
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", settings, "start")
        yield f"postgresql://teacher@127.0.0.1:{port}/postgres"
        run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_the_gradebook_may_be_on_a_postgresql_server(graded, postgres, tmp_path):
    root = course.make_class(tmp_path / "pg", 8)
    done = course.grade(root, "--db", postgres)
    assert done.returncode == 0, done.stderr
    assert not (root / "gradebook.db").exists()
    there = course.scores(postgres.replace("postgresql://", "postgresql+psycopg://"))
    assert there == course.scores(course.sqlite(graded))


def test_two_may_enter_an_assignment_into_a_new_gradebook_at_once(
    postgres, require_package, tmp_path
):
    psycopg = require_package("psycopg", "instructor")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE shared")
    url = postgres.removesuffix("postgres") + "shared"
    code = (
        "import sys, pathlib; from cvbook.grading.nbgrader.course import Course\n"
        "print(*Course(pathlib.Path(sys.argv[1]), sys.argv[2]).enter('basics')[0].cells)"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", code, str(course.make(tmp_path / name)), url],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in ("one", "other")
    ]  # fmt: skip
    said = [process.communicate(timeout=120) for process in both]
    assert [out.split() for out, _ in said] == [NAMES] * 2, said
