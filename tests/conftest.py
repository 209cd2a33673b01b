"""What all tests share."""

import shutil

import pytest


def pytest_collection_modifyitems(items):
    if shutil.which("nvidia-smi") is None:
        for item in items:
            if item.get_closest_marker("gpu"):
                item.add_marker(pytest.mark.skip(reason="needs an NVIDIA GPU; none found here"))
