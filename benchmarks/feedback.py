"""Time `cvbook feedback` against `nbgrader generate_feedback` on the same graded submissions.

python benchmarks/feedback.py                60 submissions of 07_separable_conv; minutes of grading
python benchmarks/feedback.py --course DIR   of a course folder that is graded already
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from grade import BIN, NAME, environment, make_class, timed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--course", type=Path, help="a graded course, which gets feedback/")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = args.course or make_class(Path(folder), args.count)
        if args.course is None:
            command = [str(BIN / "cvbook"), "grade", NAME, "--workers", "2"]
            subprocess.run(command, cwd=root, env=environment(), check=True, capture_output=True)
        ours = timed([str(BIN / "cvbook"), "feedback", NAME, "--workers", "2"], root)
        pages = len(list((root / "feedback").glob(f"*/{NAME}/*.html")))
        theirs = timed(
            [sys.executable, "-m", "nbgrader", "generate_feedback", NAME, "--force"], root, (0, 1)
        )
        own = timed([str(BIN / "cvbook"), "report", NAME, "-o", f"{folder}/report.html"], root)
    print(f"{pages} pages: cvbook {ours:.1f} s on 2 cores, nbgrader {theirs:.1f} s")
    print(f"ratio {theirs / ours:.1f}; report {own:.1f} s")


if __name__ == "__main__":
    main()
