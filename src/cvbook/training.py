"""Training: profiles for CPU and GPU, seeds, checkpoints, and resuming after an interrupt."""

import csv
import hashlib
import itertools
import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import keras
import numpy as np
from platformdirs import user_cache_path
from tqdm.keras import TqdmCallback

from cvbook.errors import CvbookError

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class Settings:
    """Hyperparameters of one model and its training.

    Attributes
    ----------
    image_size : int
        Height and width of a picture, in pixels.
    filters : int or tuple of int
        `width` of the segmentation model, `sizes` of mini-Xception.
    batch_size, epochs : int
        Of the training.
    dtype_policy : str
        Name of a Keras dtype policy, such as "mixed_bfloat16".
    jit_compile : bool
        Whether XLA compiles the training step.
    momentum : float
        Of `BatchNormalization`; lower if an epoch has few steps.
    learning_rate : float
        Of RMSprop. Keras's default is 0.001.
    decay : bool
        Whether the learning rate falls to zero by cosine decay, which suits few epochs.
    """

    image_size: int
    filters: int | tuple[int, ...]
    batch_size: int
    epochs: int
    dtype_policy: str = "float32"
    jit_compile: bool = False
    momentum: float = 0.99
    learning_rate: float = 1e-3
    decay: bool = False


@dataclass(frozen=True)
class Profile:
    """Settings of all trainings of the book, for CPU or GPU.

    Attributes
    ----------
    name : {"cpu", "gpu"}
        `cpu`: small pictures and narrow models, about a minute a training on two cores;
        `gpu`: the lecture's sizes.
    segmentation, xception : Settings
        Of the two models that are trained at length.
    """

    name: Literal["cpu", "gpu"]
    segmentation: Settings
    xception: Settings


# `benchmarks/train.py` found nothing faster at equal quality than float32 without XLA.
CPU = Profile(
    "cpu",
    segmentation=Settings(image_size=64, filters=16, batch_size=8, epochs=80, decay=True),
    xception=Settings(
        image_size=64,
        filters=(16, 32, 64, 128, 256),
        batch_size=32,
        epochs=60,
        momentum=0.9,
        learning_rate=2e-3,
        decay=True,
    ),
)
GPU = Profile(
    "gpu",
    segmentation=Settings(200, 64, batch_size=64, epochs=50, dtype_policy="mixed_bfloat16"),
    xception=Settings(
        180, (32, 64, 128, 256, 512), batch_size=32, epochs=100, dtype_policy="mixed_bfloat16"
    ),
)
#: GPU memory in GB below which the lecture's smaller batch of 16 is used.
MEMORY_FOR_LARGE_BATCHES = 10


def profile() -> Profile:
    """Return the profile set by `CVBOOK_PROFILE`, else `gpu` if TensorFlow finds a GPU, else `cpu`.

    Returns
    -------
    Profile
        For a GPU with little memory, with a smaller batch.

    Raises
    ------
    CvbookError
        If `CVBOOK_PROFILE` is neither `cpu` nor `gpu`.
    """
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    name = os.environ.get("CVBOOK_PROFILE") or ("gpu" if gpus else "cpu")
    if name == "cpu":
        return CPU
    if name != "gpu":
        raise CvbookError(f"unknown profile – CVBOOK_PROFILE={name} – set it to cpu or gpu")
    if gpus and _memory_gb(gpus[0]) < MEMORY_FOR_LARGE_BATCHES:
        small = {**GPU.segmentation.__dict__, "batch_size": 16}
        return Profile("gpu", Settings(**small), GPU.xception)
    return GPU


