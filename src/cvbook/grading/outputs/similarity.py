"""Similarity of answers: shared token n-grams, apart from those of the released code."""

import io
import keyword
import tokenize
from itertools import combinations

import nbformat

#: Tokens of an n-gram.
N = 6


def fingerprint(source: str) -> set[tuple[str, ...]]:
    """List a program's token n-grams; all names count as equal, and all values.

    Parameters
    ----------
    source : str
        Code; tokens after what cannot be tokenised do not count.

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
    return {tuple(kinds[i : i + N]) for i in range(len(kinds) - N + 1)}


def pairs(
    answers: dict[str, str], baseline: str, threshold: float = 0.9, min_size: int = 15
) -> list[tuple[str, str, float]]:
    """Find pairs of students whose answers are nearly the same.

    Parameters
    ----------
    answers : dict
        Student to the code of all answer cells.
    baseline : str
        The released code, which everybody has.
    threshold : float
        Least Jaccard index of the two sets of n-grams.
    min_size : int
        Answers with fewer n-grams of their own are left out.

    Returns
    -------
    list of tuple
        Two students and their similarity, the most similar first.
    """
    known = fingerprint(baseline)
    own = {student: fingerprint(code) - known for student, code in answers.items()}
    found = []
    for one, other in combinations(sorted(own), 2):
        if min(len(own[one]), len(own[other])) >= min_size:
            jaccard = len(own[one] & own[other]) / len(own[one] | own[other])
            if jaccard >= threshold:
                found.append((one, other, jaccard))
    return sorted(found, key=lambda pair: -pair[2])


def answer_code(notebook: nbformat.NotebookNode) -> str:
    """Join the code of a notebook's answer cells.

    Parameters
    ----------
    notebook : NotebookNode

    Returns
    -------
    str
    """
    return "\n".join(
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    )
