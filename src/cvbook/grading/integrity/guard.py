"""Integrity guard: proof that a test cell ran to its end, and that what it calls was not replaced.

Three things together: a one-time token that is set behind the last statement of the cell; a
fingerprint of the functions and classes of the modules that tests rely on, taken before any
student's code and compared around every test cell; and the names that the assignment's own
cells bound, compared the same way. The probe that takes fingerprints is sent anew each time, so
nothing of it is stored in the kernel, where it could be replaced. What happens inside one process
can still be forged with enough effort: `review` lists code for manual review.
"""

import ast
import builtins
import functools
import hashlib
import inspect
import json
import marshal
import secrets
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from cvbook.grading.integrity import probe
from cvbook.grading.integrity.source import bound_names, names_used_by, used_names

#: Modules that every test relies on, besides those that the assignment's own cells import.
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
_PROBE = inspect.getsource(probe)
#: An expression whose value is the probe's byte code, in the kernel's own version of Python.
COMPILE = (
    "__import__('zlib').compress(__import__('marshal').dumps("
    f"compile({_PROBE!r}, 'cvbook', 'exec', 0, True, 2))).hex()"
)
#: `sys.modules`, found without any name that a notebook can bind.
_MODULES = (
    "[c for c in ().__class__.__base__.__subclasses__()[:250] if c.__name__ == 'BuiltinImporter']"
    "[0].find_spec.__func__.__globals__['sys'].modules"
)


@functools.cache
def byte_code() -> str:
    """Compile the probe here, for kernels that are forks of this very Python."""
    code = compile(_PROBE, "cvbook", "exec", dont_inherit=True, optimize=2)
    return zlib.compress(marshal.dumps(code)).hex()


def text(answer: str | None) -> str:
    """Read a reply that is the `repr` of a string.

    Parameters
    ----------
    answer : str or None
        The reply.

    Returns
    -------
    str
        Empty if it is no string.
    """
    try:
        return str(ast.literal_eval(answer or ""))
    except (ValueError, SyntaxError, TypeError):
        return ""


