"""Proof that a test cell really ran to its end, and that what it calls was not replaced.

Three things together: a one-time token that stands behind the last statement of the cell; a
fingerprint of the functions and classes of the modules that tests rely on, taken before any
student's code and compared around every test cell; and the names that the assignment's own
cells made, compared the same way. The code that looks is sent anew each time, so nothing of it
waits in the kernel to be replaced. What happens inside one process can still be forged with
enough effort: the module `suspicions` names the code that a human should read.
"""

import ast
import builtins
import functools
import hashlib
import inspect
import json
import re
import secrets
from collections.abc import Iterable
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from cvbook.grading.integrity import probe

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
    "marshal",
    "math",
    "random",
    "traceback",
    "types",
    "unittest.case",
    "unittest.mock",
    "warnings",
    "zlib",
    "IPython.core.async_helpers",
    "IPython.core.compilerop",
    "IPython.core.displayhook",
    "IPython.core.events",
    "IPython.core.inputtransformer2",
    "IPython.core.interactiveshell",
    "IPython.core.ultratb",
    "IPython.extensions.autoreload",
    "ipykernel.displayhook",
    "ipykernel.ipkernel",
    "ipykernel.iostream",
    "ipykernel.kernelbase",
    "ipykernel.zmqshell",
    "jupyter_client.session",
)
#: What belongs to a module when an assignment imports it.
ALONG = {
    "numpy": (
        "numpy.testing",
        "numpy.testing._private.utils",
        "numpy._core._methods",
        "numpy._core.fromnumeric",
        "numpy._core.multiarray",
        "numpy._core.numeric",
        "numpy.linalg",
        "numpy.random",
    ),
    "keras": ("keras.layers", "keras.ops", "keras.random", "keras.utils"),
    "tensorflow": ("tensorflow.math", "tensorflow.nn"),
    "cvbook": (
        "cvbook.arithmetic",
        "cvbook.checks",
        "cvbook.checks.bank",
        "cvbook.checks.bank.architecture",
        "cvbook.checks.bank.batchnorm",
        "cvbook.checks.bank.improving",
        "cvbook.checks.bank.mini_xception",
        "cvbook.checks.bank.registry",
        "cvbook.checks.bank.residual",
        "cvbook.checks.bank.segmentation",
        "cvbook.checks.bank.separable_conv",
        "cvbook.checks.bank.tasks",
        "cvbook.checks.bank.transposed_conv",
        "cvbook.checks.cases",
        "cvbook.checks.compare",
        "cvbook.checks.keras_models",
        "cvbook.checks.messages",
        "cvbook.checks.runner",
        "cvbook.models",
        "cvbook.reference",
        "cvbook.reference.batchnorm",
        "cvbook.reference.improving",
        "cvbook.reference.mini_xception",
        "cvbook.reference.segmentation",
        "cvbook.reference.separable_conv",
        "cvbook.reference.tasks",
        "cvbook.reference.transposed_conv",
    ),
}

#: Characters of a cell that are read.
MAX_SOURCE = 100_000

#: Answers with the byte code of the probe, in the kernel's own version of Python.
COMPILE = (
    "(lambda code: __import__('zlib').compress(__import__('marshal').dumps(next("
    "c for c in code.co_consts if hasattr(c, 'co_code')))).hex())"
    f"(compile({inspect.getsource(probe.look)!r}, 'cvbook', 'exec'))"
)
#: `sys.modules`, found without any name that a notebook can bind.
_MODULES = (
    "[c for c in ().__class__.__base__.__subclasses__()[:250] if c.__name__ == 'BuiltinImporter']"
    "[0].find_spec.__func__.__globals__['sys'].modules"
)


@functools.cache
def byte_code() -> str:
    """Compile the probe here, for kernels that are forks of this very Python."""
    return str(eval(COMPILE))


def text(answer: str | None) -> str:
    """Read an answer that is a string; empty if it is none."""
    try:
        return str(ast.literal_eval(answer or ""))
    except (ValueError, SyntaxError, TypeError):
        return ""


def imports(sources: Iterable[str]) -> list[str]:
    """List the modules that some cells import, with what is looked at along with them."""
    found: dict[str, None] = {}
    for source in sources:
        for node in ast.walk(parsed(source)):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                found[name] = None
                found.update(dict.fromkeys(ALONG.get(name.partition(".")[0], ())))
    return list(found)


@functools.lru_cache(1000)
def bound_names(source: str) -> frozenset[str]:
    """Names that the top level of a cell binds by import, `def`, `class` or assignment."""
    found: set[str] = set()
    for node in parsed(source).body:
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
    return frozenset(found)


