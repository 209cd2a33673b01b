"""Input and output of a worker: execution limits, job, result."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ExecutionLimits:
    """Resource limits of one submission.

    Attributes
    ----------
    cell_seconds, notebook_seconds : float
        Timeouts.
    output_bytes : int
        Of one cell; the rest is dropped.
    memory_bytes, disk_bytes, processes : int
        Enforced by the sandbox only.
    sandbox : bool
        Whether the kernel runs in the sandbox.
    """

    cell_seconds: float = 60.0
    notebook_seconds: float = 600.0
    output_bytes: int = 1_000_000
    memory_bytes: int = 4 << 30
    disk_bytes: int = 512 << 20
    processes: int = 256
    sandbox: bool = True


@dataclass(frozen=True)
class Job:
    """A sanitised notebook to execute, and all that its execution needs.

    Attributes
    ----------
    name : str
    notebook : bytes
        JSON.
    files : dict of str to bytes
        Beside the notebook.
    locked : frozenset of str
        Grade ids of the assignment's own cells.
    limits : ExecutionLimits
    preload : tuple of str
        Modules that the fork server imports; the same for all jobs of an assignment.
    modules : tuple of str
        Imported before any cell, and checked for replaced functions and classes.
    answer_modules : tuple of str
        Modules whose import is flagged.
    submitted_files : frozenset of str
        Those of `files` that the student handed in.
    kernel : str
        Name of the kernelspec; empty for a fork of this Python.
    language : str
        Of the kernel; integrity checks need Python.
    values : dict of str to str
        Environment variables for the test cells that name them, and for no other code.
    """

    name: str
    notebook: bytes
    files: dict[str, bytes]
    locked: frozenset[str]
    limits: ExecutionLimits
    preload: tuple[str, ...]
    modules: tuple[str, ...]
    answer_modules: tuple[str, ...] = ()
    submitted_files: frozenset[str] = frozenset()
    kernel: str = ""
    language: str = "python"
    values: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass
class ExecutionResult:
    """An executed notebook, with findings.

    Attributes
    ----------
    notebook : bytes
        JSON; cells after a stop have no outputs.
    stopped : str
        Why the execution did not reach the end; empty if it did.
    flags : list of str
        Findings for manual review ("무결성").
    notes : list of str
    fault : str
        What looks like a fault of the machine rather than of the submission, in Korean.
    unclear : list of str
        Outcomes that can be read in two ways, and how they were read.
    seconds : float
    """

    notebook: bytes
    stopped: str = ""
    fault: str = ""
    flags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    seconds: float = 0.0
