"""Execution of cells in the browser: output, figures, errors and what a browser cannot do.

The worker calls `run` with the cells of one run: those that the last one depends on, and that one.
Each run has a namespace of its own, so that its result depends on the text of these cells alone.
"""

import ast
import builtins
import contextlib
import importlib
import io
import linecache
import sys
import traceback
import types
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any, NoReturn, TextIO, TypedDict

#: Calls `emit(kind, content)`: "stdout", "stderr" with text, "html", or "figure" with PNG bytes.
Emit = Callable[[str, Any], object]

#: Characters of one run that are shown; an endless loop that prints fills no more.
MAX_OUTPUT = 60_000
NEEDS_JUPYTER = "이 이름은 Keras(TensorFlow)가 있어야 쓸 수 있습니다. JupyterLab에서 실행하세요."
NOT_HERE = frozenset({"keras", "layers", "models", "ops", "tensorflow", "tf", "training"})
HINTS: dict[type[BaseException], str] = {
    RecursionError: "함수가 자신을 끝없이 부릅니다. 재귀를 멈추는 조건을 확인하세요.",
    MemoryError: "메모리가 모자랍니다. 브라우저에서는 배열을 수백 MB까지만 만들 수 있습니다.",
    ModuleNotFoundError: "브라우저에는 넘파이와 Matplotlib만 있습니다. JupyterLab에서 실행하세요.",
}


class Cell(TypedDict):
    """A cell to run.

    Attributes
    ----------
    name : str
        In tracebacks.
    source : str
    shown : bool
        Whether its output is shown.
    optional : bool
        Whether the run goes on after an error in it, as after the answer to another task.
    """

    name: str
    source: str
    shown: bool
    optional: bool


class InputUnavailable(RuntimeError):
    """What `input()` raises."""


def _input(prompt: object = "") -> NoReturn:
    raise InputUnavailable("브라우저에서는 input()을 쓸 수 없습니다. 값을 코드에 직접 적으세요.")


class _Stream(io.TextIOBase):
    """A text stream that emits what is written, until the run has shown enough."""

    def __init__(self, kind: str, emit: Emit, left: list[int]):
        self.kind, self.emit, self.left = kind, emit, left

    def write(self, text: str) -> int:
        if self.left[0] > 0:
            self.emit(self.kind, text[: self.left[0]])
            self.left[0] -= len(text)
            if self.left[0] <= 0:
                self.emit("stderr", f"\n… 출력이 {MAX_OUTPUT:,}자를 넘어 여기서 자릅니다.\n")
        return len(text)


def run(cells: Sequence[Cell], emit: Emit) -> str:
    """Run cells one after another in one new namespace.

    Parameters
    ----------
    cells : sequence of Cell
        The last is the one that the reader runs.
    emit : callable
        Receives outputs as they come.

    Returns
    -------
    str
        "ok"; "error" after an exception; "exit" or "memory" where the interpreter has to be new.
    """
    namespace = types.ModuleType("__main__")
    sys.modules["__main__"] = namespace
    namespace.__dict__["display"] = _display(emit)
    left = [MAX_OUTPUT]
    for cell in cells:
        out = _Stream("stdout", emit if cell["shown"] else _ignore, left)
        error = _Stream("stderr", emit if cell["shown"] else _ignore, left)
        try:
            with _redirected(out, error), _figures(emit if cell["shown"] else _ignore):
                _execute(cell, namespace.__dict__, out)
        except SystemExit:
            if cell["optional"]:
                continue
            emit("stderr", "exit()로 파이썬을 끝냈습니다. 새 파이썬으로 다시 시작합니다.\n")
            return "exit"
        except BaseException as problem:
            if cell["optional"]:
                continue
            if not cell["shown"]:
                emit("stderr", f"이 셀에 앞서 실행하는 {cell['name']}에서 오류가 났습니다.\n")
            emit("stderr", _explain(problem))
            return "memory" if isinstance(problem, MemoryError) else "error"
    return "ok"


def _display(emit: Emit) -> Callable[..., None]:
    def display(*values: Any) -> None:
        for value in values:
            _show(value, emit)

    return display


def _ignore(kind: str, content: Any) -> None:
    pass


@contextlib.contextmanager
def _redirected(out: TextIO | Any, error: TextIO | Any) -> Iterator[None]:
    original, builtins.input = builtins.input, _input
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
            yield
    finally:
        builtins.input = original


def _execute(cell: Cell, namespace: dict[str, Any], out: Any) -> None:
    name, source = f"<{cell['name']}>", cell["source"]
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    tree = ast.parse(source, name)
    last = tree.body[-1] if tree.body else None
    shown = isinstance(last, ast.Expr) and not source.rstrip().endswith(";")
    if shown:
        tree.body.pop()
    exec(compile(tree, name, "exec"), namespace)
    if shown and isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), name, "eval"), namespace)
        if value is not None:
            _show(value, out.emit)


def _show(value: Any, emit: Emit) -> None:
    """Emit a value as a notebook does: a figure as a picture, HTML where it has any."""
    if hasattr(value, "savefig"):
        _emit_figure(value, emit)
    elif callable(markup := getattr(value, "_repr_html_", None)) and (text := markup()):
        emit("html", text)
    else:
        emit("stdout", f"{value!r}\n")


@contextlib.contextmanager
def _figures(emit: Emit) -> Iterator[None]:
    """Emit the figures of `plt.show()`, and those that are open at the end."""
    if find_spec("matplotlib") is None:  # loaded only when a cell needs it
        yield
        return
    backend: Any = importlib.import_module("cvbook_live_figures")
    backend.on_show = lambda figure: _emit_figure(figure, emit)
    try:
        yield
        backend.show()
    finally:
        backend.close()


def _emit_figure(figure: Any, emit: Emit) -> None:
    if emit is _ignore:
        return
    picture = io.BytesIO()
    figure.savefig(picture, format="png", bbox_inches="tight")
    emit("figure", picture.getvalue())


def _explain(error: BaseException) -> str:
    """Format an exception without the frames of this module; with a hint in Korean."""
    if rendered := getattr(error, "_render_traceback_", None):  # as IPython does
        return "\n".join(rendered()) + "\n"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__]
    if len(own) > 12:
        own = [*own[:4], *own[-4:]]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(own)] if own else []
    lines += traceback.format_exception_only(error)
    hint = next((text for kind, text in HINTS.items() if isinstance(error, kind)), "")
    if isinstance(error, NameError) and error.name in NOT_HERE:
        hint = NEEDS_JUPYTER
    return "".join(lines) + (f"{hint}\n" if hint else "")
