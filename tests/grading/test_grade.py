"""`cvbook grade` against plain nbgrader, real databases, kills and lost workers."""

import argparse
import contextlib
import json
import os
import pwd
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import course
import psycopg
import pytest
from distributed import Client, Future, Security, wait
from nbgrader.api import Gradebook

from cvbook.commands import grade as grade_command
from cvbook.grading.batch import Batch
from cvbook.grading.execution import Limits
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import export, report
from cvbook.kernels.sandbox import unavailable_reason

NO_SANDBOX = unavailable_reason()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(NO_SANDBOX), reason=f"needs the sandbox: {NO_SANDBOX}"),
]
DEPLOY = Path(__file__).parents[2] / "deploy"
NAMES = [
    "setup", "double", "double-visible", "double-hidden", "mean", "mean-visible", "mean-hidden",
    "written",
]  # fmt: skip
WRONG = {
    "double": ["return x", "return x * x", "return 6", "x = 2 * x"],
    "mean": ["return 2", "return max(values)", "raise NotImplementedError"],
}


def make_class(root, count):
    """Honest submissions, right and wrong."""
    course.make(root)
    for number in range(count):
        notebook = course.released()
        for name, wrong in WRONG.items():
            kind = number % (len(wrong) + 1)
            if kind:
                first = course.RIGHT[name].splitlines()[0]
                course.answer(notebook, name, f"{first}\n    {wrong[kind - 1]}")
        course.hand_in(root, f"s{number:03d}", notebook)
    return root


def command(root, *more):
    return [
        *(sys.executable, "-m", "cvbook.cli", "grade", "basics", "--course", str(root)),
        *("--workers", "2", "--timeout", "30", *more),
    ]


def grade(root, *more):
    return subprocess.run(command(root, *more), capture_output=True, text=True, timeout=300)


def scores(url):
    """All that the gradebook holds of automatic grades."""
    with Gradebook(url, "small") as gradebook:
        return {
            (submission.student.id, one.name): one.auto_score
            for submission in gradebook.assignment_submissions("basics")
            for notebook in submission.notebooks
            for one in notebook.grades
        }


