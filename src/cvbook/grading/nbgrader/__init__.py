"""Adapters of nbgrader: course folder, gradebook, autograde converter in two steps."""
