"""One run of an experiment: `python -m cvbook.measure.worker JOB`, in a process of its own.

The job is a JSON file `{"code", "name", "seed", "output"}`; the outcome is written to `output`:
`{"values", "seconds", "device", "profile", "constants"}` or `{"error"}`.
"""

import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

import numpy as np


def plain(value: Any) -> Any:
    """Turn arrays and NumPy numbers into what JSON can hold.

    Parameters
    ----------
    value : object
        Numbers, arrays, sequences and dictionaries of them.

    Returns
    -------
    object

    Raises
    ------
    TypeError
        For anything else: an experiment returns numbers.
    """
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value)
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if hasattr(value, "__array__"):
        return plain(np.asarray(value).tolist())
    raise TypeError(f"an experiment returns numbers, not {type(value).__name__}")


def device() -> str:
    """Name what TensorFlow computes on; only the processor if it was not imported."""
    if "tensorflow" in sys.modules:
        import tensorflow as tf

        gpus = tf.config.list_physical_devices("GPU")
        if gpus:
            details = tf.config.experimental.get_device_details(gpus[0])
            return str(details.get("device_name", gpus[0].name))
    return f"CPU ({os.uname().machine})" if hasattr(os, "uname") else "CPU"


def profile() -> str:
    """Name the profile of sizes that the code had; `cpu` if it imported no TensorFlow."""
    if "tensorflow" not in sys.modules:
        return "cpu"
    from cvbook import training

    return training.profile().name


def constants(space: dict[str, Any]) -> dict[str, Any]:
    """Find the constants of the code: sizes, numbers of pictures, rates.

    Parameters
    ----------
    space : dict
        Global names after the run.

    Returns
    -------
    dict of str to object
        Names in capitals whose values are numbers and texts, or collections of them.
    """

    def is_plain(value: Any) -> bool:
        if isinstance(value, dict):
            return all(map(is_plain, value.values()))
        if isinstance(value, list | tuple):
            return all(map(is_plain, value))
        return value is None or isinstance(value, bool | int | float | str)

    return {name: value for name, value in space.items() if name.isupper() and is_plain(value)}


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Execute the code and call the experiment.

    Parameters
    ----------
    job : dict
        `{"code", "name", "seed"}`.

    Returns
    -------
    dict
        `{"values", "seconds", "device", "profile", "constants"}`, or `{"error"}` with the end of
        the traceback.
    """
    space: dict[str, Any] = {"__name__": "__main__"}
    try:
        exec(compile(job["code"], job["name"], "exec"), space)
        start = time.perf_counter()
        values = plain(space[job["name"]](job["seed"]))
        if not isinstance(values, dict):
            raise TypeError("an experiment returns a dictionary")
    except Exception:
        return {"error": "".join(traceback.format_exc(limit=-3))}
    seconds = round(time.perf_counter() - start, 2)
    return {
        "values": values,
        "seconds": seconds,
        "device": device(),
        "profile": profile(),
        "constants": constants(space),
    }


def end_with_parent() -> None:
    """End this process when the other end of its standard input is closed."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    end_with_parent()
    task = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    from cvbook.kernels.environment import prepare

    prepare()
    os.environ["MPLBACKEND"] = "Agg"  # chapters draw, this does not
    Path(task["output"]).write_text(json.dumps(run(task)), "utf-8")
