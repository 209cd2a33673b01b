"""Measure what answers to the project, assignment 10, score: seed by seed, and mean ± spread.

  python tools/project_scores.py                         the lecture's model, and the solution
  python tools/project_scores.py --seeds 3 answer.py     an answer cell in a file

Each seed draws other initial weights and another hidden test set. Without a file, the numbers are
those of the table in the assignment.
"""

import argparse
import statistics
import sys
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/exercises"))

import submissions  # noqa: E402

NAME, FUNCTION = "10_shared_backbone", "build_and_train"
LECTURE = submissions.BANKS / NAME / "right" / f"{FUNCTION}__lecture.py"


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


def main() -> int:
    """Print the scores of each answer."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("answers", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    answers = {str(path): path.read_text() for path in args.answers or [LECTURE]}
    if not args.answers:
        answers["solution"] = submissions.solution(NAME).answers[FUNCTION]
    for name, source in answers.items():
        scores = measure(source, args.seeds)
        mean, spread = statistics.mean(scores), statistics.stdev(scores)
        listed = " ".join(f"{score:.3f}" for score in scores)
        print(f"{name}: {mean:.3f} ± {spread:.3f} ({listed})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
