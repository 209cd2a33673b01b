"""Static review of students' code: constructs that an honest answer hardly needs.

Findings cost no points. What stays replaced is found by `guard`; this is for code that restores
what it replaced, makes every comparison true, or reads what it must not.
"""

import ast
import re
import symtable
from collections.abc import Iterable
from typing import TypeGuard

from cvbook.grading.integrity.source import parsed, readable

_MODULES = {
    "IPython", "__main__", "_ctypes", "_thread", "atexit", "bdb", "builtins", "cffi", "code",
    "codeop", "concurrent", "ctypes", "http", "importlib", "inspect", "ipykernel",
    "jupyter_client", "linecache", "marshal", "mock", "multiprocessing", "nbformat", "nbgrader",
    "pdb", "pkgutil", "psycopg", "pty", "requests", "resource", "runpy", "signal", "site",
    "socket", "sqlalchemy", "sqlite3", "subprocess", "threading", "unittest.mock", "urllib",
    "weakref", "zmq",
}  # fmt: skip
_HARMLESS_IMPORTS = (
    "IPython.display", "IPython.core.interactiveshell.InteractiveShell", "importlib.metadata",
    "importlib.reload",
)  # fmt: skip
#: Built-in functions that an honest answer does not need; assigned to another name, flagged too.
_CALLS = {
    "get_ipython", "exec", "eval", "compile", "globals", "locals", "vars", "setattr", "delattr",
    "__import__", "exit", "quit",
}  # fmt: skip
_ATTRIBUTES = {
    "CodeType", "EntryPoint", "FunctionType", "__bases__", "__builtins__", "__closure__",
    "__code__", "__defaults__", "__dict__", "__globals__", "__kwdefaults__", "__mro__", "__self__",
    "__setattr__", "__subclasses__", "__traceback__", "_current_exceptions", "_current_frames",
    "_exit", "_getframe", "_ih", "_instance", "abort", "add_callback", "addaudithook",
    "ast_transformers", "attrgetter", "call_later", "call_soon", "co_consts", "co_names",
    "cr_frame", "create_task", "ctypeslib", "display_pub", "displayhook", "ensure_future",
    "entry_points", "excepthook", "execv", "execve", "extract_stack", "f_back", "f_code",
    "f_globals", "f_locals", "finalize", "fork", "forkpty", "format_stack", "get_objects",
    "get_referents", "get_referrers", "gi_frame", "input_transformers_post", "instance", "kill",
    "killpg", "ma", "make_dataclass", "masked_all", "masked_array", "meta_path", "methodcaller",
    "modules", "monitoring", "new_class", "parent_header", "path_hooks", "popen", "print_stack",
    "ptrace", "pub_thread", "run_cell", "run_cell_async", "run_code", "session", "set_custom_exc",
    "setprofile", "settrace", "showtraceback", "symlink", "system", "tb_frame",
    "user_ns", "walk_stack",
}  # fmt: skip
#: Methods that an honest class may define; others can change what comparisons give.
_PLAIN_METHODS = {
    "__call__", "__contains__", "__doc__", "__enter__", "__exit__", "__getitem__", "__init__",
    "__iter__", "__len__", "__module__", "__name__", "__next__", "__post_init__", "__repr__",
    "__setitem__", "__slots__", "__str__",
}  # fmt: skip
_VALUE_TYPES = {
    "MaskedArray", "bool", "bytes", "complex", "dict", "float", "float32", "float64", "floating",
    "generic", "int", "int32", "int64", "list", "matrix", "memmap", "ndarray", "number",
    "recarray", "set", "str", "tuple", "type",
}  # fmt: skip
_TEXT = re.compile(
    r"gradebook|HIDDEN TEST|BEGIN SOLUTION|solutions?/|source/|submitted|autograded|nbgrader"
    r"|/proc|/etc/|/root|/home|\.\./|\.ssh|\.ipynb|docker\.sock"
    r"|<script|javascript:|onerror\s*=|f_back|f_locals|f_globals|_getframe|tb_frame"
    r"|__(?!main__|init__|call__|name__|version__|doc__|file__)[a-z]+__",
    re.IGNORECASE,
)
_NAMES = {"In", "Out", "_ih", "_i", "_ii", "_iii", "__builtins__", "_oh", "__builtin__"}
_SHELLS = {"!", "bash", "python", "python3", "script", "sh", "sx", "system"}
_HARMLESS_COMMAND = re.compile(
    r"(?:pip3?|conda|ls|pwd|nvidia-smi|cat|echo|head|wget|unzip|mkdir)\b[^;|&$`<>()]*"
    r"|python3? (?:--version|-V|-m pip\b[^;|&$`<>()]*)"
)
#: Packages whose settings students may change.
_CONFIGURABLE = {"matplotlib", "pandas", "seaborn", "ssl"}


