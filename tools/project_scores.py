"""Measure what answers to the project, assignment 10, score: seed by seed, and mean ± spread.

  python tools/project_scores.py                         the lecture's model, and the solution
  python tools/project_scores.py --seeds 3 answer.py     an answer cell in a file

Each seed draws other initial weights and another hidden test set. `HALF` and `ALL` of
`cvbook.checks.project` should lie near the lecture's model and well above the solution: without an
answer, `tests/exercises/10_shared_backbone/scores.json` gets the scores, which a test compares.
"""

import argparse
import datetime
import json
import statistics
import sys
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/exercises"))

import submissions  # noqa: E402
from provenance import digest, provenance  # noqa: E402

from cvbook._files import write_atomic  # noqa: E402

NAME, FUNCTION = "10_shared_backbone", "build_and_train"
LECTURE = submissions.BANKS / NAME / "lecture.py"
STORED = submissions.BANKS / NAME / "scores.json"


def measure(source: str, seeds: int) -> list[float]:
    """Train and score an answer once for each seed.

    Parameters
    ----------
    source : str
        The answer cell.
    seeds : int

    Returns
    -------
    list of float
        Mean IoU.
    """
    import keras

    from cvbook.checks import project

    namespace = submissions.solution(NAME)._namespace({FUNCTION: source})
    train, validation = project.pictures()
    scores = []
    for seed in tqdm(range(seeds), leave=False, disable=None):
        keras.utils.set_random_seed(seed)
        model = namespace[FUNCTION](train, validation, project.SECONDS)
        scores.append(project.score(model, *project.hidden_pictures(f"measured {seed}")))
    return scores


def reference_answers() -> dict[str, str]:
    """Answers that the points are set by: the lecture's model, and the solution."""
    solution = submissions.solution(NAME).answers[FUNCTION]
    return {"lecture": LECTURE.read_text("utf-8"), "solution": solution}


def store(scores: dict[str, list[float]]) -> None:
    """Write the file that the thresholds are tested with.

    Parameters
    ----------
    scores : dict
        Of the answers of `reference_answers`.
    """
    from cvbook.checks import project

    content = provenance("python tools/project_scores.py") | {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "processor_seconds": project.SECONDS,
        "answers": {
            name: {"code": digest(source), "scores": [round(one, 4) for one in scores[name]]}
            for name, source in reference_answers().items()
        },
    }
    write_atomic(STORED, json.dumps(content, indent=1) + "\n")


def main() -> int:
    """Print the scores of each answer."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("answers", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    answers = {str(path): path.read_text("utf-8") for path in args.answers}
    measured = {}
    for name, source in (answers or reference_answers()).items():
        measured[name] = scores = measure(source, args.seeds)
        mean, spread = statistics.mean(scores), statistics.stdev(scores)
        listed = " ".join(f"{score:.3f}" for score in scores)
        print(f"{name}: {mean:.3f} ± {spread:.3f} ({listed})", flush=True)
    if not answers:
        store(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
