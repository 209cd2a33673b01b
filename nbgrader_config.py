"""nbgrader's settings for this course: `solutions/` is its source, `exercises/` its release."""

import os

c = get_config()  # noqa: F821  (given by traitlets)

c.CourseDirectory.course_id = "cvbook"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# Replaces a solution in the released notebooks.
c.ClearSolutions.code_stub = {"python": "# 여기에 코드를 쓰세요.\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "*여기에 답을 쓰세요.*"

# A first import of TensorFlow on a slow machine, and the short trainings of 08.
c.ExecutePreprocessor.timeout = 300

# The project (10): the secret seed of its hidden test set, any long text or number, and another
# processor time than 20 seconds. Without a seed it is graded on public pictures: set it in the
# environment of `cvbook grade`, never in a file that students can read.
c.TestValues.values = {
    name: os.environ.get(name, "") for name in ("CVBOOK_PROJECT_SEED", "CVBOOK_PROJECT_SECONDS")
}

# A test gets no points if a submission changed these modules' functions or classes; importing an
# answer module is flagged for review.
c.IntegrityGuard.watched_modules = {
    "cvbook": ["cvbook.arithmetic", "cvbook.checks.*", "cvbook.models", "cvbook.reference.*"]
}
c.IntegrityReview.answer_modules = [
    "cvbook.arithmetic",
    "cvbook.checks.bank",
    "cvbook.models",
    "cvbook.reference",
]
