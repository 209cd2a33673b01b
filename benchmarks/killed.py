"""Kill `cvbook grade` at random moments, start it again, and compare the gradebooks.

Each trial has its own class, killed (SIGKILL) once at a moment drawn from the whole length of a
clean run, start-up included, and then graded to the end.

  python benchmarks/killed.py [--trials 20] [--count 6] [--seed 0]
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grade import BIN, NAME, environment, make_class, scores, timed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    moments = random.Random(options.seed)
    command = [str(BIN / "cvbook"), "grade", NAME, "--workers", "2"]
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        untouched = make_class(Path(folder, "untouched"), options.count)
        clean = Path(shutil.copytree(untouched, Path(folder, "clean")))
        length = timed(command, clean)
        expected = scores(clean)
        print(f"clean run: {length:.1f} s, {len(expected)} scores", flush=True)
        for trial in range(options.trials):
            root = Path(shutil.copytree(untouched, Path(folder, f"trial{trial}")))
            moment = moments.uniform(0.0, length)
            process = subprocess.Popen(
                command, cwd=root, env=environment(),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            time.sleep(moment)
            process.kill()
            process.wait()
            done = len(list((root / ".cvbook").glob("grades/*/*.json")))
            timed(command, root)
            same = scores(root) == expected
            left = [path.name for path in (root / ".cvbook").glob("stage-*")]
            different += not same or bool(left)
            print(
                f"killed after {moment:5.1f} s with {done} graded: "
                f"{'same' if same else 'DIFFERENT'} gradebook{', left ' if left else ''}"
                f"{', '.join(left)}",
                flush=True,
            )
            shutil.rmtree(root)
    print(f"{options.trials - different} of {options.trials} ended like the clean run")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
