"""Grade by hand: one question for all students, answer after answer, in JupyterLab.

  cvbook mark 07_separable_conv                  opens 07_separable_conv-mark.ipynb in JupyterLab
  cvbook mark 07_separable_conv --hide-names     without the students' names
  cvbook mark 07_separable_conv --no-lab         only writes it, for a JupyterLab that runs already

Run the notebook's one cell. Equal answers are shown once and marked together; the rubric below the
model answer becomes buttons, with keys; a comment goes to the students with the feedback. Each mark
is in nbgrader's gradebook as soon as it is saved, so Formgrader shows it too, and the next time the
work goes on with what waits. On a JupyterHub, or where a Jupyter server has the course's files
already, no second one is started.
"""

import argparse
import os
import sys

from cvbook.commands._course import add_assignment_arguments, open_course


def configure(parser: argparse.ArgumentParser) -> None:
    add_assignment_arguments(parser)
    parser.add_argument("--hide-names", action="store_true", help="do not show who answered")
    parser.add_argument(
        "--no-lab", action="store_true", help="write the notebook and start nothing"
    )


def run(args: argparse.Namespace) -> int:
    from cvbook.grading.marking import notebook
    from cvbook.grading.outputs import links

    course = open_course(args)
    path = notebook.write(course, args.assignment, args.db, args.hide_names)
    running = links.running(course.root)
    if args.no_lab or running:
        where = f" in {running}" if running else ""
        print(f"{path}: open it{where} and run its cell")
        return 0
    print(f"{path}: opening it; Ctrl-C ends JupyterLab", flush=True)
    lab = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={course.root}", str(path)]
    os.chdir(course.root)  # whose nbgrader_config.py Formgrader reads
    os.execv(sys.executable, lab)
