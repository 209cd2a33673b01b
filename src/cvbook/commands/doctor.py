"""Check what the book needs of this machine, and print a remedy for each problem.

Exit code 1 when something that the book needs is broken.
"""

import argparse
import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cvbook._translation import padded
from cvbook._translation import translate as _
from cvbook.errors import CvbookError
from cvbook.kernels.environment import prepare

Status = Literal["ok", "note", "broken"]

#: Free space below which drawing and training may fail, in GB.
DISK_NEEDED = 2


@dataclass(frozen=True)
class Finding:
    """One row of the doctor's table.

    Attributes
    ----------
    name : str
        What was checked.
    found : str
        The result.
    status : {"ok", "note", "broken"}
        `note`: works, but could be better; `broken`: the book does not run without it.
    remedy : str
        What to do about it; empty when all is well.
    """

    name: str
    found: str
    status: Status = "ok"
    remedy: str = ""


def python() -> Finding:
    """The interpreter's version and place."""
    version = ".".join(map(str, sys.version_info[:3]))
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("Python", version, "broken", _("install Python 3.11, 3.12 or 3.13"))
    return Finding("Python", f"{version} ({sys.prefix})")


def package(name: str, distribution: str) -> Finding:
    """A package's installed version.

    Parameters
    ----------
    name : str
        For the table.
    distribution : str
        Its name on PyPI.

    Returns
    -------
    Finding
    """
    try:
        return Finding(name, importlib.metadata.version(distribution))
    except importlib.metadata.PackageNotFoundError:
        if distribution == "tensorflow" and not _has_tensorflow():
            remedy = _("there is none for this computer: use Google Colab or the book's website")
            return Finding(name, _("not installed"), "broken", remedy)
        remedy = _("run `make env`, or `pip install {package}`").format(package=distribution)
        return Finding(name, _("not installed"), "broken", remedy)


def _has_tensorflow() -> bool:
    """Whether TensorFlow has wheels for this system and processor."""
    machine = platform.machine().lower()
    return (sys.platform, machine) not in (("darwin", "x86_64"), ("win32", "arm64"))


def tensorflow() -> Iterator[Finding]:
    """TensorFlow: its import, its GPU, and a convolution on it."""
    try:
        import tensorflow as tf
    except Exception as error:  # a broken binary may raise anything
        remedy = _("run `make clean` and `make env`; on an old processor without AVX, use conda")
        yield Finding(_("TensorFlow import"), f"{type(error).__name__}: {error}", "broken", remedy)
        return
    build = tf.sysconfig.get_build_info()
    wanted = f"CUDA {build.get('cuda_version', '–')}, cuDNN {build.get('cudnn_version', '–')}"
    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        card = _nvidia_card()
        if card:
            remedy = _(
                "install TensorFlow's libraries ({wanted}): pip install 'tensorflow[and-cuda]'"
            ).format(wanted=wanted)
            found = _("{card}, but TensorFlow cannot use it").format(card=card)
            yield Finding("GPU", found, "note", remedy)
        else:
            yield Finding("GPU", _("none: the book runs on the CPU (profile `cpu`)"))
        yield Finding("CUDA, cuDNN", _("not needed without a GPU"))
        yield convolution("CPU")
        return
    for gpu in gpus:
        details = tf.config.experimental.get_device_details(gpu)
        yield Finding(
            "GPU", f"{details.get('device_name', gpu.name)} ({_nvidia_card('memory.total')})"
        )
    yield Finding("CUDA, cuDNN", wanted)
    yield convolution("GPU")


def _nvidia_card(query: str = "name") -> str:
    """A property of the first card, by `nvidia-smi`; empty where there is none."""
    if not shutil.which("nvidia-smi"):
        return ""
    command = ["nvidia-smi", f"--query-gpu={query}", "--format=csv,noheader"]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    return lines[0] if lines else ""


def convolution(device: str) -> Finding:
    """Run a convolution on a device and compare its result and its speed with the CPU's.

    Parameters
    ----------
    device : {"CPU", "GPU"}

    Returns
    -------
    Finding
    """
    import numpy as np
    import tensorflow as tf

    generator = np.random.default_rng(0)
    images = generator.normal(size=(32, 96, 96, 32)).astype("float32")
    kernel = generator.normal(size=(3, 3, 32, 32)).astype("float32")

    def run(name: str) -> tuple[np.ndarray, float, str]:
        with tf.device(f"/{name}:0"):
            x, k = tf.constant(images), tf.constant(kernel)
            result = tf.nn.conv2d(x, k, 1, "SAME")
            result.numpy()  # the first call compiles and picks an algorithm
            seconds = []
            for repeat in range(5):  # noqa: B007
                start = time.perf_counter()
                result = tf.nn.conv2d(x, k, 1, "SAME")
                result.numpy()
                seconds.append(time.perf_counter() - start)
        return result.numpy(), min(seconds), result.device

    name = _("Convolution")
    try:
        on_cpu, cpu_seconds, placed = run("CPU")
        macs = images.size * 9 * 32
        speed = f"{2 * macs / cpu_seconds / 1e9:.0f}"
        if device == "CPU":
            return Finding(name, _("{speed} GFLOP/s on the CPU").format(speed=speed))
        on_gpu, gpu_seconds, placed = run(device)
        if f"{device}:0" not in placed or not np.allclose(on_cpu, on_gpu, rtol=1e-2, atol=0.1):
            remedy = _("check the driver and that CUDA and cuDNN fit this TensorFlow")
            found = _("wrong, or ran on {device}").format(device=placed)
            return Finding(name, found, "broken", remedy)
        ratio = f"{cpu_seconds / gpu_seconds:.1f}"
        return Finding(name, _("on the GPU, {ratio}× the CPU's speed").format(ratio=ratio))
    except Exception as error:  # any error of the driver is a finding
        remedy = _("set CUDA_VISIBLE_DEVICES=-1 to use the CPU; check the GPU's driver")
        return Finding(name, f"{type(error).__name__}: {error}", "broken", remedy)


