"""Static review of students' code."""

import pytest

from cvbook.grading.integrity import review


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import numpy as np\nnp.allclose = print", "allclose"),
        ("class A:\n    def __eq__(self, other): return True", "__eq__"),
        ("from course import answers", "course.answers"),
        ("import course.answers.week1 as a", "course.answers.week1"),
        ("import unittest.mock", "unittest.mock"),
        ("y = course.answers.week1.double(2)", "course.answers"),
        ("import course as c\ny = c.answers", "course.answers"),
        ("open('../../other/a.ipynb')", "../"),
        ("!cat /etc/passwd", "/etc/"),
    ],
)
def test_suspicious_code_is_named(source, says):
    assert any(says in text for text in review.unusual(source, {"np"}, ["course.answers"]))


def test_honest_code_is_not_suspicious():
    source = (
        "%matplotlib inline\nimport numpy as np\n\n\ndef f(x):\n    x[0] = 1\n    return x.sum()"
    )
    assert review.unusual(source, {"np"}, ["course.answers"]) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'",
        "import gc\ngc.collect()",
        "import keras\nkeras.models.load_model('mine.keras')",
        "import course.answersheet, unittest",
        "!pip install -q keras",
        "import numpy as np\nnp.float = float",
        "import pandas as pd\npd.options.display.max_rows = 10",
        "for layer in model.layers:\n    layer.trainable = False",
        "if __name__ == '__main__':\n    print(f.__name__)",
        "for type in ['relu', 'gelu']:\n    print(type)",
        "def f(x, type='same'):\n    return isinstance(x, str) and type",
        "print(list(map(type, [1, 2])), np.repeat('ab', 2) if False else np.repeat(1, 3))",
    ],
)
def test_common_habits_are_not_suspicious(source):
    assert review.unusual(source, {"np"}, ["course.answers"]) == []


def test_functions_that_read_a_variable_of_the_tests_are_found():
    source = "x = [k for k in range(n)]\n\n\ndef f(a):\n    b = a\n    return expected + b + len(x)"
    assert review.globals_read(source) & {"expected", "a", "b", "k", "n"} == {"expected"}
