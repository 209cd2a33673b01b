"""Formulas as MathML, which browsers set themselves: no script, and screen readers read it."""

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.writers.html5 import HTML5Translator


def mathml(latex: str, block: bool = False) -> str:
    r"""A formula as a `<math>` element.

    Parameters
    ----------
    latex : str
        The formula, without dollars. Several lines, or `&`, are set as `aligned`.
    block : bool, default False
        Whether it stands on its own line.

    Returns
    -------
    str
        MathML, with the LaTeX as `alttext`.

    Raises
    ------
    ExtensionError
        Where the LaTeX has a command that is not known.
    """
    latex = latex.strip()
    if block and ("\\\\" in latex or "&" in latex) and "\\begin" not in latex:
        latex = rf"\begin{{aligned}}{latex}\end{{aligned}}"
    try:
        found = convert(latex, display="block" if block else "inline")
    except Exception as error:  # the converter has a class of its own for each fault
        raise ExtensionError(f"cannot set this formula: {latex} ({error!r})") from error
    if "<mi>\\" in found or "<mo>\\" in found:
        raise ExtensionError(f"a command of this formula is not known: {latex}")
    escaped = latex.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return found.replace("<math ", f'<math alttext="{escaped}" ', 1)


def _inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(f'<span class="math">{mathml(node.astext())}</span>')
    raise nodes.SkipNode


def _block(self: HTML5Translator, node: nodes.math_block) -> None:
    # A wide formula scrolls by itself, also by keyboard.
    opening = self.starttag(node, "div", CLASS="math", tabindex="0", role="group")
    opening = opening.replace(">", ' aria-label="수식">', 1)
    number = f'<span class="eqno">({node["number"]})</span>' if node.get("number") else ""
    self.body.append(f"{opening}{number}{mathml(node.astext(), block=True)}</div>\n")
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Offer the renderer `mathml`.

    Parameters
    ----------
    app : Sphinx
    """
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
