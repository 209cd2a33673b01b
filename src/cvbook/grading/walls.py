"""Whether student code can be put behind walls on this machine."""


def why_no_walls() -> str:
    """Say why the sandbox cannot be built here, with the remedy; "" if it can."""
    try:
        from cvbook.kernels import sandbox
    except ImportError as error:
        return f"this version has no sandbox ({error})"
    try:
        sandbox.check()
    except sandbox.SandboxError as error:
        return str(error)
    return ""
