"""Measure experiments of the chapters over many seeds and store every run in book/results/.

An experiment is a function of a seed in a cell with the tag `experiment`. Runs that are there
already are not made again, so after Ctrl-C the same command goes on.

  cvbook measure                                   list the experiments and what is stored
  cvbook measure batch_size --seeds 5              on the drawn pets
  cvbook measure batch_size --data ~/pets          on real photographs: batch_size.pets.json
  cvbook measure --check                           measure again what is stored for drawn pets
  cvbook measure --check --data ~/pets             the drawn pets and these photographs
  cvbook measure batch_size --check --seeds 1      one seed of one experiment

Exit code 1 if an experiment fails or a run leaves the stored spread.
"""

import argparse
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvbook.errors import CvbookError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvbook.measure.experiments import Experiment
    from cvbook.measure.runner import Measurement


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="experiments; default: all")
    parser.add_argument(
        "--seeds", type=int, metavar="N", help="seeds 0 … N-1 (default 5; with --check: all)"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="data set; default: drawn pets")
    parser.add_argument("--profile", choices=["cpu", "gpu"], default="", help="sizes of the models")
    parser.add_argument("--note", default="", help="stored too, such as why there are few seeds")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count(), metavar="N", help="runs at once; default: cores"
    )
    parser.add_argument("--check", action="store_true", help="compare new runs with the stored")
    parser.add_argument(
        "--book", type=Path, default=Path("book"), metavar="DIR", help="default: %(default)s"
    )


def run(args: argparse.Namespace) -> int:
    from cvbook.measure.experiments import find_experiments

    if args.data and not args.data.is_dir():
        raise CvbookError(f"no such folder – {args.data} – name a data set's folder with --data")
    experiments = find_experiments(args.book)
    unknown = [name for name in args.names if name not in experiments]
    if unknown:
        there = ", ".join(experiments) or "none"
        raise CvbookError(f"no such experiment – {', '.join(unknown)} – there are: {there}")
    chosen = [experiments[name] for name in args.names or experiments]
    if args.check:
        failed = sum(_check(experiment, args) for experiment in chosen)
        for path in sorted(path for one in chosen for path in _left_out(one, args)):
            print(f"{path}: not checked – its data set is not here – name its folder with --data")
        return failed and 1
    if not args.names:
        return _list(chosen, args)
    for experiment in chosen:
        _measure(experiment, args)
    return 0


def _measurement(experiment: "Experiment", setting: Any, args: argparse.Namespace) -> "Measurement":
    from cvbook.measure.runner import Measurement

    cache = args.book.resolve().parent / ".cache" / "measure"
    return Measurement(experiment, setting, args.book / "results", cache)


def _measure(experiment: "Experiment", args: argparse.Namespace) -> None:
    from tqdm import tqdm

    from cvbook.measure.runner import Setting

    measurement = _measurement(experiment, Setting(args.data, args.profile), args)
    count = args.seeds or 5
    with tqdm(total=count, unit="run", desc=experiment.name, disable=None) as bar:

        def done(seed: int) -> None:
            bar.update()

        runs = measurement.measure(range(count), args.jobs, done)
    command = f"cvbook measure {experiment.name} --seeds {count}"
    command += f" --data {args.data.name}" if args.data else ""
    command += f" --profile {args.profile}" if args.profile else ""
    measurement.store(runs, command, args.note)
    print(f"{measurement.path}: {count} seed(s)")


def _list(experiments: "list[Experiment]", args: argparse.Namespace) -> int:
    from cvbook.measure.check import stale
    from cvbook.measure.runner import stored_settings

    for experiment in experiments:
        print(f"{experiment.name}  ({experiment.notebook}, cell `{experiment.cell}`)")
        data = [args.data] if args.data else []
        for setting in stored_settings(experiment, args.book / "results", data):
            measurement = _measurement(experiment, setting, args)
            runs = (measurement.stored() or {})["runs"]
            state = stale(measurement) or "up to date"
            print(f"    {measurement.path}: {len(runs)} seed(s), {state}")
    return 0


def _left_out(experiment: "Experiment", args: argparse.Namespace) -> "Iterator[Path]":
    """The stored files of other data sets than the drawn pets and the one that is named."""
    from cvbook.measure.runner import Setting

    label = Setting(args.data).label
    for path in (args.book / "results").glob(f"{experiment.name}.*.json"):
        if path.name != f"{experiment.name}{label}.json":
            yield path


def _check(experiment: "Experiment", args: argparse.Namespace) -> int:
    """Return the number of stored files that do not hold."""
    import tempfile

    from cvbook.measure.check import deviations, stale
    from cvbook.measure.runner import Measurement, stored_settings

    failed = 0
    data = [args.data] if args.data else []
    for setting in stored_settings(experiment, args.book / "results", data):
        with tempfile.TemporaryDirectory() as cache:  # nothing kept counts
            measurement = Measurement(experiment, setting, args.book / "results", Path(cache))
            stored = measurement.stored() or {}
            problems = [reason] if (reason := stale(measurement)) else []
            if not problems:
                runs = {run["seed"]: run["values"] for run in stored["runs"]}
                seeds = sorted(random.sample(sorted(runs), min(args.seeds or len(runs), len(runs))))
                for seed, new in measurement.measure(seeds, args.jobs).items():
                    found = deviations(list(runs.values()), new["values"])
                    problems += [f"seed {seed}: {line}" for line in found]
        print(f"{measurement.path}: {'; '.join(problems) or 'holds'}", flush=True)
        failed += bool(problems)
    return failed
