"""Test cells of the exercises: compare a student's function with an oracle, answer in Korean.

A visible test says for which input what was expected and what the function returned, and names
the misconception behind a wrong answer that is known (`cvbook.checks.bank`). A hidden test says
only that it failed. A call of another function of the assignment inside the student's one is
answered by the oracle too, so that one mistake costs once. Works without Keras where no exercise
needs it.
"""

from cvbook.checks.cases import Case, call, draw, indices, tensor
from cvbook.checks.messages import CheckFailed, NotAttempted
from cvbook.checks.runner import hidden, visible

__all__ = [
    "Case",
    "CheckFailed",
    "NotAttempted",
    "call",
    "draw",
    "hidden",
    "indices",
    "tensor",
    "visible",
]
