"""Tasks of the second edition: no right answer is in what students get.

That is the installed package, the released notebooks, and the site, which is made from both and
from the chapters. `prepare_pair` is not among them: the lecture's way to load pictures is right,
and counts as printed. What several functions of the package give together is a wrong answer of the
banks, `wrong/FUNCTION__of_the_library.py`.
"""

import ast
import contextlib
import functools
import importlib
import inspect
import itertools
import pkgutil
import re
import signal
import types
from pathlib import Path

import nbformat
import pytest
import submissions
from sampling import drawn

import cvbook
from cvbook import checks
from cvbook.checks import bank
from cvbook.checks.isolation import MODULES

SECOND_EDITION = {
    "01_tasks": ["average_precision"],
    "02_segmentation": ["augment_pair"],
    "03_transposed_conv": ["bilinear_kernel", "repair_upsampling"],
    "04_architecture": ["design_pyramid"],
    "05_residual": ["repair_deep_model", "predict_shapes"],
    "06_batchnorm": ["recalibrate", "diagnose"],
    "07_separable_conv": ["roofline_seconds", "shrink"],
    "08_mini_xception": ["repair_xception_block", "ablation"],
    "09_improving": ["log_uniform", "edges"],
    "10_shared_backbone": ["build_and_train"],
}
exercise = functools.cache(submissions.solution)
TASKS = [
    (name, function)
    for name, functions in SECOND_EDITION.items()
    for function in functions
    if function in exercise(name).tests
]
#: Modules whose functions can be called with anything.
LIBRARY = ("arithmetic", "checks", "datasets.pipelines", "models", "reference")


@functools.cache
def shipped():
    """Sources of the package, and of the notebooks that are released or on the site."""
    found = {str(path): path.read_text() for path in Path(cvbook.__file__).parent.rglob("*.py")}
    notebooks = (submissions.ROOT.glob(f"{folder}/*.ipynb") for folder in ("exercises/*", "book"))
    for path in itertools.chain(*notebooks):
        for cell in nbformat.read(path, as_version=4).cells:
            found[f"{path}#{cell.id}"] = cell.source
    return found


