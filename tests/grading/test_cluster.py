"""Grading on Dask workers: their keys, and the loss of a worker, of a result, of the scheduler."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import course
import pytest

from cvbook.grading.batch import Batch
from cvbook.grading.jobs import ExecutionLimits
from cvbook.grading.nbgrader.course import Course

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]
DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture(scope="module", autouse=True)
def distributed(require_package):
    return require_package("distributed", "instructor")


def test_another_user_of_the_machine_cannot_use_the_workers(distributed):
    from cvbook.grading.cluster import connect

    with connect(None, 1, 1) as client:
        address = client.scheduler.address
        plain = address.replace("tls", "tcp")
        for stranger in ({"address": plain}, {"address": address, "security": True}):
            with pytest.raises(OSError, match=r"Timed out|reset|TLS|SSL"):
                distributed.Client(**stranger, timeout=3)
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
        course.command(root, "--scheduler", address, *more),
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    records = root / ".cvbook" / "grades" / "basics"
    while grading.poll() is None and len(list(records.glob("*.json"))) < 2:
        with contextlib.suppress(subprocess.TimeoutExpired):
            grading.wait(timeout=0.05)
    return grading


def keys(place, openssl):
    """Make an authority, and a key that it signed, by the commands of deploy/README.md."""
    place.mkdir()
    guide = (DEPLOY / "README.md").read_text()
    lines = re.findall(r"^    (openssl (?:.*\\\n)*.*)$", guide, re.MULTILINE)
    script = "\n".join(lines).replace("openssl", openssl)
    subprocess.run(["bash", "-ec", script], cwd=place, check=True, capture_output=True)
    return place


def test_a_killed_worker_loses_nothing_and_grades_nothing_twice(
    graded, tmp_path, require, distributed
):
    openssl = require("openssl", hint="apt-get install openssl")
    root = course.make_class(tmp_path / "workers", 8)
    out = tmp_path / "out.json"
    own, other = (keys(tmp_path / name, openssl) for name in ("own", "other"))
    settings = tmp_path / "tls.yaml"
    settings.write_text((DEPLOY / "tls.yaml").read_text().replace("/etc/cvbook", str(own)))
    env = os.environ | {"DASK_CONFIG": str(settings)}
    with cluster(tmp_path, 2, "tls", env) as (address, processes):
        stranger = distributed.Security(
            tls_ca_file=str(own / "ca.pem"),
            tls_client_cert=str(other / "cert.pem"),
            tls_client_key=str(other / "key.pem"),
            require_encryption=True,
        )
        with pytest.raises(OSError, match="SSL"):
            distributed.Client(address, security=stranger, timeout=20)
        grading = start_on(address, root, "--json", str(out), env=env)
        processes[-1].kill()
        _, errors = grading.communicate(timeout=200)
    assert grading.returncode == 0, errors
    students = [one["student"] for one in json.loads(out.read_text())]
    assert students == [f"s{number:03d}" for number in range(8)]
    assert course.scores(course.sqlite(root)) == course.scores(course.sqlite(graded))


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own models
def test_a_result_that_dies_with_its_worker_is_computed_again(graded, tmp_path, distributed):
    root = course.make_class(tmp_path / "results", 8)
    batch = Batch(Course(root), "basics", ExecutionLimits(cell_seconds=30))
    records = []
    with cluster(tmp_path, 1) as (address, processes), distributed.Client(address) as client:

        def done(record):
            records.append(record)
            if len(records) > 1:
                return
            results = [distributed.Future(key, client) for key in client.futures]
            distributed.wait(results)  # they are on the worker, and nowhere else
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
    assert course.scores(course.sqlite(root)) == course.scores(course.sqlite(graded))


def test_a_killed_scheduler_ends_the_run_and_the_next_one_goes_on(graded, tmp_path):
    root = course.make_class(tmp_path / "scheduler", 8)
    with cluster(tmp_path, 2) as (address, processes):
        grading = start_on(address, root)
        processes[0].kill()
        _, errors = grading.communicate(timeout=200)
    assert grading.returncode == 1
    assert f"lost the scheduler – {address}" in errors
    assert "Traceback" not in errors
    before = course.scores(course.sqlite(root))
    assert len(before) >= 2
    done = course.grade(root)
    assert done.returncode == 0, done.stderr
    assert re.search(r"8 submission\(s\), [2-7] unchanged, 0 for manual review", done.stdout)
    assert course.scores(course.sqlite(root)) == course.scores(course.sqlite(graded))
