"""Formulas as MathML, which browsers and screen readers support without a script."""


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
    ValueError
        If the LaTeX is invalid or contains an unknown command.
    """
    from latex2mathml.converter import convert

    latex = latex.strip()
    if block and ("\\\\" in latex or "&" in latex) and "\\begin" not in latex:
        latex = rf"\begin{{aligned}}{latex}\end{{aligned}}"
    try:
        element = convert(latex, display="block" if block else "inline")
    except Exception as error:  # latex2mathml's exceptions have no common base class
        raise ValueError(f"cannot convert this formula: {latex} ({error!r})") from error
    if "<mi>\\" in element or "<mo>\\" in element:
        raise ValueError(f"unknown command in this formula: {latex}")
    escaped = latex.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return element.replace("<math ", f'<math alttext="{escaped}" ', 1)
