"""Time training steps of the book's models on this machine's device, with any Keras backend.

    python benchmarks/gpu.py [--cases …] [--precisions …] [--runs 5] [--small] [--output FILE]
    KERAS_BACKEND=jax python benchmarks/gpu.py

It needs only keras, NumPy and one backend (TensorFlow, JAX or PyTorch), no installation of cvbook,
so that it runs on a bare machine with a GPU. A run trains each model at each precision in a process
of its own, one after the other; the runs are repeated in turn. A step is an epoch of `model.fit`
divided by its steps, after an epoch that compiles: the device is waited for once an epoch, and the
pictures (one batch of bytes, used again) are small beside a step.

PyTorch on a processor refuses the memory format in which Keras 3.15 hands it the gradients of some
convolutions ("grad_input must be contiguous"); take another backend there.
TF32 is a mode of NVIDIA's GPUs from Ampere on; elsewhere its rows repeat those of float32.

The file is one that `cvbook.results.load` reads: a run is a repetition, and `values` has for each
CASE/PRECISION `ms` (a step), `images` (a second), `mib` (peak memory of the device, where the
backend tells it), `loss` and `params`. Stored as `book/results/training_step.DEVICE.json`, it can
be shown in the chapters.
"""

import argparse
import datetime
import itertools
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PRECISIONS = ("float32", "tf32", "bfloat16")


@dataclass(frozen=True)
class Case:
    """A model, the side of its pictures in pixels, and the batch size."""

    model: str
    side: int
    batch: int


CASES = {
    "conv2d": Case("Conv2D", 32, 128),
    "separable": Case("SeparableConv2D", 32, 128),
    "segmentation_16": Case("segmentation", 200, 16),
    "segmentation_64": Case("segmentation", 200, 64),
    "mini_xception": Case("mini_xception", 180, 32),
}
SMALL = {
    "conv2d": Case("Conv2D", 16, 4),
    "separable": Case("SeparableConv2D", 16, 4),
    "segmentation_16": Case("segmentation", 24, 2),
    "segmentation_64": Case("segmentation", 24, 8),
    "mini_xception": Case("mini_xception", 36, 4),
}


def classifier(kind: str, side: int) -> Any:
    """Chapter 7's classifier with either convolution, four times as wide."""
    import keras
    from keras import layers

    inputs = keras.Input((side, side, 3))
    x = layers.Rescaling(1.0 / 127.5, offset=-1)(inputs)
    x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
    for filters in (128, 256, 512):
        x = getattr(layers, kind)(filters, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.Activation("relu")(x)
        x = layers.MaxPooling2D(2)(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid", dtype="float32")(x))


def build(case: Case, small: bool) -> tuple[Any, tuple[int, ...], str]:
    """Build the model of a case; return it with the shape of its targets and its loss."""
    sys.path.insert(0, str(ROOT / "src"))
    from cvbook import models

    if case.model == "segmentation":
        size = (case.side, case.side)
        model = models.segmentation_model(size, width=8 if small else 64)
        return model, (case.batch, *size), "sparse_categorical_crossentropy"
    if case.model == "mini_xception":
        sizes = (16, 16) if small else (32, 64, 128, 256, 512)
        model = models.mini_xception((case.side, case.side, 3), sizes)
    else:
        model = classifier(case.model, case.side)
    return model, (case.batch, 1), "binary_crossentropy"


@dataclass(frozen=True)
class Backend:
    """What Keras has no common name for: the device, TF32, and the peak of its memory."""

    device: str
    set_tf32: Callable[[bool], None]
    peak_bytes: Callable[[], int | None]


def find_backend() -> Backend:
    """Describe the backend that Keras uses."""
    import keras

    return {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}[keras.backend.backend()]()


def _tensorflow() -> Backend:
    import tensorflow as tf

    config = tf.config
    gpus = config.list_physical_devices("GPU")
    if not gpus:
        return Backend(_processor(), lambda on: None, lambda: None)
    name = config.experimental.get_device_details(gpus[0]).get("device_name", "GPU")
    return Backend(
        name,
        config.experimental.enable_tensor_float_32_execution,
        lambda: config.experimental.get_memory_info("GPU:0")["peak"],
    )


def _jax() -> Backend:
    import jax

    device = jax.devices()[0]
    name = _processor() if device.platform == "cpu" else device.device_kind

    def set_tf32(on: bool) -> None:
        jax.config.update("jax_default_matmul_precision", "tensorfloat32" if on else "float32")

    return Backend(name, set_tf32, lambda: (device.memory_stats() or {}).get("peak_bytes_in_use"))


def _torch() -> Backend:
    import torch

    if not torch.cuda.is_available():
        return Backend(_processor(), lambda on: None, lambda: None)

    def set_tf32(on: bool) -> None:
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = on

    return Backend(torch.cuda.get_device_name(), set_tf32, torch.cuda.max_memory_allocated)


def _processor() -> str:
    return f"CPU ({platform.machine()})"


def time_steps(case: Case, precision: str, small: bool, epochs: int, steps: int) -> dict[str, Any]:
    """Train in this process; return the values of one case at one precision."""
    import keras
    import numpy as np

    backend = find_backend()
    backend.set_tf32(precision == "tf32")
    keras.utils.set_random_seed(0)
    keras.config.set_dtype_policy("mixed_bfloat16" if precision == "bfloat16" else "float32")
    model, shape, loss = build(case, small)
    model.compile(keras.optimizers.RMSprop(1e-4), loss)
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (case.batch, case.side, case.side, 3), dtype="uint8")
    targets = random.integers(0, 2, shape).astype("int32" if len(shape) == 3 else "float32")
    images, targets = (np.concatenate([part] * steps) for part in (images, targets))
    marks: list[float] = []
    timer = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: marks.append(time.perf_counter()),
        on_train_end=lambda logs: marks.append(time.perf_counter()),
    )
    options = {"batch_size": case.batch, "epochs": epochs + 1, "shuffle": False, "verbose": 0}
    history = model.fit(images, targets, callbacks=[timer], **options).history
    # The first epoch compiles.
    seconds = statistics.median(end - start for start, end in itertools.pairwise(marks[1:]))
    values = {
        "ms": round(1e3 * seconds / steps, 3),
        "images": round(case.batch * steps / seconds, 1),
        "loss": round(float(history["loss"][-1]), 4),
        "params": model.count_params(),
    }
    peak = backend.peak_bytes()
    if peak is not None:
        values["mib"] = round(peak / 2**20, 1)
    return {"values": values, "device": backend.device}