def lines_of(source):
    """Lines of code without indentation, docstrings and comments."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            del node.body[0]
            node.body = node.body or [ast.Pass()]
    return [line.strip() for line in ast.unparse(tree).splitlines() if line.strip()]


def answers_to(name, function):
    """The solution, and the right answers of the bank."""
    yield "solution", exercise(name).answers[function]
    for path in submissions.bank("right"):
        if path.parts[-3] == name and path.stem.partition("__")[0] == function:
            yield path.stem, path.read_text()


@functools.cache
def shipped_runs():
    """Every three lines of code that stand together in a shipped source, and where."""
    found = {}
    for place, text in shipped().items():
        try:
            lines = lines_of(text)
        except SyntaxError:  # prose, or a cell with magic
            lines = [line.strip() for line in text.splitlines() if line.strip()]
        for run in zip(lines, lines[1:], lines[2:], strict=False):
            found.setdefault(run, set()).add(place)
    return found


@pytest.mark.parametrize(("name", "function"), TASKS)
def test_no_three_lines_of_an_answer_are_shipped_together(name, function):
    for answer, source in answers_to(name, function):
        own = [line for line in lines_of(source) if not line.startswith(("import ", "from "))]
        for run in zip(own, own[1:], own[2:], strict=False):
            places = shipped_runs().get(run, set())
            # What is to be repaired has such lines.
            assert not [place for place in places if not place.endswith(f"#{function}-found")], (
                answer
            )


def form(node):
    """An expression without the names and numbers in it; a function of one of them is one, too."""
    match node:
        case ast.Name() | ast.Constant():
            return "_"
        case ast.UnaryOp(operand=inner) if form(inner) == "_":
            return "_"
        case ast.Call(func=func, args=args, keywords=keywords):
            inner = [form(one) for one in (*args, *(keyword.value for keyword in keywords))]
            if inner == ["_"]:
                return "_"
            owner = f"{form(func.value)}.{func.attr}" if isinstance(func, ast.Attribute) else ""
            return f"{owner or ast.unparse(func)}({', '.join(inner)})"
        case ast.BinOp(left=left, op=op, right=right):
            return f"({form(left)} {type(op).__name__} {form(right)})"
    return ast.unparse(node)


def returned(source):
    """Expressions that functions with one `return` return, with their variables put in."""
    for function in ast.walk(ast.parse(source)):
        kinds = [type(node) for node in ast.walk(function)]
        if isinstance(function, ast.FunctionDef) and kinds.count(ast.Return) == 1:
            values = {}

            class Inserted(ast.NodeTransformer):
                def visit_Name(self, node, values=values):
                    return values.get(node.id, node)

            for statement in function.body:
                match statement:
                    case ast.Assign(targets=[ast.Name(id=name)], value=value):
                        values[name] = Inserted().visit(value)
                    case ast.Return(value=ast.expr() as value):
                        yield Inserted().visit(value)


@functools.cache
def shipped_forms():
    """The form of every expression in a shipped source, and where."""
    found = {}
    for place, text in shipped().items():
        with contextlib.suppress(SyntaxError):  # prose, or a cell with magic
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.BinOp | ast.Call):
                    found.setdefault(form(node), set()).add(place)
    return found


@pytest.mark.parametrize(("name", "function"), TASKS)
def test_no_answer_in_one_expression_is_shipped_under_other_names(name, function):
    for answer, source in answers_to(name, function):
        for expression in returned(source):
            shape = form(expression)
            if shape.count("(") > 1:  # more than one step
                assert not shipped_forms().get(shape), (answer, shape)


@pytest.mark.parametrize(("name", "function"), TASKS)
def test_the_registry_knows_no_answer(name, function):
    found = bank.find(function)
    assert found is not None
    assert found.oracle is None


def library_functions():
    """Every function of the modules that hold answers, private ones too, each once."""
    found = {}
    for module in pkgutil.walk_packages(cvbook.__path__, "cvbook."):
        if module.name.removeprefix("cvbook.").startswith(LIBRARY):
            for value in vars(importlib.import_module(module.name)).values():
                if inspect.isfunction(value) and value.__module__.startswith("cvbook."):
                    found[value] = f"{value.__module__}.{value.__qualname__}"
    return found


def notebook_functions(name):
    """Functions that the released notebook defines, those inside of its test cells too."""
    path = submissions.ROOT / "exercises" / name / f"{name}.ipynb"
    namespace = exercise(name)._namespace({})
    own, found = set(namespace), {}
    for cell in nbformat.read(path, as_version=4).cells:
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or marks.get("solution"):
            continue
        if marks.get("grade"):
            found |= dict.fromkeys(inner_functions(cell.source, namespace), cell.id)
            continue
        tree = ast.parse(cell.source)
        tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        exec(compile(tree, cell.id, "exec"), namespace)
    defined = {key: value for key, value in namespace.items() if key not in own}
    return found | {value: key for key, value in defined.items() if inspect.isfunction(value)}


@functools.cache
def chapter_functions():
    """Functions that chapters define; of the rest they have what is imported, and constants."""
    found = {}
    for path in sorted(submissions.ROOT.glob("book/*.ipynb")):
        namespace = {}
        for cell in nbformat.read(path, as_version=4).cells:
            # What an experiment returns is a table of results.
            if cell.cell_type == "code" and "experiment" not in cell.metadata.get("tags", []):
                code = re.sub(r"^%.*$", "", cell.source, flags=re.MULTILINE)
                for statement in ast.parse(code).body:
                    if isinstance(statement, ast.FunctionDef | ast.Import | ast.ImportFrom) or (
                        isinstance(statement, ast.Assign) and is_constant(statement.value)
                    ):
                        tree = ast.Module([statement], [])
                        with contextlib.suppress(NameError):  # a default that a cell computes
                            exec(compile(tree, f"{path.stem}#{cell.id}", "exec"), namespace)
        own = (value for value in namespace.values() if inspect.isfunction(value))
        found |= {one: one.__code__.co_filename for one in own if one.__module__ is None}
    return found


def is_constant(expression):
    """Whether an expression is a literal."""
    with contextlib.suppress(ValueError):
        ast.literal_eval(expression)
        return True
    return False


def inner_functions(source, given):
    """Functions inside of an isolated test cell, whose tests are left out."""
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []
            node.body.append(ast.parse("return locals()").body[0])
    namespace = dict(given)
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    exec(compile(ast.fix_missing_locations(tree), "test cell", "exec"), namespace)
    if "_tests" not in namespace:
        return []
    quiet = types.SimpleNamespace(**vars(checks) | {"visible": lambda *_, **__: None})
    modules = {
        parameter: quiet if parameter == "checks" else importlib.import_module(MODULES[parameter])
        for parameter in inspect.signature(namespace["_tests"]).parameters
    }
    return [value for value in namespace["_tests"](**modules).values() if inspect.isfunction(value)]


def fits(candidate, answer):
    """Whether a function can be called as the task's is."""
    parameters = inspect.signature(answer).parameters.values()
    needed = sum(parameter.default is parameter.empty for parameter in parameters)
    try:
        inspect.signature(candidate).bind(*range(needed))
    except TypeError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize(("name", "function"), drawn(TASKS, days=3))
def test_no_function_that_students_get_passes(name, function):
    task = exercise(name)
    namespace = task._namespace({})
    answer = namespace[function]
    tried = 0
    given = library_functions() | chapter_functions() | notebook_functions(name)
    for candidate, place in given.items():
        if candidate.__name__ == function or fits(candidate, answer):
            tried += 1
            with contextlib.suppress(_TooLongError), processor_time(5):
                assert fails(task, namespace | {function: candidate}, function), place
    assert tried > 3
    assert not fails(task, namespace, function)


class _TooLongError(Exception):
    """A function used more processor time than it may."""


@contextlib.contextmanager
def processor_time(seconds):
    """End what uses more, such as a function that draws a data set as large as a budget."""

    def end(*_):
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def fails(task, namespace, function):
    """Whether a test of a function fails with these names."""
    for grade_id, source, _ in task.tests[function]:
        try:
            submissions._execute(source, grade_id, namespace)
        except checks.CheckFailed:
            return True
    return False


@pytest.mark.parametrize("name", submissions.names())
def test_printed_functions_give_at_most_40_points(name):
    task = exercise(name)
    printed = [function for function in task.tests if (name, function) not in TASKS]
    assert sum(map(task.full, printed)) <= 40


@pytest.mark.parametrize("name", submissions.names())
def test_every_task_has_minutes_and_three_hints_one_inside_the_other(name):
    path = submissions.ROOT / "exercises" / name / f"{name}.ipynb"
    texts = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.id != "title"]
    tasks = [text for text in texts if text.startswith("## ") and text[3].isdigit()]
    assert len(tasks) == len(exercise(name).tests) + 1  # and the essay
    for text in tasks:
        first = text.splitlines()[0]
        assert re.search(r"\(약 \d+분\)$", first), first
        opened = [text.index(f"<details><summary>힌트 {number}</summary>") for number in (1, 2, 3)]
        assert opened == sorted(opened)
        assert "</details>" not in text[: opened[-1]]
        assert text.count("<details>") == text.count("</details>") == 3
