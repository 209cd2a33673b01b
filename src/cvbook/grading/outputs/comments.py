"""Comments of a person in feedback pages."""

import secrets

from nbconvert.filters.markdown_mistune import MarkdownWithMath
from nbconvert.preprocessors.sanitize import SanitizeHTML

from cvbook.grading.outputs.pages import Renderer
from cvbook.grading.outputs.sanitize import ATTRIBUTES, TAGS


class _SetAside(Renderer):
    """Leaves a mark in place of each formula, whose MathML the sanitizer would remove."""

    def __init__(self) -> None:
        super().__init__(escape=False, attachments={}, exclude_anchor_links=True)
        self.formulas: dict[str, str] = {}

    def _keep(self, formula: str) -> str:
        mark = f"formula-{secrets.token_hex(8)}"
        self.formulas[mark] = formula
        return mark

    def block_math(self, body: str) -> str:
        return self._keep(super().block_math(body))

    def inline_math(self, body: str) -> str:
        return self._keep(super().inline_math(body))

    def latex_environment(self, name: str, body: str) -> str:
        return self._keep(super().latex_environment(name, body))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        # The alternative text is an attribute, in which only a formula's letters may stand.
        return super().image(self.put_back(text), url, title)

    def put_back(self, text: str) -> str:
        """Replace each mark by its formula."""
        for mark, formula in self.formulas.items():
            text = text.replace(mark, formula)
        return text


def as_html(comment: str) -> str:
    """Convert a comment to HTML that can harm no page.

    Parameters
    ----------
    comment : str
        Markdown, in which a grader may have put HTML, or what a student wrote.

    Returns
    -------
    str
        With formulas as MathML, and the tags that outputs may have too.
    """
    renderer = _SetAside()
    text = str(MarkdownWithMath(renderer=renderer).render(comment))
    cleaner = SanitizeHTML(tags=TAGS, attributes=ATTRIBUTES, strip=True)
    return renderer.put_back(str(cleaner.sanitize_html_tags(text)))