def sqlite(root):
    return f"sqlite:///{root}/gradebook.db"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class graded in one go; the others are compared with it."""
    root = make_class(tmp_path_factory.mktemp("class"), 8)
    done = grade(root)
    assert done.returncode == 0, done.stderr
    return root


def test_same_scores_as_plain_nbgrader(graded, tmp_path):
    root = make_class(tmp_path / "plain", 8)
    bin_folder = str(Path(sys.executable).parent)
    environment = os.environ | {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    for step in ("generate_assignment", "autograde"):
        subprocess.run(
            [f"{bin_folder}/nbgrader", step, "basics"],
            cwd=root, env=environment, check=True, capture_output=True, timeout=200,
        )  # fmt: skip
    expected = scores(sqlite(root))
    assert len(set(expected.values())) > 2
    assert scores(sqlite(graded)) == expected


def test_the_report_works_offline_and_links_to_formgrader(graded, tmp_path):
    page, numbers = report.write(
        Course(graded), "basics", tmp_path / "r.html", "http://here:8888/formgrader/"
    )
    text = page.read_text("utf-8")
    assert "제출 8명" in text
    assert 'href="http://here:8888/formgrader/gradebook/basics"' in text
    assert 'href="http://here:8888/formgrader/manage_students/s001/basics"' in text
    assert not re.search(r"(src|url)[=(]\W?(https?:)?//", text)
    assert "NotImplementedError" in text  # a failure that students saw
    lines = numbers.read_text("utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in lines] == [
        "cell", "double-visible", "double-hidden", "mean-visible", "mean-hidden",
    ]  # fmt: skip


def test_the_report_counts_what_was_graded_by_hand(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    with Gradebook(sqlite(root), "small") as gradebook:
        before = gradebook.find_submission("basics", "s000").score
        grade = gradebook.find_grade("written", "basics", "basics", "s000")
        grade.manual_score = 5
        gradebook.db.commit()
        mean = sum(s.score for s in gradebook.assignment_submissions("basics")) / 8
    page, _ = report.write(Course(root), "basics", tmp_path / "r.html", "http://here/formgrader")
    assert before == 10
    assert f"평균 {mean:.1f}점" in page.read_text("utf-8")


def test_one_page_that_cannot_be_made_does_not_keep_the_others_back(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    (root / "autograded" / "s003" / "basics" / "basics.ipynb").write_text("{")
    done = subprocess.run(
        [sys.executable, "-m", "cvbook.cli", "feedback", "basics", "--course", str(root)],
        capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert done.returncode == 1
    assert "s003" in done.stderr
    assert "Traceback" not in done.stderr
    pages = {path.parts[-3] for path in (root / "feedback").glob("*/basics/basics.html")}
    assert pages == {f"s{number:03d}" for number in range(8)} - {"s003"}
    assert "7 of 8" in done.stdout


def test_exported_grades_have_the_columns_that_canvas_and_moodle_look_for(graded, tmp_path):
    table = export.rows(Course(graded), "basics")
    for kind, write in export.WRITERS.items():
        write(tmp_path / kind, "basics", table)
    canvas = (tmp_path / "canvas").read_text("utf-8-sig").splitlines()
    assert canvas[0] == "Student,ID,SIS Login ID,Section,basics"
    assert canvas[1] == "    Points Possible,,,,15"
    assert canvas[2] == "s000,,s000,,10"
    moodle = (tmp_path / "moodle").read_text("utf-8-sig").splitlines()
    assert moodle[:2] == ["username,email,idnumber,basics", "s000,,,10"]


def test_unchanged_submissions_are_skipped_and_changed_ones_graded(graded):
    before = (graded / "autograded" / "s001" / "basics" / "basics.ipynb").stat().st_mtime_ns
    changed = graded / "submitted" / "s000" / "basics" / "note.txt"
    changed.write_text("s000의 메모")
    done = grade(graded)
    assert done.returncode == 0
    assert "7 unchanged" in done.stdout
    after = (graded / "autograded" / "s001" / "basics" / "basics.ipynb").stat().st_mtime_ns
    assert after == before


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_and_started_again_ends_with_the_same_gradebook(graded, tmp_path, how):
    root = make_class(tmp_path / "killed", 8)
    records = root / ".cvbook" / "grades" / "basics"
    process = subprocess.Popen(
        command(root), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    while process.poll() is None and len(list(records.glob("*.json"))) < 2:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.05)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    kept = {path.name: path.stat().st_mtime_ns for path in records.glob("*.json")}
    assert 2 <= len(kept) < 8, (process.returncode, said.decode())
    done = grade(root)
    assert done.returncode == 0, done.stderr
    assert all((records / name).stat().st_mtime_ns == time for name, time in kept.items())
    assert scores(sqlite(root)) == scores(sqlite(graded))
    assert not list((root / ".cvbook").glob("stage-*/"))


#: Ctrl-C while Python finalises an object: there, exceptions are printed and forgotten.
FORGOTTEN = """
import os, signal, sys
from cvbook.cli import main
from cvbook.grading.batch import Batch

class Forgets:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(1000))

def first(self, *arguments):
    store(self, *arguments)
    Batch._store = store
    Forgets()

