"""The directive `answer`, and the questions that it belongs to."""

import json
import re
from collections.abc import Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx_design.shared import create_component

from cvbook.errors import CvbookError
from cvbook.site.self_check.cases import Case, make_cases, parse_values, token, write

#: The reason for a number that no known mistake gives.
OTHERWISE = "그 밖의 값"
OWN_NUMBER = re.compile(r"\d+\.\s+")


class Answer(SphinxDirective):
    """The answer of the question before it: see `cvbook.site.self_check`."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "values": directives.unchanged_required,
        "also": directives.unchanged_required,
        "unit": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Parse the content.

        Returns
        -------
        list of Node
        """
        node = nodes.container(argument=self.arguments[0].strip(), options=self.options)
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class JoinQuestions(SphinxTransform):
    """Join each question of a page with its answer."""

    default_priority = 300  # before links and citations are resolved

    def apply(self, **kwargs: Any) -> None:
        """Replace questions and answers by containers.

        Parameters
        ----------
        **kwargs
            Unused.
        """
        answers = [node for node in self.document.findall(nodes.container) if "argument" in node]
        for number, node in enumerate(answers, 1):
            try:
                _join(node, number)
            except CvbookError as error:
                raise ExtensionError(f"{error} ({node.source}:{node.line})") from error


def _join(node: nodes.container, number: int) -> None:
    parent, position = node.parent, node.parent.index(node)
    choices = parent[position - 1] if isinstance(parent[position - 1], nodes.bullet_list) else None
    first = position - (2 if choices is not None else 1)
    question = parent[first]
    if not isinstance(question, nodes.paragraph) or not OWN_NUMBER.match(question.astext()):
        raise CvbookError(
            f"no question – before the answer {node['argument']} – write it as: **1.** …"
        )
    data = _read_choices(node, choices) if choices is not None else _read_number(node, question)
    question["classes"].append("self-check-question")
    container = nodes.container(classes=["self-check"], ids=[f"self-check-{number}"])
    node.replace_self(container)
    for part in parent[first:position]:
        parent.remove(part)
        container += part
    title = nodes.rubric("", "답")
    fold = create_component(
        "dropdown",
        type="dropdown",
        opened=False,
        has_title=True,
        icon=None,
        chevron=None,
        container_classes=["sd-mb-3"],
        title_classes=[],
        body_classes=[],
    )
    fold += [title, *node.children]
    container += fold
    content = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    container += nodes.raw("", f'<script type="application/json">{content}</script>', format="html")


def _reasons(node: nodes.container) -> list[nodes.definition_list_item]:
    """Take the reasons, which end the answer, and mark them for the page."""
    if not node.children or not isinstance(node[-1], nodes.definition_list):
        raise CvbookError(f"no reasons – answer {node['argument']} – end it by a definition list")
    reasons = node[-1]
    reasons["classes"].append("self-check-reasons")
    node.insert(-1, nodes.paragraph("", "나머지 답이 맞지 않는 까닭은 다음과 같다."))
    return list(reasons.children)


def _term(item: nodes.definition_list_item) -> str:
    return str(item[0].astext().strip())


def _read_choices(node: nodes.container, choices: nodes.bullet_list) -> dict[str, Any]:
    texts = [item.astext().strip() for item in choices]
    reasons = [_term(item) for item in _reasons(node)]
    right = node["argument"]
    if right not in texts or sorted(reasons) != sorted(set(texts) - {right}):
        raise CvbookError(
            f"choices {texts} – right {right}, reasons {reasons} – give each wrong choice a reason"
        )
    choices["classes"].append("self-check-choices")
    node.insert(0, nodes.paragraph("", "", nodes.strong("", right)))
    return {"right": texts.index(right), "reasons": [texts.index(one) for one in reasons]}


def _read_number(node: nodes.container, question: nodes.paragraph) -> dict[str, Any]:
    answer, options = node["argument"], node["options"]
    *mistakes, last = _reasons(node)
    if _term(last) != OTHERWISE:
        raise CvbookError(f"no last reason – answer {answer} – end the list by: {OTHERWISE}")
    values = parse_values(options.get("values", ""))
    also = [one.strip() for one in options.get("also", "").split(";") if one.strip()]
    cases = make_cases(answer, values, also, [_term(item) for item in mistakes])
    _check_text(cases, question, node, len(values))
    for item, value in zip(mistakes, cases[0].wrong, strict=True):
        item.replace(item[0], nodes.term("", write(value)))
    unit = options.get("unit", "")
    text = f"{write(cases[0].answer)}{unit}"
    node.insert(0, nodes.paragraph("", "", nodes.strong("", text)))
    return {"unit": unit, "values": len(values), "cases": [_case_data(case) for case in cases]}


def _check_text(
    cases: Sequence[Case], question: nodes.paragraph, node: nodes.container, values: int
) -> None:
    """Each number that changes is in the text: else it would be another question's answer."""
    texts = OWN_NUMBER.sub("", question.astext(), count=1), node.astext()
    for number, shown in enumerate(cases[0].shown[:-1]):
        place = 0 if number < values else 1
        if len(cases) > 1 and not token(shown).search(texts[place]):
            where = ("the question", "the solution")[place]
            raise CvbookError(f"{shown} is missing – {where} {texts[place]!r} – write it there")


def _case_data(case: Case) -> dict[str, Any]:
    wrong = [{"value": value, "shown": write(value)} for value in case.wrong]
    return {"shown": case.shown, "answer": case.answer, "wrong": wrong}
