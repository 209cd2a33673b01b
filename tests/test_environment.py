"""pyproject.toml, uv.lock and the files for conda say the same, and can be installed."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
EXTRAS = {
    "environment.yml": {"author", "instructor"},
    "environment-gpu.yml": {"author", "instructor", "gpu"},
    "environment-student.yml": set(),
}
#: Where each can be used: CUDA and its wheels are for Linux; grading's sandbox is too, but its
#: packages install everywhere.
LINUX = "x86_64-manylinux_2_28"
ELSEWHERE = ("x86_64-pc-windows-msvc", "aarch64-apple-darwin")
#: On Linux every supported Python; elsewhere the one that the file names.
PLACES = [("environment.yml", LINUX, python) for python in ("3.11", "3.13")]
PLACES += [(name, LINUX, "3.12") for name in EXTRAS]
PLACES += [
    (name, platform, "3.12")
    for name in ("environment.yml", "environment-student.yml")
    for platform in ELSEWHERE
]
# The students' guide promises every supported Python.
PLACES += [
    ("environment-student.yml", platform, python)
    for platform in ELSEWHERE
    for python in ("3.11", "3.13")
]


@pytest.fixture(scope="module")
def settings():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def locked():
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return {p["name"]: p["version"] for p in packages if "version" in p}


@pytest.fixture(scope="module")
def require_index(unavailable):
    """Skip where no package index answers; in continuous integration one must."""
    asked = subprocess.run(
        [UV, "pip", "compile", "--quiet", "--no-config", "--no-cache", "-"],
        input="packaging",
        capture_output=True,
        text=True,
    )
    if asked.returncode:
        unavailable(f"no package index: go online\n{asked.stderr}")


def conda(name: str) -> dict:
    return yaml.safe_load((ROOT / name).read_text())


def pip_section(name: str) -> tuple[Requirement, list[str]]:
    """This project with its extras, and the lines that pin everything else."""
    project, *pins = next(d["pip"] for d in conda(name)["dependencies"] if isinstance(d, dict))
    return Requirement(project.replace("--editable .", "cvbook")), pins


def names(lines) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


def test_the_lock_file_is_what_pyproject_asks_for():
    subprocess.run([UV, "lock", "--check", "--offline"], cwd=ROOT, check=True, capture_output=True)


def test_every_requirement_is_met_by_the_lock(settings, locked):
    project, groups = settings["project"], settings["dependency-groups"]
    lines = list(project["dependencies"])
    for group in [*project["optional-dependencies"].values(), *groups.values()]:
        lines += group
    for line in lines:
        requirement = Requirement(line)
        if requirement.name == project["name"]:  # an extra that contains another
            continue
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{line}: locked {version}"


@pytest.mark.parametrize("name", EXTRAS)
def test_conda_users_get_the_locked_versions(name):
    """As `uv sync` gives them, with the same markers for other systems and Pythons."""
    project, pins = pip_section(name)
    assert project.extras == EXTRAS[name]
    extras = [f"--extra={extra}" for extra in project.extras]
    export = subprocess.run(
        [UV, "export", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes", *extras],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lines = [line.split(" #")[0] for line in export.splitlines() if line.strip()[0] != "#"]
    assert [pin.replace("[and-cuda]", "") for pin in pins] == lines


@pytest.mark.parametrize("name", EXTRAS)
def test_conda_gets_a_supported_python(name, settings):
    python = next(d for d in conda(name)["dependencies"] if str(d).startswith("python="))
    assert Requirement(f"python{settings['project']['requires-python']}").specifier.contains(
        python.removeprefix("python=") + ".0"
    )


def test_each_environment_has_what_its_users_do_with_it():
    student = {"jupyterlab", "tensorflow", "matplotlib", "ipywidgets", "nbgrader", "anywidget"}
    book = {"jupyter-book", "nbval", "distributed", "psycopg", "cryptography"}
    assert student <= names(pip_section("environment-student.yml")[1])
    assert student | book <= names(pip_section("environment.yml")[1])
    gpu = [Requirement(line) for line in pip_section("environment-gpu.yml")[1]]
    assert student | book <= {requirement.name for requirement in gpu}
    assert {"and-cuda"} in [r.extras for r in gpu if r.name == "tensorflow"]


def test_students_get_nothing_that_only_authors_and_developers_need(settings):
    student = names(pip_section("environment-student.yml")[1])
    extras = settings["project"]["optional-dependencies"]
    asked = names([*extras["author"], *extras["instructor"], *settings["dependency-groups"]["dev"]])
    assert {"jupyter-book", "nbval", "playwright", "mypy", "distributed"} <= asked - student


@pytest.mark.slow
@pytest.mark.drawn(turn=2)
@pytest.mark.parametrize(("name", "platform", "python"), PLACES)
def test_pip_finds_wheels_for_all_of_it_and_nothing_else(
    name, platform, python, settings, require_index, tmp_path
):
    """A real resolution, against the package index, of the pins and what this project asks for."""
    project, pins = pip_section(name)
    (tmp_path / "pins.in").write_text("\n".join(pins))
    # What uv leaves out for its slow import pip installs, in its newest version.
    (tmp_path / "left_out.in").write_text("\n".join(settings["tool"]["uv"]["exclude-dependencies"]))
    command = [UV, "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--no-config"]
    command += ["--python-version", python, "--python-platform", platform, "--only-binary", ":all:"]
    command += [f"--extra={extra}" for extra in project.extras]
    command += ["--excludes", tmp_path / "left_out.in", tmp_path / "pins.in"]
    done = subprocess.run([*command, ROOT / "pyproject.toml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    resolved = {line.split(" ;")[0] for line in done.stdout.splitlines() if "==" in line}
    asked = {line.replace("[and-cuda]", "").split(" ;")[0] for line in pins}
    assert resolved <= asked, f"not pinned: {resolved - asked}"


@pytest.mark.slow
def test_a_wheel_from_a_clone_has_every_widget_that_git_does_not(tmp_path, require, require_index):
    git = require("git", hint="apt-get install git")
    clone = tmp_path / "clone"
    command = [git, "checkout-index", "--all", f"--prefix={clone}/"]
    subprocess.run(command, cwd=ROOT, check=True)
    package = clone / "src/cvbook"
    assert not list(package.rglob("widgets/static/*"))
    sources = [
        *package.glob("widgets/frontend/*/view.js"),
        *package.glob("grading/*/frontend/view.js"),
    ]
    assert len(sources) > 8
    done = subprocess.run(
        [UV, "build", "--wheel", "--quiet", "--out-dir", tmp_path, clone],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    widgets = {source.parent.name for source in sources if source.parent.name != "frontend"}
    expected = {
        f"cvbook/widgets/static/{name}.{kind}" for name in widgets for kind in ("js", "css")
    }
    assert expected | {
        f"cvbook/grading/marking/static/view.{kind}" for kind in ("js", "css")
    } <= set(names)
    assert not (clone / "node_modules").exists()
