"""Integrity probe: fingerprints of modules, hooks and names in a running kernel.

The whole module is compiled once, before any student code, and its byte code is sent along with
each request; it runs in a name space of its own, with the real built-ins, so no name that a
notebook binds can change it. It must therefore import nothing of cvbook and stay valid for
the older Pythons that a kernel may have.
"""

from __future__ import annotations

import builtins
import contextlib
import hashlib
import json
import sys

TYPE_CHECKING = False  # in the kernel, nothing is imported for annotations
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

FUNCTION = type(lambda: 0)
METHOD = type((lambda: 0).__get__(0))
#: Characters of a test's value that are read.
LONGEST_VALUE = 1000
#: Modules whose functions may be registered as kernel events: `%matplotlib` does.
PLOTTING = ("matplotlib_inline.backend_inline", "matplotlib.pyplot")


def fingerprint(
    modules: Sequence[str],
    load: Sequence[str],
    names: Sequence[str],
    token: str,
    nonce: str,
    test_next: bool,
) -> str:
    """Take fingerprints of what tests rely on.

    Parameters
    ----------
    modules : sequence of str
        Modules whose functions and classes are hashed.
    load : sequence of str
        Modules that are imported first.
    names : sequence of str
        Global names of the notebook that are hashed.
    token : str
        Name of the variable that a test cell sets at its end; it is removed.
    nonce : str
        Goes into the answer's hash.
    test_next : bool
        Whether the cell that runs next is a test.

    Returns
    -------
    str
        A hash of 64 digits, then JSON: `[{module or "hooks": hash}, {name: [kind, hash]}, token,
        text of the test's value]`.
    """
    for module in load:
        with contextlib.suppress(Exception):
            __import__(module)
    shell = sys.modules["IPython.core.interactiveshell"].InteractiveShell._instance
    # What was hashed stays alive here, or something else could get its id.
    keep = shell.kernel.__dict__.setdefault("_cvbook_keep", {"names": {}})
    set_display(shell, keep, test_next)
    proof, value = (shell.user_ns.pop(key, None) for key in (token, token + "v"))
    text = value_text(value)  # first, since it may run a student's `__repr__`
    found = {}
    for module in modules:
        space = getattr(sys.modules.get(module), "__dict__", None)
        if space is not None:
            found[module] = hash_module(module, space, keep)
    found["hooks"] = hash_hooks(shell, keep)
    space = shell.user_ns
    bound = {
        key: hash_name(key, space[key], modules, keep) if key in space else None for key in names
    }
    answer = json.dumps([found, bound, proof, text], sort_keys=True)
    return hashlib.sha256((nonce + answer).encode()).hexdigest() + answer


def set_display(shell: Any, keep: dict[Any, Any], test_next: bool) -> None:
    """Let a test cell show its last value only; give other cells the notebook's setting back.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
    keep : dict
        Keeps the notebook's setting meanwhile.
    test_next : bool
    """
    if test_next:
        keep.setdefault("interactivity", shell.ast_node_interactivity)
        shell.ast_node_interactivity = "last_expr"
    elif "interactivity" in keep:
        shell.ast_node_interactivity = keep.pop("interactivity")


def value_text(value: Any) -> str | None:
    """Write the value of a test cell's last expression, whatever display settings a notebook made.

    Parameters
    ----------
    value : object

    Returns
    -------
    str or None
        None for no value; empty if it cannot be written.
    """
    if value is None:
        return None
    options = getattr(sys.modules.get("numpy"), "printoptions", None)
    try:
        with options(floatmode="unique", legacy=False) if options else contextlib.nullcontext():
            return repr(value)[:LONGEST_VALUE]
    except Exception:
        return ""


def hash_module(module: str, space: Mapping[str, Any], keep: dict[Any, Any]) -> str:
    """Hash a module's callables, and the names by which it shadows built-ins.

    Parameters
    ----------
    module : str
    space : mapping
        The module's `__dict__`.
    keep : dict
        Which names of the module were callable at first, and all that was hashed then, by id.

    Returns
    -------
    str
    """
    names = keep["names"].get(module)
    first = names is None
    if first:
        names = keep["names"][module] = [
            key
            for key, value in space.items()
            if isinstance(key, str)
            and callable(value)
            and key != "_"
            and not key.startswith(("__Pyx", "__warningregistry"))
        ]
    seen = contents(list(map(space.get, names)), module)
    if first:
        keep.update((id(each), each) for each in seen)
    inborn = vars(builtins)
    new = (space.keys() & inborn.keys()).difference(names)
    shadowing = sorted(k for k in new if not k.startswith("__") and space[k] is not inborn[k])
    return str(hash((*map(id, seen), *shadowing)))


