"""The accessibility checks of axe, in any browser."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: A function of JavaScript that gives the violations of a page, where `AXE` was evaluated.
VIOLATIONS = """async (rules) => {
    for (const animation of document.getAnimations()) animation.finish();
    const { violations } = await axe.run(document, { runOnly: rules, preload: false });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""
