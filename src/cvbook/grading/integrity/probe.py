"""What looks around in a kernel, sent there anew each time and run with the built-ins alone.

The kernel compiles it once, before any student's code; from then on its byte code goes back and
forth, since compiling takes longer than looking.
"""

from collections.abc import Sequence


def look(
    modules: Sequence[str], load: Sequence[str], names: Sequence[str], token: str, nonce: str
) -> str:
    """Take fingerprints of what tests rely on.

    Parameters
    ----------
    modules : sequence of str
        Modules whose functions and classes are looked at.
    load : sequence of str
        Modules that are imported first.
    names : sequence of str
        Global names of the notebook that are looked at.
    token : str
        Name of the variable that a test cell sets at its end; it is taken away.
    nonce : str
        Goes into the answer's hash.

    Returns
    -------
    str
        A hash of 64 digits, then JSON: `[{module or "hooks": hash}, {name: [kind, hash]}, token]`.
    """
    import builtins
    import contextlib
    import hashlib
    import json
    import sys

    for module in load:
        with contextlib.suppress(Exception):
            __import__(module)
    shell = sys.modules["IPython.core.interactiveshell"].InteractiveShell._instance
    kernel = shell.kernel
    # What was looked at stays alive here, or something else could get its id.
    keep = kernel.__dict__.setdefault("_cvbook_keep", {"names": {}})
    function = type(lambda: 0)

    def parts(values):
        found: list[object] = []
        for value in values:
            if type(value) is function:
                found += value.__code__, value.__defaults__
                if value.__kwdefaults__:
                    found += value.__kwdefaults__.values()
        return found

    def contents(values, module):
        """List the values, what their classes define, and what makes up their functions."""
        entries = [
            entry
            for value in values
            if isinstance(value, type) and value.__module__ == module
            for entry in vars(value).values()
            if type(entry) in (function, property, staticmethod, classmethod)
        ]
        bare = [e.__func__ for e in entries if type(e) in (staticmethod, classmethod)]
        return [*values, *entries, *bare, *parts(values), *parts(entries), *parts(bare)]

    inborn = vars(builtins)
    found = {}
    for module in modules:
        space = getattr(sys.modules.get(module), "__dict__", None)
        if space is None:
            continue
        names_of = keep["names"].get(module)
        first = names_of is None
        if first:
            names_of = keep["names"][module] = [
                key
                for key, value in space.items()
                if isinstance(key, str)
                and callable(value)
                and key != "_"
                and not key.startswith(("__Pyx", "__warningregistry"))
            ]
        seen = contents(list(map(space.get, names_of)), module)
        if first:
            keep.update((id(each), each) for each in seen)
        new = (space.keys() & inborn.keys()).difference(names_of)
        new = sorted(k for k in new if not k.startswith("__") and space[k] is not inborn[k])
        found[module] = str(hash((*map(id, seen), *new)))

    own = [type(shell), type(kernel), type(shell.displayhook), type(shell.display_pub)]
    reload = vars(sys.modules["IPython.extensions.autoreload"])["AutoreloadMagics"]

    def known(callback):  # %matplotlib and %autoreload register these
        if type(callback) is type(known.__get__(0)) and type(callback.__self__) is reload:
            return vars(reload).get(callback.__func__.__name__) is callback.__func__
        place = sys.modules.get(str(getattr(callback, "__module__", "")))
        plotting = ("matplotlib_inline.backend_inline", "matplotlib.pyplot")
        return getattr(place, "__name__", "") in plotting and (
            vars(place).get(getattr(callback, "__name__", "")) is callback
        )

    inputs = shell.input_transformer_manager
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
            (event, [id(c) for c in callbacks if not known(c)])
            for event, callbacks in shell.events.callbacks.items()
        ),
        sorted((k, id(getattr(f, "__func__", f))) for k, f in kernel.shell_handlers.items()),
        sorted(k for k, v in vars(shell).items() if callable(v) and hasattr(type(shell), k)),
        sorted(k for k, v in vars(kernel).items() if callable(v) and hasattr(type(kernel), k)),
        sorted(map(str, shell.custom_exceptions)),
        id(inborn.get("__build_class__")),
        id(shell.user_ns.get("__builtins__")),
    ]
    for used in (*own, *shell.ast_transformers, *shell.input_transformers_post):
        keep.setdefault(id(used), used)
    if hasattr(sys, "monitoring"):  # from Python 3.12 on
        hooks.append([sys.monitoring.get_tool(i) for i in range(6)])
    found["hooks"] = hashlib.sha256(repr(hooks).encode()).hexdigest()[:16]

    space = shell.user_ns
    bound: dict[str, object] = {}
    for key in names:
        if key not in space:
            bound[key] = None
            continue
        value = space[key]
        kind = "other"
        if type(value) is function:
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
        if key in inborn and any(
            vars(sys.modules[m]).get(key) is value for m in modules if m in sys.modules
        ):
            kind = "library"  # `from numpy import *`; those modules are looked at
        bound[key] = [kind, hashlib.sha256(mark.encode()).hexdigest()[:16]]
    proof = space.pop(token, None)
    space.pop(token + "v", None)
    text = json.dumps([found, bound, proof], sort_keys=True)
    return hashlib.sha256((nonce + text).encode()).hexdigest() + text
