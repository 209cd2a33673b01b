"""Type aliases of the reference implementations."""

from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
