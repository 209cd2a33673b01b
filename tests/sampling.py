"""A sample of what takes long, another one each day; all in `make test-exhaustive`, each week.

Stored results are an exception: there too some runs are made again, `make test-results` makes more.
"""

import datetime
import os
from collections.abc import Sequence
from typing import TypeVar

TODAY = datetime.datetime.now(datetime.UTC).date().isoformat()
#: A date, to repeat its sample, or "all".
SAMPLE = os.environ.get("CVBOOK_SAMPLE") or TODAY
T = TypeVar("T")


def drawn(items: Sequence[T], days: int, start: int = 0) -> list[T]:
    """Keep a share of the items, so that each comes up once in so many days.

    Parameters
    ----------
    items : sequence
        In an order that stays.
    days : int
    start : int
        Number of the first item.
    """
    if SAMPLE == "all":
        return list(items)
    today = datetime.date.fromisoformat(SAMPLE).toordinal()
    return [item for index, item in enumerate(items, start) if (index + today) % days == 0]