def kernelspec() -> Finding:
    """The kernel that the notebooks name, and whether it belongs to this environment."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    remedy = _("run `make env`, or `pip install --force-reinstall --no-deps .`")
    name = _("Kernel")
    try:
        folder = KernelSpecManager().get_kernel_spec("cvbook").resource_dir
    except NoSuchKernel:
        return Finding(name, _("`cvbook` not found"), "broken", remedy)
    if not Path(folder).is_relative_to(sys.prefix):
        found = _("{folder} (another environment's)").format(folder=folder)
        return Finding(name, found, "note", remedy)
    return Finding(name, f"Python 3 (cvbook) ({folder})")


def dataset() -> Finding:
    """The data set that chapters and exercises would use now."""
    from cvbook.datasets import location

    name = _("Data set")
    try:
        return Finding(name, location.describe())
    except CvbookError as error:
        return Finding(name, str(error), "broken", _("choose another: `cvbook data use drawn`"))


def font() -> Finding:
    """The Korean font of the figures."""
    import matplotlib.font_manager as fonts

    name = _("Korean font")
    try:
        import koreanize_matplotlib  # noqa: F401
    except ImportError:
        remedy = _("run `make env`, or `pip install {package}`").format(
            package="koreanize-matplotlib"
        )
        return Finding(name, _("not installed"), "broken", remedy)
    path = fonts.findfont("NanumGothic", fallback_to_default=False)
    return Finding(name, f"NanumGothic ({Path(path).name})")


def disk() -> Finding:
    """Free space where data sets and checkpoints are kept."""
    from platformdirs import user_cache_path

    folder = user_cache_path("cvbook")
    existing = next(p for p in [folder, *folder.parents] if p.exists())
    free = shutil.disk_usage(existing).free / 1e9
    found = _("{free} GB in {folder}").format(free=f"{free:.1f}", folder=existing)
    if free < DISK_NEEDED:
        remedy = _("free at least {size} GB under {folder}").format(
            size=DISK_NEEDED, folder=existing
        )
        return Finding(_("Free disk"), found, "broken", remedy)
    return Finding(_("Free disk"), found)


def grading() -> Finding:
    """A notebook of one test cell, graded in the sandbox as `cvbook grade` does."""
    from cvbook.kernels import sandbox

    name = _("Grading")
    if sandbox.unavailable_reason():
        remedy = _("only for grading a class: grade on Linux, or see `cvbook grade --help`")
        return Finding(name, _("no sandbox on this machine"), "note", remedy)
    from nbformat.v4 import new_code_cell, new_notebook, writes

    from cvbook.grading.jobs import ExecutionLimits, Job
    from cvbook.grading.worker import run_job

    marks = {"grade_id": "test", "grade": True, "points": 1, "solution": False}
    cells = [new_code_cell("import numpy\nassert True", metadata={"nbgrader": marks})]
    notebook = writes(new_notebook(cells=cells)).encode()
    job = Job("doctor", notebook, {}, frozenset({"test"}), ExecutionLimits(), (), ())
    start = time.perf_counter()
    remedy = _("do not grade before this is fixed: `cvbook --debug grade …` tells more")
    try:
        result = run_job(job)
    except Exception as error:  # of any part of kernels and sandbox
        return Finding(name, f"{type(error).__name__}: {error}", "broken", remedy)
    if result.stopped or result.flags or b'"output_type": "error"' in result.notebook:
        found = "; ".join([result.stopped, *result.flags])
        found = found or _("a right answer got no points")
        return Finding(name, found, "broken", remedy)
    seconds = f"{time.perf_counter() - start:.1f}"
    return Finding(name, _("a notebook in the sandbox, {seconds} s").format(seconds=seconds))


def examine() -> Iterator[Finding]:
    """Run all checks, quick ones first."""
    prepare(os.environ)
    checks: list[Callable[[], Finding]] = [
        python,
        lambda: package("TensorFlow", "tensorflow"),
        lambda: package("Keras", "keras"),
        lambda: package("nbgrader", "nbgrader"),
        lambda: package("JupyterLab", "jupyterlab"),
        kernelspec,
        font,
        disk,
        dataset,
    ]
    for check in checks:
        yield check()
    yield from tensorflow()
    yield grading()


def configure(parser: argparse.ArgumentParser) -> None:
    """Add no arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """


def run(args: argparse.Namespace) -> int:
    """Print the table.

    Parameters
    ----------
    args : Namespace

    Returns
    -------
    int
        Exit code.
    """
    signs = {"ok": _("ok"), "note": _("note"), "broken": _("FAIL")}
    broken = 0
    for finding in examine():
        print(f"{padded(signs[finding.status], 4)}  {padded(finding.name, 18)} {finding.found}")
        if finding.remedy:
            print(f"      {'':<18} → {finding.remedy}")
        broken += finding.status == "broken"
    if broken:
        print("\n" + _("{count} problem(s) to fix before the book runs.").format(count=broken))
    return 1 if broken else 0
