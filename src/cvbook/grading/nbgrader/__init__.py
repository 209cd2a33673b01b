"""nbgrader from the outside: the course folder, the converter in steps, saved grades."""