def _memory_gb(gpu: Any) -> float:
    """Memory of a GPU in GB, from `nvidia-smi`; infinite if that fails."""
    import subprocess

    query = ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    try:
        lines = subprocess.run(query, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return float("inf")
    return float(lines[int(gpu.name.rsplit(":", 1)[1])]) / 1024


def set_seeds(seed: int) -> None:
    """Seed Python, NumPy and TensorFlow, and make TensorFlow's operations deterministic.

    Two runs on one machine then give the same numbers, bit by bit.

    Parameters
    ----------
    seed : int
    """
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()


def rmsprop(settings: Settings, steps_per_epoch: int) -> keras.optimizers.RMSprop:
    """The lecture's optimizer, with the settings' learning rate.

    Parameters
    ----------
    settings : Settings
        Of the training.
    steps_per_epoch : int
        Number of batches, `len(dataset)`; the decay ends after `settings.epochs` times as many.

    Returns
    -------
    keras.optimizers.RMSprop
    """
    if not settings.decay:
        return keras.optimizers.RMSprop(settings.learning_rate)
    steps = settings.epochs * steps_per_epoch
    schedule = keras.optimizers.schedules.CosineDecay(settings.learning_rate, steps)
    return keras.optimizers.RMSprop(schedule)


def checkpoint_path(name: str) -> Path:
    """Path of the model of the best epoch of `fit(…, name=name)`.

    Below the user's cache, or the folder in `CVBOOK_TRAINING`: runs with a folder of their own do
    not resume each other's interrupted trainings.

    Parameters
    ----------
    name : str
        Of the training.

    Returns
    -------
    Path
    """
    chosen = os.environ.get("CVBOOK_TRAINING")
    folder = Path(chosen) if chosen else user_cache_path("cvbook") / "training"
    return folder / name / "best.keras"


def _key(model: keras.Model, validation: "tf.data.Dataset", epochs: int) -> str:
    """Hash of model, optimizer, loss, validation data and epochs, without automatic names."""
    structure = [[type(layer).__name__, layer.count_params()] for layer in model.layers]
    shapes = [weight.shape for weight in model.weights]
    configuration = [_config(layer) for layer in model.layers]
    optimizer = {k: v for k, v in model.optimizer.get_config().items() if k != "name"}
    content = [structure, shapes, configuration, optimizer, model.loss, _data(validation), epochs]
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def _config(layer: keras.Layer) -> str:
    """Configuration of a layer as text, inner layers included; empty where it has none."""
    try:
        text = json.dumps(keras.saving.serialize_keras_object(layer), default=str)
    except (NotImplementedError, TypeError, ValueError):  # a subclass without `get_config`
        return ""
    # Keras counts the layers of a session: names, and the seeds of initializers without one.
    text = re.sub(r'"(?:name|keras_history)": (?:"[^"]*"|\[[^\]]*\])', "", text)
    return re.sub(r'"shared_object_id": \d+', "", text)


def _data(validation: "tf.data.Dataset") -> str:
    """Hash of the first batch of a data set that is not shuffled."""
    digest = hashlib.sha256(str(getattr(validation, "element_spec", "")).encode())
    for batch in itertools.islice(validation, 1):
        for array in keras.tree.flatten(batch):
            digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def fit(
    model: keras.Model,
    train: "tf.data.Dataset",
    validation: "tf.data.Dataset",
    epochs: int,
    name: str,
    callbacks: Iterable[keras.callbacks.Callback] = (),
) -> dict[str, list[float]]:
    """Train with a checkpoint of the best epoch; resume an interrupted training.

    Parameters
    ----------
    model : keras.Model
        Compiled. Afterwards it has the weights of the last epoch;
        `keras.saving.load_model(checkpoint_path(name))` loads those of the best.
    train, validation : tf.data.Dataset
        Batches of inputs and targets.
    epochs : int
        Total number, including those before an interrupt.
    name : str
        Of the training, and of its folder in the user's cache.
    callbacks : iterable of keras.callbacks.Callback
        Additional callbacks.

    Returns
    -------
    dict of str to list of float
        Metrics by epoch, as Keras names them: `loss`, `val_loss` and so on.

    Notes
    -----
    Uses Keras's `ModelCheckpoint(save_best_only=True)`, `CSVLogger` and `BackupAndRestore`. An
    interrupted training is resumed only by a model of the same configuration.
    """
    folder = checkpoint_path(name).parent
    unfinished = _prepare_folder(folder, _key(model, validation, epochs))
    log = folder / "history.csv"
    model.fit(
        train,
        validation_data=validation,
        epochs=epochs,
        shuffle=False,  # the data set shuffles itself
        verbose=0,
        callbacks=[
            # In this order, an epoch that is interrupted between two of them is trained again.
            keras.callbacks.ModelCheckpoint(
                folder / "best.keras",
                save_best_only=True,
                initial_value_threshold=min(_history(log).get("val_loss", []), default=None),
            ),
            keras.callbacks.CSVLogger(log, append=True),
            keras.callbacks.BackupAndRestore(folder / "backup"),
            TqdmCallback(verbose=0, leave=False, disable=bool(os.environ.get("CVBOOK_QUIET"))),
            *callbacks,
        ],
    )
    unfinished.unlink()
    return _history(log)


def _prepare_folder(folder: Path, key: str) -> Path:
    """Create the folder of a training, empty unless it resumes one with the same key.

    Returns
    -------
    Path
        The file that marks the training as unfinished.
    """
    unfinished = folder / "unfinished"
    if not (unfinished.exists() and unfinished.read_text() == key):
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished.write_text(key)
    return unfinished


def _history(log: Path) -> dict[str, list[float]]:
    """Read the metrics by epoch from the CSV log; the last row of an epoch trained twice counts."""
    if not log.exists():
        return {}
    with log.open(newline="") as file:
        epochs = {int(row.pop("epoch")): row for row in csv.DictReader(file)}
    rows = [epochs[epoch] for epoch in sorted(epochs)]
    return {name: [float(row[name]) for row in rows] for name in (rows[0] if rows else ())}
