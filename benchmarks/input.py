"""Measure whether training waits for input: the pipeline's time a batch against the step's.

    python benchmarks/input.py [--rounds 5]

Both run alternately in one process, on the data set in use, in the profile in use. A ratio below 1
means that the next batch is ready before the step ends, since `tf.data` prefetches.
"""

import argparse
import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

from cvbook import datasets, models, training


def seconds_per_batch(batches, consume) -> float:
    start = time.perf_counter()
    for images, targets in batches:
        consume(images, targets)
    return (time.perf_counter() - start) / len(batches)


def compare(name: str, batches, model: keras.Model, rounds: int) -> None:
    for images, targets in batches:  # fills the cache, compiles the step
        model.train_on_batch(images, targets)
    alone, training_step = [], []
    for _ in range(rounds):
        alone.append(seconds_per_batch(batches, lambda x, y: None))
        training_step.append(seconds_per_batch(batches, model.train_on_batch))
    a, t = statistics.median(alone), statistics.median(training_step)
    print(f"{name}: pipeline {1e3 * a:.1f} ms, step {1e3 * t:.1f} ms a batch, ratio {a / t:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    profile = training.profile()
    records, _ = datasets.split(datasets.load().records)
    settings = profile.segmentation
    size = settings.image_size
    model = models.segmentation_model((size, size), width=settings.filters)
    model.compile("rmsprop", "sparse_categorical_crossentropy")
    for augment in (False, True):
        batches = datasets.segmentation(
            records, size, settings.batch_size, shuffle=True, augment=augment
        )
        compare(f"segmentation{', augmented' if augment else ''}", batches, model, rounds)
    settings = profile.xception
    size = settings.image_size
    model = models.mini_xception((size, size, 3), settings.filters, momentum=settings.momentum)
    model.compile("rmsprop", "binary_crossentropy")
    batches = datasets.cats_dogs(records, size, settings.batch_size, shuffle=True)
    compare("cats and dogs", batches, model, rounds)


if __name__ == "__main__":
    main()
