"""nbgrader's parts: the course folder, the gradebook, the converter in two steps."""
