"""Renderer of formulas as MathML, which browsers and screen readers support without a script."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.writers.html5 import HTML5Translator

from cvbook._mathml import mathml


def _mathml(latex: str, block: bool = False) -> str:
    try:
        return mathml(latex, block)
    except ValueError as error:
        raise ExtensionError(str(error)) from error


def _inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(f'<span class="math">{_mathml(node.astext())}</span>')
    raise nodes.SkipNode


def _block(self: HTML5Translator, node: nodes.math_block) -> None:
    # A wide formula scrolls on its own; `tabindex` makes it scrollable by keyboard.
    opening = self.starttag(node, "div", CLASS="math", tabindex="0", role="group")
    opening = opening.replace(">", ' aria-label="수식">', 1)
    number = f'<span class="eqno">({node["number"]})</span>' if node.get("number") else ""
    self.body.append(f"{opening}{number}{_mathml(node.astext(), block=True)}</div>\n")
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Register the maths renderer `mathml`.

    Parameters
    ----------
    app : Sphinx
    """
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
