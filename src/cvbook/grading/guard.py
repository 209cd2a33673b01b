"""Proof that a test cell really ran to its end, and that what it calls was not replaced.

Three things together: a one-time token that stands behind the last statement of the cell; a
fingerprint of the functions and classes of the modules that tests rely on, taken before any
student's code and compared around every test cell; and the names that the assignment's own
cells made, compared the same way. The code that looks is sent anew each time, so nothing of it
waits in the kernel to be replaced. What happens inside one process can still be forged with
enough effort: `suspicions` names the code that a human should read.
"""

import ast
import builtins
import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

#: What every test relies on, beside the modules that the assignment's own cells import.
ALWAYS = (
    "builtins",
    "sys",
    "ast",
    "asyncio.events",
    "contextlib",
    "copy",
    "hashlib",
    "inspect",
    "io",
    "linecache",
    "math",
    "random",
    "traceback",
    "types",
    "unittest.case",
    "unittest.mock",
    "warnings",
    "IPython.core.async_helpers",
    "IPython.core.compilerop",
    "IPython.core.displayhook",
    "IPython.core.events",
    "IPython.core.inputtransformer2",
    "IPython.core.interactiveshell",
    "IPython.core.ultratb",
    "ipykernel.displayhook",
    "ipykernel.ipkernel",
    "ipykernel.iostream",
    "ipykernel.kernelbase",
    "ipykernel.zmqshell",
    "jupyter_client.session",
)
#: What belongs to a module when an assignment imports it.
ALONG = {
    "numpy": ("numpy.testing", "numpy.testing._private.utils", "numpy.linalg", "numpy.random"),
    "keras": ("keras.layers", "keras.ops", "keras.random", "keras.utils"),
    "tensorflow": ("tensorflow.math", "tensorflow.nn"),
    "cvbook": ("cvbook.checks", "cvbook.oracles", "cvbook.slips"),
}

_PROBE = """
def {name}():
    import sys, builtins, hashlib, json
    F = type(lambda: 0)
    wanted = {modules!r}
    for module in {load!r}:
        try:
            __import__(module)
        except Exception:
            pass
    shell = get_ipython()
    kernel = shell.kernel
    keep = kernel.__dict__.setdefault("_cvbook_keep", {{}})
    def look(value):
        if type(value) is F:
            return (id(value), id(value.__code__), id(value.__defaults__), id(value.__kwdefaults__))
        return (id(value),)
    def inside(value, module):
        rows = [id(value)]
        if isinstance(value, type) and value.__module__ == module:
            for key, entry in sorted(vars(value).items()):
                if type(entry) in (F, staticmethod, classmethod, property):
                    rows.append((key, *look(entry)))
                    keep.setdefault(id(entry), entry)
                    if type(entry) in (staticmethod, classmethod):
                        rows.append(look(entry.__func__))
        elif type(value) is F:
            rows += look(value)
            keep.setdefault(id(value.__code__), value.__code__)
        keep.setdefault(id(value), value)
        return rows
    names = keep.setdefault("names", {{}})
    found = {{}}
    for module in wanted:
        space = getattr(sys.modules.get(module), "__dict__", None)
        if space is None:
            continue
        if module not in names:
            names[module] = sorted(
                key for key, value in space.items()
                if isinstance(key, str) and callable(value) and key != "_"
                and not key.startswith("__Pyx") and not key.startswith("__warningregistry")
            )
        rows = [(key, inside(space.get(key), module)) for key in names[module]]
        if module != "builtins":
            old = set(names[module])
            rows += sorted(k for k in space if k in vars(builtins) and k not in old
                           and not k.startswith("__"))
        found[module] = hashlib.sha256(repr(rows).encode()).hexdigest()[:16]
    own = [type(shell), type(kernel), type(shell.displayhook), type(shell.display_pub)]
    def known(callback):  # %matplotlib registers these
        place = sys.modules.get(getattr(callback, "__module__", None))
        return getattr(place, "__name__", "") in {plotting!r} and (
            vars(place).get(getattr(callback, "__name__", "")) is callback
        )
    callbacks = shell.events.callbacks.items()
    hooks = [
        sys.gettrace() is None, sys.getprofile() is None, look(sys.displayhook)[0],
        [id(t) for t in own],
        [id(t) for t in shell.ast_transformers],
        [id(t) for t in shell.input_transformers_post],
        [id(t) for t in shell.input_transformer_manager.cleanup_transforms],
        [id(t) for t in shell.input_transformer_manager.line_transforms],
        [id(t) for t in shell.input_transformer_manager.token_transformers],
        sorted((e, [id(f) for f in c if not known(f)]) for e, c in callbacks),
        sorted((k, id(getattr(f, "__func__", f))) for k, f in kernel.shell_handlers.items()),
        sorted(k for k, v in vars(shell).items() if callable(v) and hasattr(type(shell), k)),
        sorted(k for k, v in vars(kernel).items() if callable(v) and hasattr(type(kernel), k)),
        sorted(map(str, shell.custom_exceptions)),
        id(vars(builtins).get("__build_class__")),
    ]
    for o in own + list(shell.ast_transformers) + list(shell.input_transformers_post):
        keep.setdefault(id(o), o)
    try:
        hooks.append([sys.monitoring.get_tool(i) for i in range(6)])
    except AttributeError:
        pass
    found["hooks"] = hashlib.sha256(repr(hooks).encode()).hexdigest()[:16]
    space = shell.user_ns
    bound = {{}}
    for key in {names!r}:
        if key not in space:
            bound[key] = None
            continue
        value = space[key]
        kind = "other"
        if type(value) is F:
            kind = "function"
        elif isinstance(value, type):
            kind = "class"
        elif type(value) is type(sys):
            spec = getattr(value, "__spec__", None)
            real = spec is not None and sys.modules.get(spec.name) is value
            kind = "module" if real else "fake module"
        elif callable(value):
            kind = "callable"
        keep.setdefault(id(value), value)
        rows = repr(inside(value, "__main__"))
        bound[key] = [kind, hashlib.sha256(rows.encode()).hexdigest()[:16]]
    token = space.pop({token!r}, None)
    space.pop({token!r} + "v", None)
    text = json.dumps([found, bound, token], sort_keys=True)
    return hashlib.sha256(({nonce!r} + text).encode()).hexdigest() + text
"""


