"""Static analysis of cells."""

import ast
import gc
import re
import subprocess
import sys

import pytest

from cvbook.grading.integrity.source import (
    bound_names,
    imports,
    parsed,
    shows_value,
    with_token,
    without_token,
)


@pytest.mark.parametrize(
    "source",
    [
        "assert f(1) == 2",
        "f(1)",
        "x = 1\nf(x);",
        "if True:\n    f(1)",
        "0.5",
        "# 글\nf('가')  # 끝",
        *(f"s = '{char}'\nf(1)" for char in "\f\v\x1c\x85\u2028"),
        "x = 1\n\f\nf(x)",
        "x = 1\r\ny = 2\rf(x)",
    ],
)
def test_the_token_stands_behind_the_last_statement(source):
    changed = with_token(source, "_token", "secret")
    reached = {"f": lambda x: 2}
    exec(compile(changed, "cell", "exec"), reached)
    assert reached["_token"] == "secret"

    def fails(x):
        raise ValueError

    stopped = {"f": fails}
    if "f(" in source:
        with pytest.raises(ValueError):  # noqa: PT011
            exec(compile(changed, "cell", "exec"), stopped)
        assert "_token" not in stopped
    if shows_value(source):
        assert isinstance(ast.parse(changed).body[-1], ast.Expr)


@pytest.mark.parametrize("char", "\f\v\x1c\x1e\x85\u2028\u2029")
def test_no_statement_is_lost_for_a_character_that_only_str_counts_as_a_line_end(char):
    changed = with_token(f"s = 'a{char}b'\nseen.append(s)\nseen.append(2)", "_token", "secret")
    seen = []
    exec(compile(changed, "cell", "exec"), {"seen": seen})
    assert seen == [f"a{char}b", 2]


@pytest.mark.parametrize(
    "source",
    ["4", "4;", "4;  # quiet", "4  # points;", "4 # points", "';'", "%%time\n4", "4;\n\n# end"],
)
def test_a_value_is_shown_where_ipython_shows_it(source):
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--colors=NoColor", "--HistoryManager.enabled=False",
         "-c", f"get_ipython().run_cell({source!r}, store_history=True)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shows_value(source) == bool(re.search(r"^Out\[", done.stdout, re.MULTILINE))


def test_a_traceback_does_not_show_the_token():
    changed = with_token("f('가')", "_token", "secret")
    line = changed.splitlines()[0]
    assert line != "f('가')"
    assert without_token(f"----> 1 {line}", "_token") == "----> 1 f('가')"


def test_imports_are_found_in_cells_with_magics_and_nowhere_in_cells_that_cannot_be_read():
    sources = ["%matplotlib inline\nimport a.b as c", "def f():\n    from d import e", "import ("]
    assert imports(sources) == ["a.b", "d", "d.e"]


def test_bound_names_are_those_of_the_top_level():
    source = "import a.b\nfrom c import d as e\n\n\ndef f(x):\n    y = 1\n\n\ng, h = 1, 2"
    assert bound_names(source) == {"a", "e", "f", "g", "h"}


def test_a_cell_is_parsed_while_the_garbage_collector_parses_another():
    """CPython before 3.11.8 raises SystemError then, which ended the run of an honest notebook."""
    source = "x = [1, 2 * (3 - f(a, b[c]))]\n" * 3000
    built = []

    def build(phase, _):
        if phase == "start" and len(built) < 20:
            built.append(ast.parse("y = 1"))

    gc.collect()
    gc.callbacks.append(build)
    try:
        tree = parsed(source)
    finally:
        gc.callbacks.remove(build)
    assert len(built) == 20
    assert len(tree.body) == 3000
