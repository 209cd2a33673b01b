"""nbgrader's settings for this course: `solutions/` is its source, `exercises/` its release."""

c = get_config()  # noqa: F821  (given by traitlets)

c.CourseDirectory.course_id = "cvbook"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# Replaces a solution in the released notebooks.
c.ClearSolutions.code_stub = {"python": "# 여기에 코드를 쓰세요.\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "*여기에 답을 쓰세요.*"

# A first import of TensorFlow on a slow machine, and the short trainings of 08.
c.ExecutePreprocessor.timeout = 300

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
