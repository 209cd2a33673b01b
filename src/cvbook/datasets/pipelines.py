"""Stratified split of records, and `tf.data` pipelines from records to batches."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from cvbook.datasets.oxford_pets import DataError, Record, read_image, read_trimap

if TYPE_CHECKING:
    import tensorflow as tf


#: Longest side of a picture over the shortest side of a window that augmentation crops from it.
WINDOWS = 1.5

#: Loads image and target of one record.
Load = Callable[[Record], tuple[np.ndarray, np.ndarray]]


def split(
    records: Iterable[Record], fraction: float = 0.2, seed: int = 0
) -> tuple[list[Record], list[Record]]:
    """Split records in two with the same share of every breed.

    Parameters
    ----------
    records : iterable of Record
        What to split; its order does not matter.
    fraction : float
        Share of the second part, between 0 and 1.
    seed : int
        The same seed gives the same parts.

    Returns
    -------
    (list of Record, list of Record)
        For training and for validation, each in a random order.

    Raises
    ------
    ValueError
        If `fraction` is not between 0 and 1.
    """
    if not 0 < fraction < 1:
        raise ValueError(f"fraction {fraction}: must lie between 0 and 1")
    generator = np.random.default_rng(seed)
    by_breed: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda record: record.name):
        by_breed.setdefault(record.breed, []).append(record)
    first: list[Record] = []
    second: list[Record] = []
    for breed in sorted(by_breed):
        members = by_breed[breed]
        order = generator.permutation(len(members))
        count = round(len(members) * fraction)
        second += [members[i] for i in order[:count]]
        first += [members[i] for i in order[count:]]
    return (
        [first[i] for i in generator.permutation(len(first))],
        [second[i] for i in generator.permutation(len(second))],
    )


def segmentation(
    records: Sequence[Record],
    image_size: int | tuple[int, int],
    batch_size: int,
    shuffle: bool = False,
    seed: int = 0,
    augment: bool = False,
) -> "tf.data.Dataset":
    """Batches for semantic segmentation into body, background and border.

    Parameters
    ----------
    records : sequence of Record
        The pictures, decoded and resized in parallel once and then kept in memory.
    image_size : int or (int, int)
        Height and width of the batches, in pixels.
    batch_size : int
        Pictures in a batch; the last one may be smaller.
    shuffle : bool
        In a new order each epoch.
    seed : int
        Of the order and the augmentation.
    augment : bool
        Flip half of the pictures horizontally and crop a window from each, of two thirds of its
        sides or more, together with its target; in another way each epoch.

    Returns
    -------
    tf.data.Dataset
        `(images, targets)`: uint8 `(batch, height, width, 3)`, resized bilinearly, and uint8
        `(batch, height, width, 1)`, resized to the nearest neighbour: 0 body, 1 background,
        2 border.

    Raises
    ------
    DataError
        If there are no records, or one has no trimap.
    tensorflow.errors.OpError
        While it is iterated, where a picture or trimap is missing, corrupt or invalid; its
        message contains the `DataError`'s, which names the file.
    """
    size = _sides(image_size)
    # Windows are cropped from larger pictures, so that enlarging them invents no pixels.
    loaded = (round(WINDOWS * size[0]), round(WINDOWS * size[1])) if augment else size
    without = next((record for record in records if record.trimap_path is None), None)
    if without is not None:
        raise DataError(
            f"no trimap – {without.image_path} – choose a data set for segmentation, "
            "as `cvbook data use drawn` does"
        )
    return _batches(
        records,
        partial(_load_segmentation, size=loaded),
        ((*loaded, 3), (*loaded, 1)),
        batch_size,
        shuffle,
        seed,
        size if augment else None,
    )


def _load_segmentation(record: Record, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    image = read_image(record.image_path)
    assert record.trimap_path is not None
    trimap = read_trimap(record.trimap_path, (image.shape[0], image.shape[1]))
    return (
        _resize(image, *size, nearest=False),
        _resize(trimap, *size, nearest=True)[..., None] - np.uint8(1),
    )


def cats_dogs(
    records: Sequence[Record],
    image_size: int | tuple[int, int],
    batch_size: int,
    shuffle: bool = False,
    seed: int = 0,
) -> "tf.data.Dataset":
    """Batches for binary classification of cats and dogs.

    Parameters
    ----------
    records, image_size, batch_size, shuffle, seed
        As for `segmentation`.

    Returns
    -------
    tf.data.Dataset
        `(images, targets)`: uint8 `(batch, height, width, 3)` and uint8 `(batch, 1)`, 0 for a cat
        and 1 for a dog.

    Raises
    ------
    DataError
        If there are no records.
    tensorflow.errors.OpError
        While it is iterated, as for `segmentation`.
    """
    height, width = _sides(image_size)

    def load(record: Record) -> tuple[np.ndarray, np.ndarray]:
        image = _resize(read_image(record.image_path), height, width, nearest=False)
        return image, np.array([record.species == "dog"], np.uint8)

    return _batches(records, load, ((height, width, 3), (1,)), batch_size, shuffle, seed)


def _sides(image_size: int | tuple[int, int]) -> tuple[int, int]:
    return (image_size, image_size) if isinstance(image_size, int) else image_size


def _resize(image: np.ndarray, height: int, width: int, nearest: bool) -> np.ndarray:
    from PIL import Image

    method = Image.Resampling.NEAREST if nearest else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(image).resize((width, height), method))


def _batches(
    records: Sequence[Record],
    load: Load,
    shapes: tuple[tuple[int, ...], tuple[int, ...]],
    batch_size: int,
    shuffle: bool,
    seed: int,
    augmented_size: tuple[int, int] | None = None,
) -> "tf.data.Dataset":
    """Build the pipeline. Pillow decodes, since some files named `.jpg` have another format."""
    import tensorflow as tf

    records = list(records)
    if not records:
        raise DataError("no pictures – the list of records is empty – check how it was split")

    # TensorFlow turns an exception of Python code into an InternalError with its text, so the
    # message still names the file.
    def read(index: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return load(records[int(index)])

    def load_one(index: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        loaded = tf.numpy_function(read, [index], (tf.uint8, tf.uint8))
        return tuple(tf.ensure_shape(x, shape) for x, shape in zip(loaded, shapes, strict=True))

    batches = tf.data.Dataset.range(len(records))
    # Pillow releases the GIL while it decodes and resizes, so parallel calls use several cores.
    batches = batches.map(load_one, num_parallel_calls=tf.data.AUTOTUNE).cache()
    if shuffle:
        batches = batches.shuffle(len(records), seed=seed, reshuffle_each_iteration=True)
    if augmented_size is not None:
        coins = tf.data.Dataset.random(seed=seed, rerandomize_each_iteration=True)
        batches = tf.data.Dataset.zip(batches, coins).map(
            partial(_augment, size=augmented_size), num_parallel_calls=tf.data.AUTOTUNE
        )
    return batches.batch(batch_size).prefetch(tf.data.AUTOTUNE)


def _augment(
    pair: tuple["tf.Tensor", "tf.Tensor"], coin: "tf.Tensor", size: tuple[int, int]
) -> tuple["tf.Tensor", "tf.Tensor"]:
    """Random crop and horizontal flip, the same for a picture and its target."""
    import tensorflow as tf

    image, target = pair
    share, top, left, side = tf.unstack(tf.random.stateless_uniform([4], seed=[coin, 0]))
    share = 1 / WINDOWS + share * (1 - 1 / WINDOWS)
    whole = tf.cast(tf.shape(image)[:2], tf.float32)
    window = tf.cast(share * whole, tf.int32)
    begin = tf.cast(tf.stack([top, left]) * (whole - tf.cast(window, tf.float32) + 1), tf.int32)

    def crop(x: tf.Tensor, method: str) -> tf.Tensor:
        x = tf.slice(x, [begin[0], begin[1], 0], [window[0], window[1], x.shape[-1]])
        x = tf.cast(tf.image.resize(x, size, method=method), tf.uint8)
        return tf.cond(side < 0.5, lambda: x, lambda: x[:, ::-1])

    return crop(image, "bilinear"), crop(target, "nearest")