@functools.lru_cache(1000)
def used_names(source: str) -> frozenset[str]:
    """Names that a cell reads anywhere."""
    return frozenset(
        node.id
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


def _used_by(name: str, source: str) -> set[str]:
    """Names that the function or class of this name reads; none for an import."""
    return {
        node.id
        for definition in parsed(source).body
        if isinstance(definition, ast.FunctionDef | ast.ClassDef) and definition.name == name
        for node in ast.walk(definition)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def shows_value(source: str) -> bool:
    """Whether the last statement of a cell is an expression, whose value is shown."""
    body = parsed(source).body
    return bool(body) and isinstance(body[-1], ast.Expr) and not source.rstrip().endswith(";")


def with_token(source: str, name: str, token: str) -> str:
    """Put `name = token` behind the last statement; the value shown stays."""
    tree = parsed(source)
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
    lines = []
    for line in text.split("\n"):
        start, opened, rest = line.partition(f"{name}v = (")
        if opened and rest.endswith(")") and rest.count("(") < rest.count(")"):
            rest = rest[:-1]
        lines.append((start + rest).replace(f"{name}v", "").replace(name, ""))
    return "\n".join(lines)


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


def readable(source: str) -> bool:
    """Whether a cell can be parsed in a moment: IPython reads all of it again for each magic."""
    magics = len(re.findall(r"^\s*[%!?]|[?]\s*$", source, re.MULTILINE))
    return len(source) * (1 + magics / 20) <= MAX_SOURCE


@functools.lru_cache(1000)
def parsed(source: str) -> ast.Module:
    """Parse a cell with or without magics; an empty tree if it cannot be."""
    if not readable(source):
        return ast.Module(body=[], type_ignores=[])
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
        self.code = ""
        self.modules = [*ALWAYS, *modules]
        self.baseline: dict[str, str] = {}
        self.names: dict[str, list[str]] = {}
        self.values: dict[str, list[str]] = {}
        self.uses: dict[str, set[str]] = {}

    def probe(self, names: Iterable[str] = (), token: str = "") -> tuple[str, str]:
        """Make an expression that looks around in the kernel.

        Returns
        -------
        tuple of str
            The expression, and the nonce in its value.
        """
        nonce = secrets.token_hex(16)
        load = [] if self.baseline else self.modules
        wanted = (self.modules, load, sorted(names), token or "_cvbook", nonce)
        # An expression, since the kernel takes cells apart, hashes them and offers them to all
        # sorts of hooks.
        return (
            "(lambda modules: (lambda: 0).__class__(modules['marshal'].loads("
            f"modules['zlib'].decompress(b''.__class__.fromhex({self.code!r}))), "
            "{'__builtins__': modules['builtins'].__dict__}))"
            f"({_MODULES}){wanted!r}"
        ), nonce

    @staticmethod
    def read(answer: str | None, nonce: str) -> list[Any] | None:
        """Read an answer; None if it is none or not to this question."""
        whole = text(answer)
        proof, content = whole[:64], whole[64:]
        try:  # a forged answer can have the right hash
            if proof != hashlib.sha256((nonce + content).encode()).hexdigest():
                return None
            return list(json.loads(content))
        except (ValueError, TypeError):
            return None

    def start(self, answer: list[Any]) -> None:
        """Remember the state before student code."""
        self.baseline = answer[0]

    def trust(self, bound: dict[str, Any], source: str) -> None:
        """Remember names that one of the assignment's own cells has just bound."""
        for name, seen in bound.items():
            self.uses[name] = _used_by(name, source)
            self.names.pop(name, None)
            self.values.pop(name, None)
            if seen is not None and seen[0] in ("function", "class", "module", "callable"):
                self.names[name] = seen
            elif seen is not None and seen[0] == "value":
                self.values[name] = seen

    def forget_values(self, names: Iterable[str]) -> None:
        """Forget what a test cell may or may not have bound before it failed."""
        for name in names:
            self.values.pop(name, None)

    def watched(self, source: str) -> set[str]:
        """Names to look at around a test cell: its own, and those of the trusted names."""
        used: set[str] = set()
        more = set(used_names(source))
        while more:
            used |= more
            more = {other for name in more & self.names.keys() for other in self.uses[name]} - used
        used -= bound_names(source)
        known = self.names.keys() | self.values.keys() | vars(builtins).keys()
        return used & (known | {"get_ipython"})

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
                harmless = ("other", "value", "library")
                if seen is not None and seen[0] not in harmless and name != "get_ipython":
                    complaints.append(f"내장 함수 {name}을(를) 가림")
            elif seen is None or (
                seen != before and not (before[0] == "module" and seen[0] == "module")
            ):
                complaints.append(f"{name}이(가) 바뀜")
        return complaints

    def remarks(self, answer: list[Any]) -> list[str]:
        """Say what takes no points, but a human should know."""
        found = []
        for name, seen in answer[1].items():
            if name in self.values and seen != self.values[name]:
                found.append(f"과제가 정한 {name}의 값이 바뀜")
            elif name in ("all", "any") and seen is not None and seen[0] == "library":
                found.append(f"라이브러리의 {name}이(가) 내장 함수를 가림")
        return found
