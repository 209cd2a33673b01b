"""Times of submission in `timestamp.txt`, as nbgrader and people write them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from dateutil import parser, tz

KOREA = timezone(timedelta(hours=9))
#: Hours east of UTC of abbreviations that name one zone only; dateutil takes others for UTC.
ABBREVIATIONS = {"KST": 9, "JST": 9, "UTC": 0, "GMT": 0, "Z": 0, "CET": 1, "CEST": 2, "EET": 2}
_KOREAN = re.compile(
    r"(\d{4})\s*[년.\-/]\s*(\d{1,2})\s*[월.\-/]\s*(\d{1,2})\s*[일.]?\s*(?:\(?[월화수목금토일](?:요일)?\)?)?\s*"
    r"(오전|오후)?\s*(\d{1,2})\s*[시:]\s*(?:(\d{1,2})\s*분?)?\s*(?::?\s*(\d{1,2})\s*초?)?\s*(KST)?"
)
_IN_KOREAN = re.compile("[년월일오시]")
#: A time and the name of its zone, such as Asia/Seoul.
_NAMED = re.compile(r"(.*\d)\s+([A-Za-z]+(?:/[A-Za-z_]+)*)")


@dataclass(frozen=True)
class Timestamp:
    """When a submission was handed in.

    Attributes
    ----------
    text : str
        As nbgrader reads it without doubt; empty for no time.
    note, unclear : str
        How it was read, in Korean; `unclear` where no time could be read.
    """

    text: str = ""
    note: str = ""
    unclear: str = ""


def read(content: bytes) -> Timestamp:
    """Read a `timestamp.txt`.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    Timestamp
    """
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-8-sig", "utf-16" if marked else "cp949"):
        try:
            text = " ".join(content.decode(encoding).split())
            break
        except UnicodeDecodeError:
            continue
    else:
        text = "알 수 없는 인코딩"
    if not text:
        return Timestamp()
    moment = _moment(text)
    if moment is None:
        shown = text[:40]
        return Timestamp(unclear=f"제출 시각을 읽을 수 없어 지각으로 보지 않음: {shown}")
    assumed = "KST" not in text and _KOREAN.fullmatch(text) and _IN_KOREAN.search(text)
    return Timestamp(
        moment.strftime("%Y-%m-%d %H:%M:%S.%f UTC"),
        f"제출 시각을 한국 시각으로 읽음: {text[:40]}" if assumed else "",
    )


def _moment(text: str) -> datetime | None:
    """Return the time in UTC; one that names no zone is in UTC, as nbgrader has it."""
    match = _KOREAN.fullmatch(text)
    try:
        if match and (_IN_KOREAN.search(text) or match[8]):
            year, month, day, half, hour, minute, second, _ = match.groups()
            hours = int(hour) % 12 + 12 * (half == "오후") if half else int(hour)
            return datetime(
                int(year), int(month), int(day), hours, int(minute or 0), int(second or 0),
                tzinfo=KOREA,
            ).astimezone(UTC)  # fmt: skip
        zone: tzinfo | None = UTC
        if named := _NAMED.fullmatch(text):
            text, name = named.groups()
            known = name in ABBREVIATIONS
            zone = timezone(timedelta(hours=ABBREVIATIONS[name])) if known else tz.gettz(name)
        moment = parser.parse(text)
    except (ValueError, OverflowError):
        return None
    if zone is None:
        return None
    aware: datetime = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC)
