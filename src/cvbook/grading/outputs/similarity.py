"""Near-identical answers: what two students wrote alike beyond what was handed out."""

import io
import keyword
import tokenize
from itertools import combinations

import nbformat

#: Tokens in a row that count as one shared piece.
PIECE = 6


def fingerprint(source: str) -> set[tuple[str, ...]]:
    """Cut code into overlapping pieces of tokens, names and values made equal.

    Parameters
    ----------
    source : str
        Code; what cannot be tokenised counts up to there.

    Returns
    -------
    set of tuple of str
    """
    kinds = []
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in skipped:
                continue
            if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
                kinds.append("name")
            elif token.type in (tokenize.NUMBER, tokenize.STRING):
                kinds.append(tokenize.tok_name[token.type])
            else:
                kinds.append(token.string)
    except (tokenize.TokenError, SyntaxError):
        pass
    return {tuple(kinds[i : i + PIECE]) for i in range(len(kinds) - PIECE + 1)}


def pairs(
    answers: dict[str, str], baseline: str, at_least: float = 0.9, pieces: int = 15
) -> list[tuple[str, str, float]]:
    """Find pairs of students whose answers are nearly the same.

    Parameters
    ----------
    answers : dict
        Student to the code of all answer cells.
    baseline : str
        The released code, which everybody has.
    at_least : float
        Share of common pieces (Jaccard).
    pieces : int
        Answers with fewer own pieces say nothing.

    Returns
    -------
    list of tuple
        Two students and their similarity, the most similar first.
    """
    known = fingerprint(baseline)
    own = {student: fingerprint(code) - known for student, code in answers.items()}
    found = []
    for one, other in combinations(sorted(own), 2):
        if min(len(own[one]), len(own[other])) >= pieces:
            alike = len(own[one] & own[other]) / len(own[one] | own[other])
            if alike >= at_least:
                found.append((one, other, alike))
    return sorted(found, key=lambda pair: -pair[2])


def answer_code(notebook: nbformat.NotebookNode) -> str:
    """Join the code of a notebook's answer cells."""
    return "\n".join(
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    )
