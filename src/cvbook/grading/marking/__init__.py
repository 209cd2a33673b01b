"""Grading by hand: one question for all students, in a notebook of JupyterLab."""

from cvbook.grading.marking.widget import Marking

__all__ = ["Marking"]