store, Batch._store = Batch._store, first
sys.exit(main(sys.argv[1:]))
"""


def test_an_interrupt_that_python_forgets_ends_the_run_too(tmp_path):
    root = make_class(tmp_path, 8)
    line = [sys.executable, "-c", FORGOTTEN, *command(root)[3:]]
    done = subprocess.run(line, capture_output=True, text=True, timeout=200)
    assert "Exception ignored" in done.stderr
    assert done.returncode == 130
    assert len(list((root / ".cvbook" / "grades" / "basics").glob("*.json"))) < 8


def test_an_assignment_half_entered_by_a_killed_run_is_entered_again(tmp_path):
    root = course.make(tmp_path)
    whole = Course(root).enter("basics")
    with Gradebook(sqlite(root), "small") as gradebook:
        gradebook.db.delete(gradebook.find_source_cell("mean-hidden", "basics", "basics"))
        gradebook.db.commit()
    (root / ".cvbook" / "entering-basics").touch()
    assert Course(root).enter("basics") == whole
    assert Course(root).enter("basics") == whole


def test_what_a_killed_run_left_is_removed_and_what_a_living_one_has_is_not(tmp_path):
    left = tmp_path / ".cvbook" / "stage-left"
    left.mkdir(parents=True)
    (left / "a.ipynb").touch()
    with Course(tmp_path).stage() as one, Course(tmp_path).stage() as other:
        assert one != other
        assert one.is_dir()
        assert not left.exists()
    assert not list((tmp_path / ".cvbook").glob("stage-*/"))


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(graded, tmp_path):
    small, untouched = tmp_path / "small", make_class(tmp_path / "untouched", 8)
    small.mkdir()
    script = f"""
        mount -t tmpfs -o size=300k tmpfs {small}
        cp -r {untouched} {small}/class
        {shlex.join(command(small / "class"))}
        code=$?
        cp -r {small}/class {tmp_path}/kept
        exit $code"""
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "bash", "-c", script],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "cannot save" in done.stderr
    assert "Traceback" not in done.stderr
    done = grade(tmp_path / "kept")
    assert done.returncode == 0, done.stderr
    assert re.search(r"8 submission\(s\), [1-7] unchanged", done.stdout)
    assert scores(sqlite(tmp_path / "kept")) == scores(sqlite(graded))


def test_wrong_use_has_its_exit_codes(tmp_path):
    root = course.make(tmp_path)
    assert grade(root, "--workers", "0").returncode == 2
    assert "no submissions" in grade(root).stderr
    assert "cannot open the gradebook" in grade(root, "--db", "sqlite:////no/such/x.db").stderr


# --- PostgreSQL -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        pytest.skip("PostgreSQL is not installed")
    folder = Path("/tmp") / f"cvbook-pg-{os.getpid()}"
    folder.mkdir()
    as_user = []
    if os.getuid() == 0:  # the server refuses to run as root
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("there is no user `postgres` to run the server as")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = binaries[-1].parent

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
    root = make_class(tmp_path / "pg", 8)
    done = grade(root, "--db", postgres)
    assert done.returncode == 0, done.stderr
    assert not (root / "gradebook.db").exists()
    there = scores(postgres.replace("postgresql://", "postgresql+psycopg://"))
    assert there == scores(sqlite(graded))


def test_two_may_enter_an_assignment_into_a_new_gradebook_at_once(postgres, tmp_path):
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


# --- Workers --------------------------------------------------------------------------------------


def test_another_user_of_the_machine_cannot_use_the_workers():
    options = argparse.Namespace(scheduler=None, workers=1)
    with grade_command._cluster(options, 1) as client:
        address = client.scheduler.address
        plain = address.replace("tls", "tcp")
        for stranger in ({"address": plain}, {"address": address, "security": True}):
            with pytest.raises(OSError, match=r"Timed out|reset|TLS|SSL"):
                Client(**stranger, timeout=3)
        assert client.submit(sum, [1, 2]).result() == 3


@contextlib.contextmanager
def cluster(place, workers, protocol="tcp", env=None):
    """A scheduler and workers as processes of their own, each in a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"{protocol}://127.0.0.1:{free.getsockname()[1]}"
    scheduler = ["distributed.cli.dask_scheduler", "--host", address]
    worker = ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    processes = []
    try:
        for number, line in enumerate([scheduler, *[worker] * workers]):
            own = place / f"place{number}"
            own.mkdir()
            line = [sys.executable, "-m", *line, "--no-dashboard"]
            processes.append(
                subprocess.Popen(
                    line, cwd=own, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            )
        yield address, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def start_on(address, root, *more, env=None):
    """Start to grade there; return when two submissions are graded."""
    grading = subprocess.Popen(
        command(root, "--scheduler", address, *more),
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    records = root / ".cvbook" / "grades" / "basics"
    while grading.poll() is None and len(list(records.glob("*.json"))) < 2:
        with contextlib.suppress(subprocess.TimeoutExpired):
            grading.wait(timeout=0.05)
    return grading


def keys(place):
    """Make an authority, and a key that it signed, by the commands of deploy/README.md."""
    place.mkdir()
    guide = (DEPLOY / "README.md").read_text()
    lines = re.findall(r"^    (openssl (?:.*\\\n)*.*)$", guide, re.MULTILINE)
    subprocess.run(["bash", "-ec", "\n".join(lines)], cwd=place, check=True, capture_output=True)
    return place


def test_a_killed_worker_loses_nothing_and_grades_nothing_twice(graded, tmp_path):
    root = make_class(tmp_path / "workers", 8)
    out = tmp_path / "out.json"
    own, other = keys(tmp_path / "own"), keys(tmp_path / "other")
    settings = tmp_path / "tls.yaml"
    settings.write_text((DEPLOY / "tls.yaml").read_text().replace("/etc/cvbook", str(own)))
    env = os.environ | {"DASK_CONFIG": str(settings)}
    with cluster(tmp_path, 2, "tls", env) as (address, processes):
        stranger = Security(
            tls_ca_file=str(own / "ca.pem"),
            tls_client_cert=str(other / "cert.pem"),
            tls_client_key=str(other / "key.pem"),
            require_encryption=True,
        )
        with pytest.raises(OSError, match="SSL"):
            Client(address, security=stranger, timeout=20)
        grading = start_on(address, root, "--json", str(out), env=env)
        processes[-1].kill()
        _, errors = grading.communicate(timeout=200)
    assert grading.returncode == 0, errors
    students = [one["student"] for one in json.loads(out.read_text())]
    assert students == [f"s{number:03d}" for number in range(8)]
    assert scores(sqlite(root)) == scores(sqlite(graded))


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own models
def test_a_result_that_dies_with_its_worker_is_computed_again(graded, tmp_path):
    root = make_class(tmp_path / "results", 8)
    batch = Batch(Course(root), "basics", Limits(cell_seconds=30))
    records = []
    with cluster(tmp_path, 1) as (address, processes), Client(address) as client:

        def done(record):
            records.append(record)
            if len(records) > 1:
                return
            results = [Future(key, client) for key in client.futures]
            wait(results)  # they are on the worker, and nowhere else
            processes[-1].kill()
            processes[-1].wait()
            while any(result.status == "finished" for result in results):
                client.sync(client.scheduler.identity)
            again = processes[-1].args
            processes.append(subprocess.Popen(again, cwd=tmp_path, stderr=subprocess.DEVNULL))

        batch.grade([f"s{number:03d}" for number in range(8)], client, 5, done)
    assert {record.student: record.status for record in records} == {
        f"s{number:03d}": "graded" for number in range(8)
    }
    assert scores(sqlite(root)) == scores(sqlite(graded))


def test_a_killed_scheduler_ends_the_run_and_the_next_one_goes_on(graded, tmp_path):
    root = make_class(tmp_path / "scheduler", 8)
    with cluster(tmp_path, 2) as (address, processes):
        grading = start_on(address, root)
        processes[0].kill()
        _, errors = grading.communicate(timeout=200)
    assert grading.returncode == 1
    assert f"lost the scheduler – {address}" in errors
    assert "Traceback" not in errors
    before = scores(sqlite(root))
    assert len(before) >= 2
    done = grade(root)
    assert done.returncode == 0, done.stderr
    assert re.search(r"8 submission\(s\), [2-7] unchanged, 0 for a human", done.stdout)
    assert scores(sqlite(root)) == scores(sqlite(graded))
