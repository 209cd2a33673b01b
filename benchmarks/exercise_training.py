"""Train the right answers of training tasks as their graded cells do, with many seeds.

    python benchmarks/exercise_training.py                     all: an hour of processor time
    python benchmarks/exercise_training.py 08_mini_xception    one assignment

Every graded cell that sets a seed is run with each of the seeds, which draws other initial weights;
its pictures stay the same. A line of each answer says how many seeds pass all cells, and the
longest processor time of one cell, on one thread. `tests/exercises/ASSIGNMENT/trainings.json` gets
what was measured; `--new` leaves out the answers that stand there with the same code.
"""

import argparse
import datetime
import json
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/exercises"))

import submissions  # noqa: E402
import trainings  # noqa: E402
from provenance import provenance  # noqa: E402

from cvbook._files import write_atomic  # noqa: E402


def measure(training: trainings.Training, seeds: int) -> dict[str, Any]:
    """Grade an answer once for each seed.

    Parameters
    ----------
    training : Training
    seeds : int

    Returns
    -------
    dict
        `{"code", "seeds", "passed", "seconds"}`, and of a seed that failed what was said.
    """
    import keras

    task = submissions.solution(training.assignment)
    seconds, failed = 0.0, {}
    for seed in range(seeds):
        keras.utils.clear_session()
        for name, source in training.cells:
            namespace = task._namespace({training.function: training.source})
            start = time.process_time()
            try:
                seeded = source.replace(trainings.SEED, f"keras.utils.set_random_seed({seed})")
                submissions._execute(seeded, name, namespace)
            except Exception as error:
                failed[str(seed)] = f"{name}: {error}"
            seconds = max(seconds, time.process_time() - start)
    row = {
        "code": training.digest,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "seeds": seeds,
        "passed": seeds - len(failed),
        "seconds": round(seconds, 1),
    }
    return row | ({"failed": failed} if failed else {})


def setting(assignment: str) -> dict[str, Any]:
    """With what an assignment is measured here.

    Parameters
    ----------
    assignment : str
    """
    return provenance(f"python benchmarks/exercise_training.py {assignment}")


def store(assignment: str, rows: dict[str, dict[str, Any]]) -> None:
    """Write the file of an assignment.

    Parameters
    ----------
    assignment : str
    rows : dict
        Answer to what `measure` returned.
    """
    head = json.dumps(setting(assignment), indent=1)[:-2]
    lines = [f"  {json.dumps(name)}: {json.dumps(rows[name])}" for name in sorted(rows)]
    text = head + ',\n "answers": {\n' + ",\n".join(lines) + "\n }\n}\n"
    write_atomic(trainings.path(assignment), text)


def still_true(
    assignment: str, answers: dict[str, trainings.Training], seeds: int
) -> dict[str, dict[str, Any]]:
    """Return what is stored of answers whose code has not changed, measured as it would be now.

    Parameters
    ----------
    assignment : str
    answers : dict
    seeds : int
    """
    stored = trainings.stored(assignment)
    before = stored.pop("answers")
    if stored != setting(assignment):
        return {}
    return {
        name: before[name]
        for name, one in answers.items()
        if name in before and (before[name]["code"], before[name]["seeds"]) == (one.digest, seeds)
    }


def use_one_thread() -> None:
    """Compute on one thread, as seconds of processor time are measured."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def main() -> int:
    """Print a line for each answer, and store it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignments", nargs="*", default=submissions.names())
    parser.add_argument("--seeds", type=int, default=trainings.SEEDS, metavar="N")
    parser.add_argument("--new", action="store_true", help="only answers whose code has changed")
    args = parser.parse_args()
    use_one_thread()
    for assignment in args.assignments:
        answers = {f"{one.function}__{one.name}": one for one in trainings.trainings(assignment)}
        rows = still_true(assignment, answers, args.seeds) if args.new else {}
        for name, one in answers.items():
            if name in rows:
                continue
            rows[name] = row = measure(one, args.seeds)
            result = f"{row['passed']} of {row['seeds']} seeds, at most {row['seconds']:.1f} s"
            print(f"{assignment} {name}: {result}", flush=True)
            for seed, said in row.get("failed", {}).items():
                print(f"  seed {seed}: {said}", flush=True)
            store(assignment, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
