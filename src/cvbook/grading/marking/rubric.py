"""Rubrics that instructors write below the model answer, as items to choose from."""

import re
from dataclasses import dataclass

_START = re.compile(r"^\W*(채점 기준|rubric)\b", re.IGNORECASE)
_ITEM = re.compile(r"^\s*[-*]\s+(.*)")
#: A number of points: "4점", "4 points".
_POINTS = r"(\d+(?:\.\d+)?)\s*(?:점|points?\b|pts?\b)"
_NAMED = re.compile(
    rf"^(?P<name>.+?)\s*\((?P<each>각\s*|each\s+)?{_POINTS}\)\s*[:.]?\s*(?P<text>.*)$"
)
_LEADING = re.compile(rf"^{_POINTS}\s*:\s*(?P<text>.+)$")
#: A clause that ends in points: "식은 맞고 계산만 틀리면 3점".
_CLAUSE = re.compile(rf"([^.,;]*?)\s*{_POINTS}")
_COUNT = re.compile(r"(두|둘|세|셋|네|넷|[2-9])\s*(가지|개|ways|of)")
_COUNTS = {"두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4}


@dataclass(frozen=True)
class Level:
    """Part of an item's points, and what it is given for."""

    points: float
    text: str


@dataclass(frozen=True)
class Item:
    """An item of a rubric.

    Attributes
    ----------
    name : str
    points : float
        At most.
    text : str
        All that the rubric says of it.
    levels : tuple of Level
        Parts that the text names, the most first.
    """

    name: str
    points: float
    text: str
    levels: tuple[Level, ...] = ()


def read(source: str) -> list[Item]:
    """Read the items of a rubric.

    Parameters
    ----------
    source : str
        Markdown with a line "채점 기준" or "rubric", and a list with points below it.

    Returns
    -------
    list of Item
        Empty where there is no such list.
    """
    lines = source.splitlines()
    start = next((i for i, line in enumerate(lines) if _START.match(line)), None)
    if start is None:
        return []
    found = []
    for line in lines[start + 1 :]:
        match = _ITEM.match(line)
        item = _item(match[1]) if match else None
        if item is not None:
            found.append(item)
    return found


def _item(text: str) -> Item | None:
    text = re.sub(r"[*_]{2}", "", text).strip()
    if named := _NAMED.match(text):
        points = float(named[3])
        if named["each"]:
            counted = _COUNT.search(named["name"])
            points *= (_COUNTS.get(counted[1]) or int(counted[1])) if counted else 1
        name, rest = named["name"], named["text"]
    elif leading := _LEADING.match(text):
        points, rest = float(leading[1]), leading["text"]
        name = rest if len(rest) <= 30 else f"{rest[:29]}…"
    else:
        return None
    parts: dict[float, str] = {}
    for clause, number in _CLAUSE.findall(rest):
        if float(number) < points:
            parts.setdefault(float(number), clause.strip(" ("))
    levels = tuple(Level(number, parts[number]) for number in sorted(parts, reverse=True))
    return Item(name.strip(), points, rest, levels)
