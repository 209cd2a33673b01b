"""Texts of exercises, as HTML of their pages."""

import re

from cvbook.site.live.exercises import render


def test_code_in_a_text_stands_in_one_box_in_the_colours_of_its_language():
    html = render("예:\n\n```python\nx = [1, 2]\n```\n\n```\na < b\n```\n")
    assert re.findall(r"<(?:pre|code)\b", html) == ["<pre", "<pre"]
    assert '<span class="n">x</span>' in html
    assert "a &lt; b" in html