def imports(sources: Iterable[str]) -> list[str]:
    """List the modules that some cells import, with what is looked at along with them."""
    found: dict[str, None] = {}
    for source in sources:
        for node in ast.walk(_tree(source)):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                found[name] = None
                found.update(dict.fromkeys(ALONG.get(name.partition(".")[0], ())))
    return list(found)


def bound_names(source: str) -> set[str]:
    """Names that the top level of a cell binds by import, `def`, `class` or assignment."""
    found: set[str] = set()
    for node in _tree(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        else:
            found |= {
                name.id
                for name in ast.walk(node)
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
            }
    return found


def used_names(source: str) -> set[str]:
    """Names that a cell reads anywhere."""
    return {
        node.id
        for node in ast.walk(_tree(source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _used_by(name: str, source: str) -> set[str]:
    """Names that the function or class of this name reads; none for an import."""
    return {
        node.id
        for definition in _tree(source).body
        if isinstance(definition, ast.FunctionDef | ast.ClassDef) and definition.name == name
        for node in ast.walk(definition)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def shows_value(source: str) -> bool:
    """Whether the last statement of a cell is an expression, whose value is shown."""
    body = _tree(source).body
    return bool(body) and isinstance(body[-1], ast.Expr) and not source.rstrip().endswith(";")


def with_token(source: str, name: str, token: str) -> str:
    """Put `name = token` behind the last statement, leaving the value shown as it was."""
    tree = _tree(source)
    proof = f"{name} = {token!r}"
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        text = source if _parses(source) else TransformerManager().transform_cell(source)
        last = tree.body[-1]
        lines = text.splitlines(keepends=True)
        start = len("".join(lines[: last.lineno - 1]).encode()) + last.col_offset
        before = text.encode()[:start].decode()
        value = ast.get_source_segment(text, last) or ""
        shown = "" if source.rstrip().endswith(";") else f"\n{name}v"
        return f"{before}{name}v = ({value})\n{proof}{shown}"
    return f"{source}\n{proof}"


def cleaned(text: str, name: str) -> str:
    """Take the traces of `with_token` out of a traceback."""
    return re.sub(rf"{name}v?( = \(|)", "", text)


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


def _tree(source: str) -> ast.Module:
    """Parse a cell with or without magics; an empty tree if it cannot be."""
    for attempt in (lambda: source, lambda: TransformerManager().transform_cell(source)):
        try:
            return ast.parse(attempt())
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return ast.Module(body=[], type_ignores=[])


class Guard:
    """The driver's side: what was seen before student code ran, and what must still be so.

    Parameters
    ----------
    modules : list of str
        Imported and looked at before any student code.
    """

    def __init__(self, modules: list[str]):
        self.load = modules
        self.modules = [*ALWAYS, *modules]
        self.baseline: dict[str, str] = {}
        self.names: dict[str, list[str]] = {}
        self.uses: dict[str, set[str]] = {}

    def probe(self, names: Iterable[str] = (), token: str = "") -> tuple[str, str, str]:
        """Make code that looks around in the kernel.

        Returns
        -------
        tuple of str
            The code to run, the expression whose value answers, and the nonce in the answer.
        """
        name, nonce = f"_cvbook_{secrets.token_hex(8)}", secrets.token_hex(16)
        code = _PROBE.format(
            name=name,
            modules=self.modules,
            load=[] if self.baseline else ["unittest.case", *self.load],
            names=sorted(names),
            token=token or "_cvbook",
            nonce=nonce,
            plotting=("matplotlib_inline.backend_inline", "matplotlib.pyplot"),
        )
        return code, f"{name}()", nonce

    @staticmethod
    def read(answer: str | None, nonce: str) -> list[Any] | None:
        """Read an answer; None if it is none or not to this question."""
        try:
            text = ast.literal_eval(answer or "")
            proof, content = text[:64], text[64:]
            if proof != hashlib.sha256((nonce + content).encode()).hexdigest():
                return None
            return list(json.loads(content))
        except (ValueError, SyntaxError, TypeError):
            return None

    def start(self, answer: list[Any]) -> None:
        """Remember the state before student code."""
        self.baseline = answer[0]

    def trust(self, bound: dict[str, Any], source: str) -> None:
        """Remember names that one of the assignment's own cells has just bound."""
        for name, seen in bound.items():
            self.uses[name] = _used_by(name, source)
            if seen is not None and seen[0] in ("function", "class", "module", "callable"):
                self.names[name] = seen
            else:
                self.names.pop(name, None)

    def watched(self, source: str) -> set[str]:
        """Names to look at around a test cell: its own, and those of the trusted names."""
        used, more = set(), used_names(source)
        while more:
            used |= more
            more = {other for name in more & self.names.keys() for other in self.uses[name]} - used
        used -= bound_names(source)
        return {n for n in used if n in self.names or hasattr(builtins, n)} | {"get_ipython"} & used

    def complaints(self, answer: list[Any]) -> list[str]:
        """Say what was replaced, by name."""
        found, bound, _ = answer
        complaints = [
            f"{name} 안의 것이 바뀜" if name != "hooks" else "커널의 훅이 바뀜"
            for name, value in self.baseline.items()
            if found.get(name) != value
        ]
        for name, seen in bound.items():
            before = self.names.get(name)
            if before is None:
                if seen is not None and seen[0] != "other" and name != "get_ipython":
                    complaints.append(f"내장 함수 {name}을(를) 가림")
            elif seen is None or (
                seen != before and not (before[0] == "module" and seen[0] == "module")
            ):
                complaints.append(f"{name}이(가) 바뀜")
        return complaints


# --- What a human should read -------------------------------------------------------------------

_MODULES = {
    "ctypes": "ctypes",
    "gc": "gc",
    "inspect": "inspect",
    "builtins": "builtins",
    "atexit": "atexit",
    "mock": "mock",
    "sqlite3": "sqlite3",
    "psycopg": "psycopg",
    "sqlalchemy": "sqlalchemy",
    "socket": "socket",
    "urllib": "urllib",
    "requests": "requests",
    "http": "http",
    "subprocess": "subprocess",
    "multiprocessing": "multiprocessing",
    "threading": "threading",
    "signal": "signal",
    "ipykernel": "ipykernel",
    "IPython": "IPython",
    "nbgrader": "nbgrader",
    "nbformat": "nbformat",
    "jupyter_client": "jupyter_client",
    "zmq": "zmq",
    "pty": "pty",
    "resource": "resource",
    "importlib": "importlib",
    "pickle": "pickle",
    "site": "site",
}
_HARMLESS_IMPORTS = {"IPython.display", "importlib.metadata"}
_CALLS = {
    "get_ipython", "exec", "eval", "compile", "globals", "locals", "vars", "setattr", "delattr",
    "__import__", "exit", "quit",
}  # fmt: skip
_ATTRIBUTES = {
    "__code__", "__globals__", "__builtins__", "__subclasses__", "__closure__", "__defaults__",
    "f_back", "f_globals", "f_locals", "_getframe", "settrace", "setprofile", "monitoring",
    "_exit", "abort", "kill", "killpg", "fork", "forkpty", "system", "popen", "execv", "execve",
    "modules", "meta_path", "path_hooks", "displayhook", "excepthook", "ast_transformers",
    "input_transformers_post", "run_cell", "run_cell_async", "run_code", "user_ns",
    "set_custom_exc", "showtraceback", "_ih", "symlink", "ptrace", "environ",
}  # fmt: skip
_DEFINITIONS = {
    "__eq__", "__ne__", "__bool__", "__array_ufunc__", "__array_function__", "__instancecheck__",
    "__subclasscheck__", "__class__", "__getattr__", "__getattribute__", "__del__", "__float__",
    "__array__", "__lt__", "__gt__", "__le__", "__ge__", "__sub__", "__rsub__", "__abs__",
}  # fmt: skip
_TEXT = re.compile(
    r"gradebook|HIDDEN TEST|BEGIN SOLUTION|solutions?/|source/|submitted|autograded|nbgrader"
    r"|/proc|/etc/|/root|/home|\.\./|\.ssh|\.ipynb|docker\.sock"
    r"|<script|javascript:|onerror\s*=|^\s*(?:!|%%(?:bash|sh|script))",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES = {"In", "Out", "_ih", "_i", "_ii", "_iii", "__builtins__", "_oh", "__builtin__"}


def suspicions(source: str, trusted: set[str]) -> list[str]:
    """Name what an honest answer hardly needs.

    Parameters
    ----------
    source : str
        A cell of the student's.
    trusted : set of str
        Names that the assignment's own cells bound.

    Returns
    -------
    list of str
        One short Korean phrase each, in order of appearance.
    """
    found: dict[str, None] = {}
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                _module(alias.name, found)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                _module(f"{node.module}.{alias.name}", found, node.module or "")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in _CALLS and not _is_line_magic(source, node.func.id):
                found[f"{node.func.id}() 부름"] = None
        elif isinstance(node, ast.Attribute):
            if node.attr in _ATTRIBUTES:
                found[f".{node.attr} 씀"] = None
            elif isinstance(node.ctx, ast.Store | ast.Del) and _root(node) in trusted:
                found[f"{_root(node)}의 {node.attr}을(를) 바꿈"] = None
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            if node.name in _DEFINITIONS:
                found[f"{node.name} 정의"] = None
            elif node.name in trusted:
                found[f"{node.name}을(를) 새로 정의"] = None
        elif isinstance(node, ast.Name) and node.id in _NAMES:
            found[f"{node.id} 씀"] = None
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = _TEXT.search(node.value)
            if match:
                found[f"글 {match.group().strip()!r}"] = None
    return list(found)


def _module(name: str, found: dict[str, None], parent: str = "") -> None:
    top = name.partition(".")[0]
    if name in _HARMLESS_IMPORTS or parent in _HARMLESS_IMPORTS:
        return
    if top in _MODULES or name.startswith(("unittest.mock", "cvbook.oracles", "cvbook.slips")):
        found[f"{name}을(를) 들여옴"] = None


def _is_line_magic(source: str, name: str) -> bool:
    """Whether `get_ipython()` came from a `%magic` line."""
    return name == "get_ipython" and name not in source and not _TEXT.search(source)


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
