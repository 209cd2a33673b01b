"""Answers as HTML: their text as it was written, with the formulas set."""

import html
import re

from cvbook.grading.outputs.pages import formula

#: Code, which has no formulas; a displayed formula; one in a line, as Jupyter recognises it.
_PARTS = re.compile(
    r"(?P<code>(?P<ticks>`+).+?(?P=ticks))"
    r"|\$\$(?P<block>.+?)\$\$"
    r"|(?<![\\$])\$(?P<inline>[^\s$`](?:[^$\n`]*[^\s$\\`])?)\$(?!\d)",
    re.DOTALL,
)


def with_formulas(text: str) -> str:
    """Set the formulas of a text as MathML.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    str
        HTML that shows the text unchanged but for its formulas; one that cannot be set stays LaTeX.
    """
    parts, end = [], 0
    for match in _PARTS.finditer(text):
        parts.append(html.escape(text[end : match.start()]))
        end = match.end()
        if match["code"]:
            parts.append(html.escape(match["code"]))
        else:
            parts.append(formula(match["block"] or match["inline"], block=bool(match["block"])))
    return "".join([*parts, html.escape(text[end:])])
