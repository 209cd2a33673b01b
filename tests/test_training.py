"""Profiles, seeds, checkpoints and resuming, with models of a few weights."""

import csv
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from cvbook import training
from cvbook.errors import CvbookError

pytestmark = pytest.mark.slow  # TensorFlow


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "user_cache_path", lambda name: tmp_path)
    monkeypatch.setenv("CVBOOK_QUIET", "1")
    monkeypatch.delenv("CVBOOK_TRAINING", raising=False)
    return tmp_path


@pytest.fixture
def batches():
    generator = np.random.default_rng(0)
    x = generator.normal(size=(64, 4)).astype("float32")
    y = (x.sum(axis=1, keepdims=True) > 0).astype("float32")
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(16)


def tiny_model(units: int = 3) -> keras.Model:
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(units), keras.layers.Dense(1, activation="sigmoid")]
    )
    model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
    return model


class Interrupt(keras.callbacks.Callback):
    def __init__(self, epoch: int):
        super().__init__()
        self.epoch = epoch

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == self.epoch:
            raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["cpu", "gpu"])
def test_the_profile_can_be_chosen(monkeypatch, name):
    monkeypatch.setenv("CVBOOK_PROFILE", name)
    assert training.profile().name == name


def test_the_gpu_profile_has_the_lectures_sizes(monkeypatch):
    monkeypatch.setenv("CVBOOK_PROFILE", "gpu")
    segmentation = training.profile().segmentation
    assert (segmentation.image_size, segmentation.filters, segmentation.epochs) == (200, 64, 50)
    assert segmentation.batch_size in (64, 16)
    assert training.profile().xception.filters == (32, 64, 128, 256, 512)


def test_without_a_gpu_the_profile_is_cpu():
    hidden = {"CUDA_VISIBLE_DEVICES": "-1", "CVBOOK_PROFILE": ""}
    program = "from cvbook import training; print(training.profile().name)"
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | hidden, capture_output=True, text=True
    )
    assert done.stdout.split() == ["cpu"], done.stderr


@pytest.mark.gpu
def test_with_a_gpu_the_profile_is_gpu(monkeypatch):
    monkeypatch.delenv("CVBOOK_PROFILE", raising=False)
    assert training.profile().name == "gpu"


def test_an_unknown_profile_is_an_error(monkeypatch):
    monkeypatch.setenv("CVBOOK_PROFILE", "tpu")
    with pytest.raises(CvbookError, match="CVBOOK_PROFILE=tpu"):
        training.profile()


def test_two_runs_give_the_same_numbers(batches):
    histories = []
    for name in ("a", "b"):
        training.set_seeds(0)
        histories.append(training.fit(tiny_model(), batches, batches, 3, name))
    assert histories[0] == histories[1]


def test_the_history_is_kerass_to_the_bit(batches):
    keras_own = keras.callbacks.History()
    assert training.fit(tiny_model(), batches, batches, 3, "ours", [keras_own]) == keras_own.history


def test_the_checkpoint_is_the_best_epochs(batches):
    model = tiny_model()
    model.optimizer.learning_rate = 2.0  # jumps about, so that the last epoch is not the best
    history = training.fit(model, batches, batches, 8, "best")
    best = keras.saving.load_model(training.checkpoint_path("best"))
    assert best.evaluate(batches, verbose=0)[0] == pytest.approx(min(history["val_loss"]), rel=1e-5)


def test_an_interrupted_training_goes_on_and_ends_like_an_uninterrupted_one(batches):
    whole = training.fit(tiny_model(), batches, batches, 6, "whole")
    with pytest.raises(KeyboardInterrupt):
        training.fit(tiny_model(), batches, batches, 6, "cut", [Interrupt(4)])
    began = []
    watch = keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: began.append(epoch))
    resumed = training.fit(tiny_model(), batches, batches, 6, "cut", [watch])
    assert began == [4, 5]
    np.testing.assert_allclose(resumed["val_loss"], whole["val_loss"], rtol=1e-5)


