"""Integrity guard: the probe in a running shell, its answers, and replaced checkers."""

import ast
import hashlib
import importlib.util
import json
import marshal
import subprocess
import sys
import zlib
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cvbook import checks
from cvbook.grading.integrity import guard, settings
from cvbook.grading.jobs import ExecutionLimits, Job
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.worker import run_job

ROOT = Path(__file__).parents[2]


def test_an_answer_to_another_question_is_none():
    one = guard.Guard([])
    _, nonce = one.probe()
    assert one.read(repr("0" * 64 + "[{}, {}, null]"), nonce) is None


@pytest.mark.parametrize("content", ["no JSON", "5", "[" * 9])
def test_a_forged_answer_that_cannot_be_read_is_none(content):
    one = guard.Guard([])
    _, nonce = one.probe()
    proof = hashlib.sha256((nonce + content).encode()).hexdigest()
    assert one.read(repr(proof + content), nonce) is None
    assert one.read(repr("\ud800" * 99), nonce) is None


#: Starts a shell without sockets, evaluates the probe's expressions in it as a kernel does, and
#: prints the answers. Names of the notebook are bound to nonsense, built-ins among them.
SHELL = """
import json, sys, textwrap
from ipykernel.zmqshell import ZMQInteractiveShell
import IPython.extensions.autoreload
from types import SimpleNamespace

shell = ZMQInteractiveShell.instance()
shell.kernel = SimpleNamespace(shell_handlers={})
write = sys.stdout.write
for code, expression in json.loads(sys.stdin.read()):
    exec(code, shell.user_ns)
    write(ascii(eval(expression, shell.user_ns, shell.user_ns)) + "\\n")
"""


def probed(*cells):
    """Probe after each of some cells; return what the guard says of the second on."""
    one = guard.Guard(["textwrap"])
    one.code = guard.byte_code()
    questions = [one.probe(names) for _, names in cells]
    one.baseline = {}
    sent = [[code, expression] for (code, _), (expression, _) in zip(cells, questions, strict=True)]
    done = subprocess.run(
        [sys.executable, "-c", SHELL], input=json.dumps(sent), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    answers = [
        one.read(line, nonce)
        for line, (_, nonce) in zip(done.stdout.splitlines(), questions, strict=True)
    ]
    assert None not in answers
    one.start(answers[0])
    return one, answers


def test_the_probe_needs_no_name_of_the_notebooks():
    nonsense = "\n".join(
        f"{name} = 0"
        for name in ("sys", "json", "hashlib", "builtins", "type", "id", "hash", "fingerprint")
    )
    one, answers = probed(("", []), (nonsense, ["type", "sys", "nothing"]))
    assert one.violations([answers[1][0], {}, None]) == []
    assert [answers[1][1][name] and answers[1][1][name][0] for name in ("type", "nothing")] == [
        "value", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("import textwrap; textwrap.fill = print", "textwrap 안의 것이 바뀜"),
        (
            "import textwrap; textwrap.fill.__code__ = (lambda *a, **k: '').__code__",
            "textwrap 안의 것이 바뀜",
        ),
        ("import textwrap; textwrap.abs = print", "textwrap 안의 것이 바뀜"),
        ("import builtins; builtins.abs = print", "builtins 안의 것이 바뀜"),
        ("import sys; sys.settrace(lambda *a: None)", "커널의 훅이 바뀜"),
        ("import sys; sys.displayhook = print", "커널의 훅이 바뀜"),
    ],
)
def test_what_is_replaced_is_named(code, complaint):
    one, answers = probed(("", []), (code, []))
    assert complaint in one.violations(answers[1])


def test_a_function_that_the_assignment_defined_must_stay_and_a_value_may_change_with_a_remark():
    own = "def close(a, b):\n    return a == b\n\n\nlimit = 3"
    change = "def close(a, b):\n    return True\n\n\nlimit = 4"
    names = ["close", "limit"]
    one, answers = probed((own, names), ("", names), (change, names))
    one.trust(answers[0][1], own)
    assert one.violations(answers[1]) == one.findings(answers[1]) == []
    assert one.violations(answers[2]) == ["close이(가) 바뀜"]
    assert one.findings(answers[2]) == ["과제가 정한 limit의 값이 바뀜"]


def test_a_kernel_of_another_python_compiles_the_probe_to_the_same_code_as_we_do():
    theirs, ours = (
        marshal.loads(zlib.decompress(bytes.fromhex(code)))
        for code in (eval(guard.COMPILE, {}), guard.byte_code())
    )
    assert theirs == ours


# --- Executed in the sandbox ----------------------------------------------------------------------


def executed(setup, answer, modules):
    """Execute an assignment of three cells; return the result and the test's outputs."""
    cells = [
        new_code_cell(setup, metadata={"nbgrader": {"grade_id": "setup", "locked": True}}),
        new_code_cell(answer, metadata={"nbgrader": {"grade_id": "answer", "solution": True}}),
        new_code_cell("assert True", metadata={"nbgrader": {"grade_id": "test", "locked": True,
                                                            "grade": True, "points": 1}}),
    ]  # fmt: skip
    notebook = nbformat.writes(new_notebook(cells=cells)).encode()
    job = Job(
        "n", notebook, {}, frozenset({"setup", "test"}), ExecutionLimits(cell_seconds=60),
        preload=modules, modules=modules,
    )  # fmt: skip
    result = run_job(job)
    return result, nbformat.reads(result.notebook.decode(), as_version=4).cells[2].outputs


@pytest.mark.slow
def test_a_watched_package_is_watched_with_all_its_submodules_and_no_other_is(require_sandbox):
    answer = "import json.scanner\n\njson.scanner.py_make_scanner = None"
    config = {"IntegrityGuard": {"watched_modules": {"math": ["json.*"]}}}
    for given, flagged in ((config, True), ({}, False)):
        one, _ = settings.from_config(settings.Config(given))
        result, outputs = executed("import math", answer, one.modules(["import math"]))
        assert not result.stopped
        assert ("json.scanner 안의 것이 바뀜" in result.flags) is flagged
        assert bool(outputs) is flagged  # an error, so no points


def checkers(names):
    """Pairs of module and its first function, for those modules that define one."""
    for name in names:
        origin = importlib.util.find_spec(name).origin
        body = ast.parse(Path(origin).read_text("utf-8")).body
        functions = [node.name for node in body if isinstance(node, ast.FunctionDef)]
        if functions:
            yield name, functions[0]


@pytest.mark.slow
def test_an_answer_that_replaces_any_checker_of_this_course_is_caught(require_sandbox):
    setup = "from cvbook import checks"
    modules = settings.from_config(Course(ROOT).config)[0].modules([setup])
    own = settings.find_modules("cvbook.checks.*")
    assert set(own) <= set(modules)
    replaced = [("cvbook.checks", "hidden"), *checkers(own)]
    assert checks.hidden.__module__ in dict(replaced[1:])
    answer = "import importlib\n\n" + "\n".join(
        f"importlib.import_module({module!r}).{name} = lambda *a, **k: None"
        for module, name in replaced
    )
    result, outputs = executed(setup, answer, modules)
    assert {f"{module} 안의 것이 바뀜" for module, _ in replaced} <= set(result.flags)
    assert [output.output_type for output in outputs] == ["error"]
