"""Measure quality on real photographs, in profile `cpu`, against trivial predictions.

    CVBOOK_DATA=FOLDER python benchmarks/real_photos.py [--seeds 0 1 2]

Trains the segmentation model and mini-Xception on four fifths of the data set in use and prints,
for the held-out fifth, the mean IoU of the three classes and the balanced accuracy of cats and
dogs, beside the wall-clock time of the training. The weights are those of the last epoch, in which
the learning rate has decayed to zero; nothing is chosen by the held-out pictures.
"""

import argparse
import os
import shutil
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from cvbook import datasets, models, training

NUM_CLASSES = 3


def mean_iou(target: np.ndarray, predicted: np.ndarray) -> float:
    ious = []
    for label in range(NUM_CLASSES):
        union = (target == label) | (predicted == label)
        ious.append(((target == label) & (predicted == label)).sum() / union.sum())
    return float(np.mean(ious))


def train_anew(model, batches, validation, epochs: int, name: str) -> float:
    """Train without any checkpoint of an earlier run; return the seconds of training."""
    shutil.rmtree(training.checkpoint_path(name).parent, ignore_errors=True)
    start = time.perf_counter()
    training.fit(model, batches, validation, epochs, name)
    return time.perf_counter() - start


def targets_of(batches) -> np.ndarray:
    return np.concatenate([y.numpy() for _, y in batches])


def segmentation(train, held_out, seed: int) -> tuple[float, float]:
    """Mean IoU on the held-out pictures and seconds of training."""
    settings = training.profile().segmentation
    size = settings.image_size
    training.set_seeds(seed)
    keras.config.set_dtype_policy(settings.dtype_policy)
    model = models.segmentation_model((size, size), width=settings.filters)
    keras.config.set_dtype_policy("float32")
    batches = datasets.segmentation(
        train, size, settings.batch_size, shuffle=True, seed=seed, augment=True
    )
    model.compile(
        training.rmsprop(settings, len(batches)),
        "sparse_categorical_crossentropy",
        jit_compile=settings.jit_compile,
    )
    validation = datasets.segmentation(held_out, size, settings.batch_size)
    seconds = train_anew(model, batches, validation, settings.epochs, "benchmark-segmentation")
    predicted = model.predict(validation, verbose=0).argmax(-1)
    return mean_iou(targets_of(validation)[..., 0], predicted), seconds


def xception(train, held_out, seed: int) -> tuple[float, float]:
    """Balanced accuracy on the held-out pictures and seconds of training."""
    settings = training.profile().xception
    size = settings.image_size
    training.set_seeds(seed)
    augmentation = keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomRotation(0.1),
            keras.layers.RandomZoom(0.2),
        ]
    )
    model = models.mini_xception(
        (size, size, 3), settings.filters, augmentation, momentum=settings.momentum
    )
    batches = datasets.cats_dogs(train, size, settings.batch_size, shuffle=True, seed=seed)
    model.compile(
        training.rmsprop(settings, len(batches)),
        "binary_crossentropy",
        jit_compile=settings.jit_compile,
    )
    validation = datasets.cats_dogs(held_out, size, settings.batch_size)
    seconds = train_anew(model, batches, validation, settings.epochs, "benchmark-xception")
    right = (model.predict(validation, verbose=0) >= 0.5) == (targets_of(validation) == 1)
    dogs = targets_of(validation) == 1
    return float((right[dogs].mean() + right[~dogs].mean()) / 2), seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    seeds = parser.parse_args().seeds
    os.environ["CVBOOK_PROFILE"] = "cpu"
    data = datasets.load()
    train, held_out = datasets.split(data.records, fraction=0.2, seed=0)
    print(f"{len(train)} pictures for training, {len(held_out)} held out")
    background = np.full((1, 100), 1)
    trivial = mean_iou(np.repeat([0, 1, 2], [25, 60, 15])[None], background)
    print(f"trivial: mean IoU about {trivial:.2f} (all background), balanced accuracy 0.50")
    for seed in seeds:
        iou, seconds = segmentation(train, held_out, seed)
        print(f"seed {seed}: mean IoU {iou:.3f} (goal 0.50), {seconds:.0f} s", flush=True)
        accuracy, seconds = xception(train, held_out, seed)
        print(
            f"seed {seed}: balanced accuracy {accuracy:.3f} (goal 0.85), {seconds:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
