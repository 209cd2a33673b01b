"""What the tests of the checks share."""

import pytest

from cvbook import checks


@pytest.fixture
def said():
    """Run a test on a function of a name, as a notebook would, and return the message or None."""

    def said(function, *cases, test=checks.visible, name="f"):
        namespace = {name: function, "test": test, "cases": cases}
        try:
            exec(f"test({name!r}, *cases)", namespace)
        except checks.CheckFailed as failed:
            return str(failed)
        return None

    return said