class Guard:
    """Compares fingerprints of one kernel with those taken before any student code ran.

    Parameters
    ----------
    modules : sequence of str
        Imported and hashed before any student code, beside `ALWAYS`.
    """

    def __init__(self, modules: Sequence[str]):
        self.code = ""
        self.modules = [*ALWAYS, *modules]
        self.baseline: dict[str, str] = {}
        #: Kind and hash by name: callables and modules, then plain values, that own cells bound.
        self.names: dict[str, list[str]] = {}
        self.values: dict[str, list[str]] = {}
        #: The names that each of them reads.
        self.uses: dict[str, set[str]] = {}

    def probe(
        self, names: Iterable[str] = (), token: str = "", test_next: bool = False
    ) -> tuple[str, str]:
        """Make an expression that takes fingerprints in the kernel.

        Parameters
        ----------
        names : iterable of str
            Globals of the notebook to hash.
        token : str
            Variable to read and remove.
        test_next : bool
            Whether a test cell runs next.

        Returns
        -------
        tuple of str
            The expression, and the nonce in its value.
        """
        nonce = secrets.token_hex(16)
        load = [] if self.baseline else self.modules
        wanted = (self.modules, load, sorted(names), token or "_cvbook", nonce, test_next)
        # An expression, since cells pass through hooks that a notebook can register. It runs the
        # probe's byte code as the body of a function whose globals are a new dictionary with the
        # real built-ins, then calls `fingerprint` there.
        return (
            "(lambda modules: (lambda space: [(lambda: 0).__class__(modules['marshal'].loads("
            f"modules['zlib'].decompress(b''.__class__.fromhex({self.code!r}))), space)(), "
            "space['fingerprint']][1])({'__builtins__': modules['builtins'].__dict__, "
            f"'__name__': 'cvbook'}}))({_MODULES})(*{wanted!r})"
        ), nonce

    @staticmethod
    def read(answer: str | None, nonce: str) -> list[Any] | None:
        """Read the probe's answer.

        Parameters
        ----------
        answer : str or None
            `repr` of the expression's value.
        nonce : str

        Returns
        -------
        list or None
            As `probe.fingerprint` documents; None if it does not answer this request.
        """
        whole = text(answer)
        proof, content = whole[:64], whole[64:]
        try:  # a forged answer can have the right hash
            if proof != hashlib.sha256((nonce + content).encode()).hexdigest():
                return None
            return list(json.loads(content))
        except (ValueError, TypeError):
            return None

    def start(self, answer: list[Any]) -> None:
        """Store the fingerprints taken before student code as the baseline.

        Parameters
        ----------
        answer : list
            As `read` returns it.
        """
        self.baseline = answer[0]
        for name, seen in answer[1].items():  # IPython has an `open` and an `exit` of its own
            if seen is not None and seen[0] in ("function", "class", "callable"):
                self.names[name], self.uses[name] = seen, set()

    def trust(self, bound: dict[str, Any], source: str) -> None:
        """Store the fingerprints of names that one of the assignment's own cells has just bound.

        Parameters
        ----------
        bound : dict of str to list or None
            Name to kind and hash, None if it is not bound.
        source : str
            Of the cell.
        """
        for name, seen in bound.items():
            self.uses[name] = names_used_by(name, source)
            self.names.pop(name, None)
            self.values.pop(name, None)
            if seen is not None and seen[0] in ("function", "class", "module", "callable"):
                self.names[name] = seen
            elif seen is not None and seen[0] == "value":
                self.values[name] = seen

    def forget_values(self, names: Iterable[str]) -> None:
        """Drop values that a failed test cell may or may not have bound.

        Parameters
        ----------
        names : iterable of str
        """
        for name in names:
            self.values.pop(name, None)

    def watched(self, source: str) -> set[str]:
        """Names to compare around a test cell: those it uses, and those that they use in turn.

        Parameters
        ----------
        source : str
            Of the test cell.

        Returns
        -------
        set of str
        """
        used: set[str] = set()
        more = set(used_names(source))
        while more:
            used |= more
            more = {other for name in more & self.names.keys() for other in self.uses[name]} - used
        used -= bound_names(source)
        known = self.names.keys() | self.values.keys() | vars(builtins).keys()
        return used & (known | {"get_ipython"})

    def violations(self, answer: list[Any]) -> list[str]:
        """List what was replaced; the test cell gets no points.

        Parameters
        ----------
        answer : list
            As `read` returns it.

        Returns
        -------
        list of str
            Korean sentences, one for each.
        """
        found, bound = answer[:2]
        violations = [
            f"{name} 안의 것이 바뀜" if name != "hooks" else "커널의 훅이 바뀜"
            for name, value in self.baseline.items()
            if found.get(name) != value
        ]
        for name, seen in bound.items():
            before = self.names.get(name)
            if before is None:
                harmless = ("other", "value", "library")
                if seen is not None and seen[0] not in harmless and name != "get_ipython":
                    violations.append(f"내장 함수 {name}을(를) 가림")
            elif seen is None or (
                seen != before and not (before[0] == "module" and seen[0] == "module")
            ):
                violations.append(f"{name}이(가) 바뀜")
        return violations

    def findings(self, answer: list[Any]) -> list[str]:
        """Findings for manual review; no deduction.

        Parameters
        ----------
        answer : list
            As `read` returns it.

        Returns
        -------
        list of str
            Korean sentences.
        """
        found = []
        for name, seen in answer[1].items():
            if name in self.values and seen != self.values[name]:
                found.append(f"과제가 정한 {name}의 값이 바뀜")
            elif name in ("all", "any") and seen is not None and seen[0] == "library":
                found.append(f"라이브러리의 {name}이(가) 내장 함수를 가림")
        return found
