"""pyproject.toml, uv.lock and environment.yml say the same, and the locked versions exist."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def locked():
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return {p["name"]: p["version"] for p in packages if "version" in p}


@pytest.fixture(scope="module")
def pip_section():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    return next(d["pip"] for d in environment["dependencies"] if isinstance(d, dict))


def test_the_lock_file_is_what_pyproject_asks_for():
    subprocess.run([UV, "lock", "--check", "--offline"], cwd=ROOT, check=True, capture_output=True)


def test_every_requirement_of_every_extra_is_met_by_the_lock(project, locked):
    extras = project["optional-dependencies"]
    for line in [*project["dependencies"], *(line for extra in extras.values() for line in extra)]:
        requirement = Requirement(line)
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{line}: locked {version}"


def test_conda_users_get_the_locked_versions(project, locked, pip_section):
    pinned = {}
    for line in pip_section:
        if not line.startswith("--editable"):
            name, version = re.match(r"([\w.-]+)(?:\[.*\])?==([\w.+!]+)", line).groups()
            pinned[canonicalize_name(name)] = version
    wrong = {name: version for name, version in pinned.items() if locked[name] != version}
    assert not wrong
    for line in project["dependencies"]:
        assert canonicalize_name(Requirement(line).name) in pinned, f"{line} is missing"


def test_conda_gets_a_supported_python(project):
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    python = next(d for d in environment["dependencies"] if str(d).startswith("python="))
    assert Requirement(f"python{project['requires-python']}").specifier.contains(
        python.removeprefix("python=") + ".0"
    )


@pytest.mark.slow
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_pip_section_resolves_to_itself(pip_section, tmp_path, python):
    """A real resolution against the package index, for each Python and for conda's platforms."""
    requirements = tmp_path / "requirements.in"
    lines = [line for line in pip_section if not line.startswith("--editable")]
    requirements.write_text("\n".join([*lines, str(ROOT)]))
    command = [UV, "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--no-config"]
    command += ["--python-version", python, "--python-platform", "x86_64-manylinux_2_28"]
    command += [str(requirements)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    asked = {canonicalize_name(line.split("==")[0].split("[")[0]) for line in lines}
    resolved = {
        canonicalize_name(line.split("==")[0].split("[")[0])
        for line in done.stdout.splitlines()
        if "==" in line
    }
    assert resolved <= asked, f"not pinned: {resolved - asked}"