def contents(values: list[Any], module: str) -> list[Any]:
    """List the values, what their classes define, and what makes up their functions.

    Parameters
    ----------
    values : list
    module : str
        Only classes that were defined in this module are opened.

    Returns
    -------
    list
    """
    entries = [
        entry
        for value in values
        if isinstance(value, type) and value.__module__ == module
        for entry in vars(value).values()
        if type(entry) in (FUNCTION, property, staticmethod, classmethod)
    ]
    bare = [e.__func__ for e in entries if type(e) in (staticmethod, classmethod)]
    return [*values, *entries, *bare, *parts(values), *parts(entries), *parts(bare)]


def parts(values: list[Any]) -> list[Any]:
    """List code and defaults of the functions among some values.

    Parameters
    ----------
    values : list

    Returns
    -------
    list
    """
    found: list[Any] = []
    for value in values:
        if type(value) is FUNCTION:
            found += value.__code__, value.__defaults__
            if value.__kwdefaults__:
                found += value.__kwdefaults__.values()
    return found


def hash_hooks(shell: Any, keep: dict[Any, Any]) -> str:
    """Hash the hooks by which code can change how cells run or what they show.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
    keep : dict
        Keeps the hooks alive.

    Returns
    -------
    str
    """
    kernel, inputs = shell.kernel, shell.input_transformer_manager
    own = [type(shell), type(kernel), type(shell.displayhook), type(shell.display_pub)]
    hooks = [
        id(shell),
        sys.gettrace() is None,
        sys.getprofile() is None,
        id(sys.displayhook),
        [id(t) for t in own],
        [id(t) for t in shell.ast_transformers],
        [id(t) for t in shell.input_transformers_post],
        [id(t) for t in inputs.cleanup_transforms],
        [id(t) for t in inputs.line_transforms],
        [id(t) for t in inputs.token_transformers],
        sorted(
            (event, [id(c) for c in callbacks if not is_usual_callback(c)])
            for event, callbacks in shell.events.callbacks.items()
        ),
        sorted((k, id(getattr(f, "__func__", f))) for k, f in kernel.shell_handlers.items()),
        sorted(k for k, v in vars(shell).items() if callable(v) and hasattr(type(shell), k)),
        sorted(k for k, v in vars(kernel).items() if callable(v) and hasattr(type(kernel), k)),
        sorted(map(str, shell.custom_exceptions)),
        id(vars(builtins).get("__build_class__")),
        id(shell.user_ns.get("__builtins__")),
    ]
    for used in (*own, *shell.ast_transformers, *shell.input_transformers_post):
        keep.setdefault(id(used), used)
    if hasattr(sys, "monitoring"):  # from Python 3.12 on
        hooks.append([sys.monitoring.get_tool(i) for i in range(6)])
    return hashlib.sha256(repr(hooks).encode()).hexdigest()[:16]


def is_usual_callback(callback: Any) -> bool:
    """Whether an event's callback is one that `%matplotlib` or `%autoreload` registers.

    Parameters
    ----------
    callback : callable

    Returns
    -------
    bool
    """
    reload = vars(sys.modules["IPython.extensions.autoreload"])["AutoreloadMagics"]
    if type(callback) is METHOD and type(callback.__self__) is reload:
        return vars(reload).get(callback.__func__.__name__) is callback.__func__
    place = sys.modules.get(str(getattr(callback, "__module__", "")))
    return getattr(place, "__name__", "") in PLOTTING and (
        vars(place).get(getattr(callback, "__name__", "")) is callback
    )


def hash_name(key: str, value: Any, modules: Sequence[str], keep: dict[Any, Any]) -> list[str]:
    """Classify and hash a global of the notebook.

    Parameters
    ----------
    key : str
        Its name.
    value : object
    modules : sequence of str
        Modules that are hashed anyway: what was imported from there may shadow a built-in.
    keep : dict
        Keeps what is hashed alive.

    Returns
    -------
    list of str
        Kind and hash.
    """
    kind = "other"
    if type(value) is FUNCTION:
        kind = "function"
    elif isinstance(value, type):
        kind = "class"
    elif type(value) is type(sys):
        spec = getattr(value, "__spec__", None)
        real = spec is not None and sys.modules.get(spec.name) is value
        kind = "module" if real else "fake module"
    elif callable(value):
        kind = "callable"
    elif type(value) in (bool, int, float, str, bytes, type(None)):
        kind = "value"
    seen = contents([value], "__main__")
    keep.update((id(each), each) for each in seen)
    mark = repr(value if kind == "value" else [*map(id, seen)])
    if key in vars(builtins) and any(
        vars(sys.modules[m]).get(key) is value for m in modules if m in sys.modules
    ):
        kind = "library"  # `from numpy import *`; those modules are hashed
    return [kind, hashlib.sha256(mark.encode()).hexdigest()[:16]]
