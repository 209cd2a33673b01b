"""Registry of the exercises of the course, with one module per assignment.

To add an assignment, add a module here and list it in `ASSIGNMENTS`.
"""

from collections.abc import Callable
from types import MappingProxyType

from cvbook.checks.bank import (
    architecture,
    batchnorm,
    improving,
    mini_xception,
    residual,
    segmentation,
    separable_conv,
    shared_backbone,
    tasks,
    transposed_conv,
)
from cvbook.checks.bank.registry import Assignment, Exercise, Misconception

__all__ = ["ASSIGNMENTS", "Assignment", "Exercise", "Misconception", "find"]

ASSIGNMENTS = (
    tasks.bank,
    segmentation.bank,
    transposed_conv.bank,
    architecture.bank,
    residual.bank,
    batchnorm.bank,
    separable_conv.bank,
    mini_xception.bank,
    improving.bank,
    shared_backbone.bank,
)

#: Look up an exercise by the name of its function; None for any other name. This is a method of a
#: read-only mapping, since grading checks the integrity of a module's callables, not of its data:
#: an answer can neither replace it unnoticed nor modify the mapping.
find: Callable[[str], Exercise | None] = MappingProxyType(
    {exercise.name: exercise for assignment in ASSIGNMENTS for exercise in assignment.exercises()}
).get
