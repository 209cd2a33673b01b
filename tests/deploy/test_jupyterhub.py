"""A week on a real JupyterHub: the guide's commands, users of this machine, their browsers."""

import datetime
import json
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
import requests

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import course
from machine import ROOT, Machine

pytestmark = pytest.mark.slow
GUIDE = (ROOT / "book/hub_guide.md").read_text("utf-8")
NAME = "07_separable_conv"
COURSE = "/srv/cvbook/course"
NOTEBOOK = f"{NAME}/{NAME}.ipynb"
#: What of the repository the test needs in the clone, beside a small assignment.
CLONED = ["nbgrader_config.py", "deploy/jupyterhub"]


def commands(role, title):
    """The guide's block of commands for a role, in the section of that title."""
    section = re.split(rf"^#+ {title}.*$", GUIDE, maxsplit=1, flags=re.MULTILINE)[1]
    return re.search(rf"^```bash\n# {role}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)[1]


@pytest.fixture(scope="module")
def machine(require, unavailable):
    """A machine on which the guide's preparation was done, with an account for everybody."""
    if os.geteuid():
        unavailable("needs root, for users of its own")
    for program in ("unshare", "nsenter", "runuser", "useradd"):
        require(program, hint="apt-get install util-linux passwd")
    try:
        machine = Machine()
    except RuntimeError as error:
        unavailable(f"no mount namespace here: {error}")
    try:
        machine.run(
            f"mkdir -p {COURSE} /opt/cvbook && cd {ROOT} && cp -r --parents {' '.join(CLONED)} "
            f"{COURSE} && ln -s {ROOT}/.venv {ROOT}/node_modules /opt/cvbook"
        )
        small = nbformat.writes(course.source()).encode()
        machine.run(f"mkdir -p {COURSE}/solutions/{NAME}")
        machine.write(f"{COURSE}/solutions/{NOTEBOOK}", small, "root")
        installed = [line for line in GUIDE.splitlines() if line.endswith("install-course")]
        machine.run(installed[0])
        accounts = commands("root", "계정")
        pupil = accounts.splitlines()[-1]
        machine.run(accounts + "".join(pupil.replace("kim", who) + "\n" for who in ("lee", "park")))
        for who in ("prof", "ta", "kim", "lee", "park"):
            machine.run(f"echo {who}:secret-{who} | chpasswd")
        yield machine
    finally:
        machine.end()


@pytest.fixture(scope="module")
def hub(machine, require_package, require):
    """The address of the hub, started as its systemd unit does."""
    require_package("jupyterhub", "hub")
    require("node", hint="make env")
    unit = (ROOT / "deploy/jupyterhub/cvbook-hub.service").read_text()
    (command,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    (path,) = re.findall(r"^Environment=PATH=(.*)$", unit, re.MULTILINE)
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    address = f"http://127.0.0.1:{ports[0]}"
    own = [
        f"--JupyterHub.bind_url={address}",
        f"--JupyterHub.hub_bind_url=http://127.0.0.1:{ports[1]}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{ports[2]}",
    ]
    process = subprocess.Popen(
        machine.inside(*command.split(), *own),
        env={"PATH": path, "LANG": "C.UTF-8"},
        stderr=subprocess.PIPE,
        text=True,
    )
    log = []
    for line in process.stderr:
        log.append(line)
        if "JupyterHub is now running" in line:
            break
    else:
        raise RuntimeError(f"the hub ended:\n{''.join(log)}")
    threading.Thread(target=lambda: sys.stderr.writelines(process.stderr), daemon=True).start()
    yield address
    process.kill()
    process.wait()


class Browser:
    """What a browser sends: log in, then requests to the user's own server."""

    def __init__(self, hub, user):
        self.hub, self.user, self.session = hub, user, requests.Session()
        login = f"{hub}/hub/login"
        self.session.get(login)
        form = {
            "username": user,
            "password": f"secret-{user}",
            "_xsrf": self.session.cookies.get("_xsrf", path="/hub/"),
        }
        page = self.session.post(f"{login}?next=/hub/spawn", data=form)
        assert "user-redirect" in page.url or "spawn" in page.url or f"/user/{user}" in page.url
        with self.session.get(f"{hub}/hub/api/users/{user}/server/progress", stream=True) as events:
            told = [line.decode() for line in events.iter_lines() if line] if events.ok else []
        assert not told or '"ready": true' in told[-1], told
        self.get("lab")  # by the hub, which gives the server its cookie

    def get(self, page, **options):
        answer = self.session.get(f"{self.hub}/user/{self.user}/{page}", **options)
        answer.raise_for_status()
        return answer

    def send(self, page, method="POST", **options):
        token = next(
            cookie.value
            for cookie in self.session.cookies
            if cookie.name == "_xsrf" and cookie.path == f"/user/{self.user}/"
        )
        answer = self.session.request(
            method,
            f"{self.hub}/user/{self.user}/{page}",
            headers={"X-XSRFToken": token},
            **options,
        )
        answer.raise_for_status()
        return answer

    def press(self, button):
        """What a button of the assignment list says: fetch, submit or fetch_feedback."""
        form = {"course_id": "cvbook", "assignment_id": NAME}
        return self.send(f"assignments/{button}", data=form).json()


SOLVED = nbformat.writes(course.released()).encode()


def due(text, moment):
    """The guide's commands with another due date."""
    return re.sub(r'(--duedate) ".*"', rf'\1 "{moment:%Y-%m-%d %H:%M:%S.%f} +0000"', text)


@pytest.fixture(scope="module")
def week(machine, hub):
    """The week until the grades stand, and what each command said."""
    now = datetime.datetime.now
    monday = commands("교수자", "월요일")
    machine.run(due(monday, now(datetime.UTC) + datetime.timedelta(days=1)), "prof", COURSE)
    said = {}
    students = {who: Browser(hub, who) for who in ("kim", "lee", "park")}
    for browser in students.values():
        assert browser.press("fetch")["success"]
    assert students["kim"].press("submit")["success"]  # the first attempt is empty
    machine.write(f"/home/kim/{NOTEBOOK}", SOLVED, "kim")
    assert students["kim"].press("submit")["success"]
    empty = machine.run(f"cat ~/{NOTEBOOK}", "lee").encode()
    machine.write(f"/home/lee/{NOTEBOOK}", SOLVED[:1000], "lee")
    said["broken"] = students["lee"].press("submit")
    machine.write(f"/home/lee/{NOTEBOOK}", empty, "lee")
    assert students["lee"].press("submit")["success"]
    (deadline,) = [line for line in monday.splitlines() if "--duedate" in line]
    machine.run(due(deadline, now(datetime.UTC)), "prof", COURSE)
    machine.write(f"/home/park/{NOTEBOOK}", SOLVED, "park")
    assert students["park"].press("submit")["success"]
    said["friday"] = machine.run(commands("교수자", "금요일"), "prof", COURSE)
    said["assistant"] = machine.run(commands("조교", "금요일"), "ta", COURSE)
    said["again"] = machine.run(f"cvbook grade {NAME} --force", "ta", COURSE)
    return {"said": said, **students}


def row(text, student):
    return next(line for line in text.splitlines() if line.startswith(student))


def test_late_and_double_submissions_are_collected_and_graded(week):
    collected, _, graded = week["said"]["friday"].partition("3 new")
    assert "late" in row(collected, "park")
    assert "late" not in row(collected, "kim")
    assert "10/15" in row(graded, "kim")  # the essay waits
    assert "0/15" in row(graded, "lee")


def test_a_broken_notebook_is_refused_when_it_is_handed_in(week):
    assert not week["said"]["broken"]["success"]
    assert "깨진 JSON" in str(week["said"]["broken"])


def test_an_assistant_of_the_group_collects_and_grades(week):
    assert "3 unchanged" in week["said"]["assistant"]
    assert "Traceback" not in week["said"]["again"]


def test_students_reach_neither_solutions_nor_the_work_of_others(machine, week):
    for place in (COURSE, "/srv/cvbook/exchange/cvbook/inbound", "/home/lee"):
        assert "Permission denied" in machine.run(f"ls {place}", "kim", check=False)
    refused = machine.run(f"cvbook export {NAME} --course {COURSE}", "kim", check=False)
    assert f"no permission – {COURSE}" in refused
    tried = machine.run("mv /srv/cvbook/exchange/cvbook /srv/cvbook/exchange/x", "kim", check=False)
    assert "Operation not permitted" in tried


def test_essays_are_graded_in_formgrader_and_feedback_is_fetched(machine, hub, week):
    prof = Browser(hub, "prof")
    page = prof.get("formgrader")
    assert page.headers["Content-Security-Policy"].startswith("frame-ancestors 'self'")
    (listed,) = prof.get("formgrader/api/assignments").json()
    assert listed["name"] == NAME
    assert listed["num_submissions"] == 3
    work = prof.get(f"formgrader/api/submitted_notebooks/{NAME}/{NAME}").json()
    essays = 0
    for one in filter(lambda one: one["id"], work):
        for grade in prof.get("formgrader/api/grades", params={"submission_id": one["id"]}).json():
            if grade["needs_manual_grade"]:
                essays += 1
                change = {"manual_score": 3, "extra_credit": None}
                prof.send(f"formgrader/api/grade/{grade['id']}", "PUT", json=change)
    assert essays
    machine.run(commands("교수자", "돌려주기"), "prof", COURSE)
    table = machine.run(f"cat {NAME}.csv", "ta", COURSE)
    (kim,) = [line for line in table.splitlines() if "kim" in line.strip("\ufeff").split(",")]
    assert "13" in kim
    for who in ("kim", "park"):
        assert week[who].press("fetch_feedback")["success"]
        found = machine.run(f"find ~/{NAME}/feedback -name '*.html'", who).splitlines()
        assert len(found) == 1
        assert course.RIGHT["written"] in machine.run(f"cat '{found[0]}'", who)


def test_students_see_no_formgrader_and_teachers_do(hub, week):
    assert week["kim"].session.get(f"{hub}/user/kim/formgrader").status_code == 404
    page = week["kim"].get("lab").text
    config = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1]
    assert "@jupyter/nbgrader:formgrader" in json.loads(config)["disabledExtensions"]


def test_an_instructor_logs_in_with_a_browser_and_opens_formgrader(chromium, hub, week):
    page = chromium.new_page()
    page.goto(f"{hub}/hub/login?next=/hub/spawn/prof%3Fnext=/user/prof/formgrader")
    page.fill("#username_input", "prof")
    page.fill("#password_input", "secret-prof")
    page.click("#login_submit")
    page.get_by_role("link", name=NAME).first.wait_for()
    page.close()