def unusual(
    source: str, trusted: Iterable[str] = (), answer_modules: Iterable[str] = ()
) -> list[str]:
    """List constructs that flag a cell for review.

    Parameters
    ----------
    source : str
        A cell of the student's.
    trusted : iterable of str
        Names that the assignment's own cells bound.
    answer_modules : iterable of str
        Modules that hold answers.

    Returns
    -------
    list of str
        One short Korean phrase each, in order of appearance.
    """
    if not readable(source):
        return ["너무 길어 읽지 않은 코드"]
    return _Review(source, set(trusted), set(answer_modules)).findings()


def globals_read(source: str) -> set[str]:
    """Names that functions of a cell read from outside, other than what the cell defines.

    Parameters
    ----------
    source : str

    Returns
    -------
    set of str
    """
    tree = parsed(source)
    defined = _imported(tree) | {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    try:
        top = symtable.symtable(ast.unparse(tree), "cell", "exec")
    except (SyntaxError, RecursionError):
        return set()
    found: set[str] = set()
    scopes = [(top, False)]
    while scopes:
        scope, inside = scopes.pop()
        if inside:
            found |= {s.get_name() for s in scope.get_symbols() if s.is_global()}
        for child in scope.get_children():
            comprehension = child.get_name() in ("listcomp", "setcomp", "dictcomp", "genexpr")
            scopes.append((child, inside or not comprehension))
    return found - defined


def _imported(tree: ast.Module) -> set[str]:
    """Names bound to parts of a library, by import or by assignment of such a part."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                module = getattr(node, "module", None) or alias.name
                if module.partition(".")[0] not in _CONFIGURABLE:
                    found.add((alias.asname or alias.name).partition(".")[0])
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _root_of_chain(node.value) in found:
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def _aliases(tree: ast.Module) -> dict[str, str]:
    """Full names of what a cell imports, by the local name."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            found |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return found


def _root_of_chain(node: ast.expr) -> str:
    """First name of `a.b.c`; "" for anything else."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _restores_alias(node: ast.Assign) -> bool:
    """Whether it restores an alias that NumPy removed: `np.float = float`."""
    return isinstance(node.value, ast.Name) and all(
        isinstance(target, ast.Attribute) and target.attr == node.value.id
        for target in node.targets
    )


class _Review:
    """The findings in one cell."""

    def __init__(self, source: str, trusted: set[str], answer_modules: set[str]):
        self.source = source
        self.trusted = trusted
        self.answer_modules = answer_modules
        self.tree = parsed(source)
        self.found: dict[str, None] = {}
        self.skipped: set[ast.AST] = set()
        self.foreign = _imported(self.tree) | trusted
        self.own = _defined(self.tree)
        self.aliases = _aliases(self.tree)
        self.shadowed = _shadowed(self.tree, self.own)

    def findings(self) -> list[str]:
        for node in ast.walk(self.tree):
            visit = getattr(self, f"_visit_{type(node).__name__}", None)
            if visit is not None and node not in self.skipped:
                visit(node)
        return list(self.found)

    def _flag(self, what: str) -> None:
        self.found[what] = None

    def _visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._module(alias.name)

    def _visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self._module(f"{node.module}.{alias.name}")
            if alias.name in _ATTRIBUTES:
                self._flag(f"{alias.name}을(를) 들여옴")

    def _module(self, name: str) -> None:
        parts = name.split(".")
        parents = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
        if parents & (_MODULES | self.answer_modules) and not name.startswith(_HARMLESS_IMPORTS):
            self._flag(f"{name}을(를) 들여옴")

    def _visit_Call(self, node: ast.Call) -> None:
        """Review a call; some of its parts need no further review."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else _root(node.func)
        texts = [a for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        arrays = _root(node.func) in ("keras", "np", "numpy", "ops", "tf")
        if name in ("timeit", "repeat", "Timer") and texts and not arrays:
            self._flag(f"{name}에 글로 준 코드")
        if isinstance(node.func, ast.Name):
            if (
                (name in _CALLS and not _is_line_magic(self.source, name))
                or (
                    name == "getattr"
                    and not all(isinstance(a, ast.Constant) for a in node.args[1:2])
                )
                or (name == "type" and len(node.args) == 3)
            ):
                self._flag(f"{name}() 부름")
            checks_type = name in ("isinstance", "issubclass", "map")
            self.skipped.add(node.func)
            self.skipped |= {a for a in node.args if checks_type and _root(a) == "type"}
        elif isinstance(node.func, ast.Attribute) and _root(node.func) == "get_ipython":
            self._magic(node, node.func)

    def _magic(self, node: ast.Call, function: ast.Attribute) -> None:
        first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
        if function.attr in ("system", "getoutput"):
            if isinstance(first, str) and _HARMLESS_COMMAND.fullmatch(first.strip()):
                self.skipped.add(function)
        elif function.attr in ("run_cell_magic", "run_line_magic") and first in _SHELLS:
            self._flag(f"%{first} 씀")

    def _visit_Assign(self, node: ast.Assign) -> None:
        if _restores_alias(node):
            self.skipped.update(node.targets)

    def _visit_Attribute(self, node: ast.Attribute) -> None:
        root = _root(node)
        if node.attr in _ATTRIBUTES:
            self._flag(f".{node.attr} 씀")
        elif answers := self._answer_module(node):
            self._flag(f"{answers} 씀")
        elif (
            isinstance(node.ctx, ast.Store | ast.Del)
            and root in self.foreign
            and f"{root}.{node.attr}" != "InteractiveShell.ast_node_interactivity"
        ):
            self._flag(f"{root}의 {node.attr}을(를) 바꿈")

    def _answer_module(self, node: ast.Attribute) -> str:
        """Full name of the answer module that `a.b` is; its packages may be imported elsewhere."""
        root = _root_of_chain(node)
        chain = ast.unparse(node).replace(root, self.aliases.get(root, root), 1) if root else ""
        return next((m for m in sorted(self.answer_modules) if f".{m}".endswith(f".{chain}")), "")

    def _visit_FunctionDef(self, node: ast.FunctionDef | ast.ClassDef) -> None:
        if node.name in self.trusted:
            self._flag(f"{node.name}을(를) 새로 정의")

    def _visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_FunctionDef(node)
        for base in node.bases:
            name = base.attr if isinstance(base, ast.Attribute) else _root(base)
            if name in _VALUE_TYPES:
                self._flag(f"{name}을(를) 물려받은 {node.name}")
        for entry in ast.walk(node):
            name = entry.name if isinstance(entry, ast.FunctionDef | ast.AsyncFunctionDef) else ""
            name = entry.id if _is_stored(entry) else name
            if re.fullmatch("__.*__", name) and name not in _PLAIN_METHODS:
                self._flag(f"{name} 정의")

    def _visit_Name(self, node: ast.Name) -> None:
        if node.id in (_NAMES - self.own) | {"__builtins__"}:
            self._flag(f"{node.id} 씀")
        elif node.id in (_CALLS | {"getattr", "type"}) - self.shadowed:
            self._flag(f"{node.id}을(를) 다른 이름으로 씀")

    def _visit_keyword(self, node: ast.keyword) -> None:
        if node.arg == "stack_info":
            self._flag(f"{node.arg}= 씀")

    def _visit_MatchClass(self, node: ast.MatchClass) -> None:
        for name in _ATTRIBUTES.intersection(node.kwd_attrs):
            self._flag(f".{name} 씀")

    def _visit_Constant(self, node: ast.Constant) -> None:
        match = _TEXT.search(node.value) if isinstance(node.value, str) else None
        if match:
            self._flag(f"글 {match.group().strip()!r}")


def _defined(tree: ast.Module) -> set[str]:
    """Names that a cell binds anywhere by assignment, `def` or `class`."""
    return {node.id for node in ast.walk(tree) if _is_stored(node)} | {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }


def _shadowed(tree: ast.Module, defined: set[str]) -> set[str]:
    """Names that the cell binds to something of its own; `type = type` shadows nothing."""
    shadowed = defined | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            shadowed -= {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)} & {
                n.id for target in node.targets for n in ast.walk(target) if _is_stored(n)
            }
    return shadowed


def _is_line_magic(source: str, name: str) -> bool:
    """Whether `get_ipython()` is IPython's translation of a `%magic` line."""
    return name == "get_ipython" and name not in source and not _TEXT.search(source)


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
