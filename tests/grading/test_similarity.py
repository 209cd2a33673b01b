"""Near-identical answers."""

import course

from cvbook.grading.outputs import similarity


def test_same_code_with_other_names_is_found_and_given_code_is_not():
    code = course.SETUP + "\n" + "total = 0\nfor i in range(n):\n    total += i * i\nprint(total)"
    other = code.replace("total", "s").replace("i ", "k ").replace("i\n", "k\n")
    answers = {"a": code, "b": other, "c": course.SETUP + "\nprint(1)"}
    found = similarity.pairs(answers, course.SETUP)
    assert [pair[:2] for pair in found] == [("a", "b")]
