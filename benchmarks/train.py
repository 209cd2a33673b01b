"""Time training with each setting against the lecture's plain `model.fit`.

    python benchmarks/train.py [--rounds 2] [--epochs 4] [--models …] [--settings …]
                               [--markdown FILE]

Every run is a process of its own, since TensorFlow reads threads and oneDNN once, at start-up; the
settings run alternately, round by round. Printed is the ratio of the baseline's time per epoch
(the first epoch, which compiles, left out) to the setting's: above 1 is faster. Beside it, the
validation loss shows whether a faster setting learns less.
"""

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

#: Environment and `fit` options of each setting.
SETTINGS: dict[str, tuple[dict[str, str], dict]] = {
    "plain model.fit": ({}, {}),
    "tf.data, cache, prefetch": ({}, {"pipeline": True}),
    "bfloat16": ({}, {"dtype_policy": "mixed_bfloat16"}),
    "steps_per_execution=10": ({}, {"steps_per_execution": 10}),
    "XLA": ({}, {"jit_compile": True}),
    "oneDNN off": ({"TF_ENABLE_ONEDNN_OPTS": "0"}, {}),
    "one thread": ({"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}, {}),
}
MODELS = ("segmentation", "xception")
#: Names in the book's table; a setting that is not here has the same name there.
KOREAN = {
    "segmentation": "분할 모델",
    "xception": "미니 Xception",
    "plain model.fit": "평범한 `model.fit`",
    "tf.data, cache, prefetch": "`tf.data`, `cache`, `prefetch`",
    "steps_per_execution=10": "`steps_per_execution=10`",
    "oneDNN off": "oneDNN 끔",
    "one thread": "스레드 하나",
}
BASELINE = next(iter(SETTINGS))


def run_one(model_name: str, setting: str, epochs: int) -> dict[str, float]:
    """Train in this process; return seconds per epoch and validation loss."""
    import keras
    import numpy as np

    from cvbook import datasets, models, training

    options = SETTINGS[setting][1]
    keras.utils.set_random_seed(0)
    keras.config.set_dtype_policy(options.get("dtype_policy", "float32"))
    train, validation = datasets.split(datasets.load().records)
    settings = getattr(training.profile(), model_name)
    size = settings.image_size
    if model_name == "segmentation":
        read, loss = datasets.segmentation, "sparse_categorical_crossentropy"
        model = models.segmentation_model((size, size), width=settings.filters)
    else:
        read, loss = datasets.cats_dogs, "binary_crossentropy"
        model = models.mini_xception((size, size, 3), settings.filters, momentum=settings.momentum)
    model.compile(
        "rmsprop",
        loss,
        jit_compile=options.get("jit_compile", False),
        steps_per_execution=options.get("steps_per_execution", 1),
    )

    def arrays(records):
        parts = zip(*read(records, size, 100), strict=True)
        return [np.concatenate([part.numpy() for part in column]) for column in parts]

    times: list[float] = []
    timer = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: times.append(time.perf_counter()),
        on_train_end=lambda logs: times.append(time.perf_counter()),
    )
    common = {"epochs": epochs, "verbose": 0, "callbacks": [timer]}
    if options.get("pipeline"):
        batches = read(train, size, settings.batch_size, shuffle=True)
        model.fit(batches, shuffle=False, **common)
    else:
        model.fit(*arrays(train), batch_size=settings.batch_size, **common)
    loss = model.evaluate(*arrays(validation), verbose=0)
    seconds = statistics.median(b - a for a, b in itertools.pairwise(times[1:]))
    return {"seconds": seconds, "loss": float(loss)}


def run_apart(model_name: str, setting: str, epochs: int) -> dict[str, float] | None:
    """Train in a new process; None where it fails."""
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"} | SETTINGS[setting][0]
    command = [sys.executable, __file__, "--epochs", str(epochs), "--one", model_name, setting]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument(
        "--markdown", type=Path, metavar="FILE", help="write the table for the book"
    )
    parser.add_argument("--models", nargs="+", choices=MODELS, default=MODELS)
    parser.add_argument("--settings", nargs="+", choices=SETTINGS, default=list(SETTINGS))
    parser.add_argument("--one", nargs=2, metavar=("MODEL", "SETTING"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(run_one(*args.one, args.epochs)))
        return
    results: dict[tuple[str, str], list[dict[str, float]]] = {}
    for _ in range(args.rounds):
        for model_name in args.models:
            for setting in args.settings:
                result = run_apart(model_name, setting, args.epochs)
                if result is not None:
                    results.setdefault((model_name, setting), []).append(result)
    table = []
    for model_name in args.models:
        base = statistics.median(r["seconds"] for r in results[model_name, BASELINE])
        for setting in args.settings:
            runs = results.get((model_name, setting))
            if runs is None:
                table.append({"model": model_name, "setting": setting, "ratio": None, "loss": None})
                continue
            ratio = base / statistics.median(r["seconds"] for r in runs)
            row = {"ratio": round(ratio, 2), "loss": round(runs[0]["loss"], 3)}
            table.append({"model": model_name, "setting": setting} | row)
    lines = ["| 모델 | 설정 | 평범한 `fit`에 대한 속도 | 검증 손실 |", "|---|---|---|---|"]
    for row in table:
        names = [KOREAN.get(row[key], row[key]) for key in ("model", "setting")]
        measured = (
            ["실패", "–"] if row["ratio"] is None else [f"{row['ratio']}배", str(row["loss"])]
        )
        lines.append("| " + " | ".join(names + measured) + " |")
    print("\n".join(lines))
    if args.markdown:
        args.markdown.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
