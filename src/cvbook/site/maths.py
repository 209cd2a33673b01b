"""Renderer of formulas as MathML, which browsers and screen readers support without a script."""

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.writers.html5 import HTML5Translator


def mathml(latex: str, block: bool = False) -> str:
    r"""Convert a formula to a `<math>` element.

    Parameters
    ----------
    latex : str
        The formula, without dollars. Several lines, or `&`, are set as `aligned`.
    block : bool, default False
        Whether it is a displayed formula, not an inline one.

    Returns
    -------
    str
        MathML, with the LaTeX as `alttext`.

    Raises
    ------
    ExtensionError
        If the LaTeX is invalid or contains an unknown command.
    """
    latex = latex.strip()
    if block and ("\\\\" in latex or "&" in latex) and "\\begin" not in latex:
        latex = rf"\begin{{aligned}}{latex}\end{{aligned}}"
    try:
        element = convert(latex, display="block" if block else "inline")
    except Exception as error:  # latex2mathml's exceptions have no common base class
        raise ExtensionError(f"cannot convert this formula: {latex} ({error!r})") from error
    if "<mi>\\" in element or "<mo>\\" in element:
        raise ExtensionError(f"unknown command in this formula: {latex}")
    escaped = latex.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return element.replace("<math ", f'<math alttext="{escaped}" ', 1)


def _inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(f'<span class="math">{mathml(node.astext())}</span>')
    raise nodes.SkipNode


def _block(self: HTML5Translator, node: nodes.math_block) -> None:
    # A wide formula scrolls on its own; `tabindex` makes it scrollable by keyboard.
    opening = self.starttag(node, "div", CLASS="math", tabindex="0", role="group")
    opening = opening.replace(">", ' aria-label="수식">', 1)
    number = f'<span class="eqno">({node["number"]})</span>' if node.get("number") else ""
    self.body.append(f"{opening}{number}{mathml(node.astext(), block=True)}</div>\n")
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Register the maths renderer `mathml`.

    Parameters
    ----------
    app : Sphinx
    """
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