def run_apart(case: str, precision: str, options: argparse.Namespace) -> dict[str, Any]:
    """The same in a process of its own: memory and settings are of one case alone."""
    command = [sys.executable, __file__, "--one", case, precision]
    command += ["--epochs", str(options.epochs), "--steps", str(options.steps)]
    command += ["--small"] * options.small
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(command, env=quiet | os.environ, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{case} at {precision} failed:\n{done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Run every case at every precision, in turn, as often as asked for."""
    pairs = [(case, precision) for case in options.cases for precision in options.precisions]
    runs: list[dict[str, Any]] = []
    device = ""
    for repetition in range(options.runs):
        start = time.perf_counter()
        values: dict[str, Any] = {}
        for case, precision in pairs:
            outcome = run_apart(case, precision, options)
            device = outcome["device"]
            values.setdefault(case, {})[precision] = outcome["values"]
            print(f"run {repetition}: {case} {precision}: {outcome['values']}", flush=True)
        seconds = round(time.perf_counter() - start, 2)
        runs.append({"seed": repetition, "values": values, "seconds": seconds})
    return describe(options, device) | {"runs": runs}


def describe(options: argparse.Namespace, device: str) -> dict[str, Any]:
    """Where the numbers are from."""
    import keras
    import numpy as np

    backend = keras.backend.backend()
    versions = {"keras": keras.__version__, "numpy": np.__version__}
    versions[backend] = __import__(backend).__version__
    sizes = SMALL if options.small else CASES
    return {
        "experiment": "training_step",
        "command": " ".join(["python", "benchmarks/gpu.py", *options.command]),
        "backend": backend,
        "device": device,
        "sizes": {name: vars(sizes[name]) for name in options.cases},
        "steps": options.steps,
        "epochs": options.epochs,
        "versions": versions,
        "date": datetime.date.today().isoformat(),
    }


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--precisions", nargs="+", choices=PRECISIONS, default=list(PRECISIONS))
    parser.add_argument("--runs", type=int, default=5, help="repetitions (default 5)")
    parser.add_argument("--epochs", type=int, default=5, help="timed epochs (default 5)")
    parser.add_argument("--steps", type=int, default=20, help="steps of an epoch (default 20)")
    parser.add_argument("--small", action="store_true", help="small pictures and models, for a CPU")
    parser.add_argument("--output", type=Path, help="default: training_step.DEVICE.json here")
    parser.add_argument("--one", nargs=2, metavar=("CASE", "PRECISION"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    options.command = [str(argument) for argument in arguments]
    return options


def main() -> None:
    options = parse(sys.argv[1:])
    if options.one:
        name, precision = options.one
        case = (SMALL if options.small else CASES)[name]
        print(json.dumps(time_steps(case, precision, options.small, options.epochs, options.steps)))
        return
    results = measure(options)
    device = re.sub(r"[^a-z0-9]+", "-", results["device"].lower()).strip("-")
    output = options.output or Path(f"training_step.{device}.json")
    output.write_text(json.dumps(results, indent=1) + "\n")
    print(f"written: {output}")


if __name__ == "__main__":
    main()
