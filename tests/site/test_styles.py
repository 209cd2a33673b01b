"""The joined stylesheet: what is kept of the rules, and in which order."""

import pytest
from sphinx.errors import ExtensionError

from cvbook.site import styles

PAGE = '<div class="cell" id="here"><p class="note">text</p></div>'


@pytest.mark.parametrize(
    "rule",
    [
        ".cell{color:red}",
        "p,.unheard-of{color:red}",
        "#here > .note:not(.unheard-of)::before{color:red}",
        ":is(.unheard-of, p){color:red}",
        '[class*="unheard-of"]{color:red}',
        "html[data-theme=dark] .note{color:red}",
        ":root{--unheard-of:red}",
        ".opened{color:red}",
        ".bs-tooltip-auto{color:red}",
        "@media print{.note{color:red}}",
        "@supports (color:red){@media print{p{color:red}}}",
        "@font-face{font-family:unheard-of;src:url(a.woff)}",
        "@keyframes unheard-of{from{color:red}}",
    ],
)
def test_a_rule_that_may_apply_is_kept(rule):
    scripts = ["cell.classList.add('opened'); tip.className = `bs-${kind}-auto`"]
    kept = styles.purge(rule, [PAGE], scripts)
    assert kept.split() == rule.replace("p,.unheard-of", "p").split()


@pytest.mark.parametrize(
    "rule",
    [
        ".unheard-of{color:red}",
        ".cell .unheard-of,#unheard-of,.unheard-of:not(p){color:red}",
        "@media print{.unheard-of{color:red}}",
    ],
)
def test_a_rule_that_applies_nowhere_is_left_out(rule):
    assert styles.purge(rule, [PAGE], []).strip() == ""


def test_sheets_are_joined_in_the_order_of_their_imports(tmp_path):
    (tmp_path / "themes").mkdir()
    (tmp_path / "basic.css").write_text("/* first */ a{background:url(file.png)}")
    (tmp_path / "themes/theme.css").write_text(
        '@charset "UTF-8"; @import "../basic.css";'
        "b{background:url('../icon.svg')} i{background:url(data:image/png;base64,AA)}"
    )
    assert styles.join(tmp_path, "themes/theme.css").splitlines() == [
        'a{background:url("file.png")}',
        'b{background:url("icon.svg")}',
        "i{background:url(data:image/png;base64,AA)}",
    ]


def test_an_import_under_a_condition_is_refused(tmp_path):
    (tmp_path / "theme.css").write_text('@import "print.css" print;')
    with pytest.raises(ExtensionError, match="cannot join"):
        styles.join(tmp_path, "theme.css")