def test_an_epoch_that_was_logged_before_a_kill_but_not_saved_counts_once(batches):
    whole = training.fit(tiny_model(), batches, batches, 5, "whole")
    with pytest.raises(KeyboardInterrupt):
        training.fit(tiny_model(), batches, batches, 5, "cut", [Interrupt(3)])
    with (training.checkpoint_path("cut").parent / "history.csv").open("a") as log:
        log.write("3,0.1,9.0,0.1,9.0\r\n")
    resumed = training.fit(tiny_model(), batches, batches, 5, "cut")
    for name, values in whole.items():
        np.testing.assert_allclose(resumed[name], values, rtol=1e-5)


def test_another_model_does_not_resume_an_interrupted_training(batches):
    with pytest.raises(KeyboardInterrupt):
        training.fit(tiny_model(), batches, batches, 4, "cut", [Interrupt(2)])
    history = training.fit(tiny_model(units=5), batches, batches, 4, "cut")
    assert len(history["loss"]) == 4


def conv_model(last="sigmoid", **changes) -> keras.Model:
    keras.utils.set_random_seed(0)
    settings = {"filters": 2, "kernel_size": 1, "strides": 1, "padding": "valid"} | changes
    rate = settings.pop("rate", 0.1)
    model = keras.Sequential(
        [
            keras.Input((2, 2, 1)),
            keras.layers.Conv2D(**settings),
            keras.layers.Dropout(rate),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(1, activation=last),
        ]
    )
    model.compile("rmsprop", "binary_crossentropy")
    return model


@pytest.mark.parametrize(
    "change",
    [
        {"activation": "relu"},
        {"strides": 2},
        {"padding": "same"},
        {"kernel_initializer": "he_normal"},
        {"rate": 0.2},
        {"last": "tanh"},
        {"data": 1},
        {},
    ],
    ids=str,
)
def test_a_change_that_keeps_every_shape_does_not_resume_either(change):
    def key(model, seed=0):
        x = np.random.default_rng(seed).normal(size=(8, 2, 2, 1)).astype("float32")
        data = tf.data.Dataset.from_tensor_slices((x, np.zeros((8, 1)))).batch(4)
        return training._key(model, data, 2)

    change = dict(change)
    same = not change
    seed = change.pop("data", 0)
    assert (key(conv_model()) == key(conv_model(**change), seed)) is same


def test_runs_kept_apart_do_not_resume_each_others_training(batches, tmp_path, monkeypatch):
    with pytest.raises(KeyboardInterrupt):
        training.fit(tiny_model(), batches, batches, 4, "cut", [Interrupt(2)])
    monkeypatch.setenv("CVBOOK_TRAINING", str(tmp_path / "apart"))
    began = []
    watch = keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: began.append(epoch))
    training.fit(tiny_model(), batches, batches, 4, "cut", [watch])
    assert began == [0, 1, 2, 3]


def test_a_finished_training_starts_anew(batches):
    for _ in range(2):
        history = training.fit(tiny_model(), batches, batches, 2, "again")
        assert len(history["loss"]) == 2


def test_the_metrics_of_finished_epochs_are_on_disk_when_it_is_interrupted(batches):
    with pytest.raises(KeyboardInterrupt):
        training.fit(tiny_model(), batches, batches, 4, "cut", [Interrupt(3)])
    with (training.checkpoint_path("cut").parent / "history.csv").open() as file:
        written = list(csv.DictReader(file))
    assert [row["epoch"] for row in written] == ["0", "1", "2"]
    assert all(float(row["val_loss"]) > 0 for row in written)


def test_the_bar_is_shown_unless_quiet(batches, monkeypatch, capsys):
    training.fit(tiny_model(), batches, batches, 2, "quiet")
    assert "epoch" not in capsys.readouterr().err
    monkeypatch.delenv("CVBOOK_QUIET")
    training.fit(tiny_model(), batches, batches, 2, "loud")
    assert "epoch" in capsys.readouterr().err
