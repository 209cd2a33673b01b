"""The course folder as nbgrader sees it. `solutions/` is the source, `exercises/` its release."""

c = get_config()  # noqa: F821  (given by traitlets)

c.CourseDirectory.course_id = "cvbook"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# What students find in place of a solution.
c.ClearSolutions.code_stub = {"python": "# 여기에 코드를 쓰세요.\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "*여기에 답을 쓰세요.*"

# A first import of TensorFlow on a slow machine, and the short trainings of 08.
c.ExecutePreprocessor.timeout = 300

# A submission that changes the checkers gets no points, and one that imports answers is flagged.
c.IntegrityGuard.watched_modules = {
    "cvbook": ["cvbook.arithmetic", "cvbook.checks.*", "cvbook.models", "cvbook.reference.*"]
}
c.IntegrityReview.answer_modules = [
    "cvbook.arithmetic",
    "cvbook.checks.bank",
    "cvbook.models",
    "cvbook.reference",
]
