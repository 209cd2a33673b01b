"""Tests of the exercises: compare a student's function with an oracle; messages are in Korean.

A failed visible test reports the input, the expected and the actual result, and a hint if the wrong
answer matches a known misconception (`cvbook.checks.bank`). A failed hidden test reports only that
it failed. Where a function fails beside the student's other functions, it is tested again with
their oracles in their place, so that one mistake costs points only once. Keras is imported only
where an exercise needs it.
"""

from cvbook.checks.cases import Case, as_integers, call, draw, each_changed, indices, tensor
from cvbook.checks.designs import (
    design_problem,
    multiply_adds,
    runways,
    seen_by_one_entry,
    short_training,
)
from cvbook.checks.isolation import isolated
from cvbook.checks.keras_models import longest_chain
from cvbook.checks.messages import CheckFailed, NotAttempted
from cvbook.checks.runner import hidden, visible

__all__ = [
    "Case",
    "CheckFailed",
    "NotAttempted",
    "as_integers",
    "call",
    "design_problem",
    "draw",
    "each_changed",
    "hidden",
    "indices",
    "isolated",
    "longest_chain",
    "multiply_adds",
    "runways",
    "seen_by_one_entry",
    "short_training",
    "tensor",
    "visible",
]
