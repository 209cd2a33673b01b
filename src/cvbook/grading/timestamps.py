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
    r"(오전|오후)?\s*(\d{1,2})\s*[시:]\s*(?:(\d{1,2})\s*분?)?\s*(?::?\s*(\d{1,2})\s*초?)?\s*(KST)?",
    re.IGNORECASE,
)
_IN_KOREAN = re.compile("[년월일오시]")
#: Seconds or milliseconds of the epoch, of the years 2001 to 2033.
_EPOCH = re.compile(r"(1\d{9})(?:\.\d+|\d{3})?")
#: What JavaScript and RFC 2822 put behind an offset: the zone's name again.
_COMMENT = re.compile(r"([+-]\d{2}:?\d{2})\s*\([^()]*\)$")
_OFFSET = re.compile(r"(?<![A-Za-z/])(?:GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d{2}))?$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+(?:/[A-Za-z_]+)*")
_WORDS = parser.parserinfo()


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
    match = _KOREAN.fullmatch(text)
    assumed = match and not match[8] and _IN_KOREAN.search(text)
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
            moment = datetime(
                int(year), int(month), int(day), hours, int(minute or 0), int(second or 0),
                tzinfo=KOREA,
            )  # fmt: skip
        elif epoch := _EPOCH.fullmatch(text):
            moment = datetime.fromtimestamp(int(epoch[1]), UTC)
        else:
            moment = _parsed(*_split_zone(text))
            if isinstance(moment.tzinfo, tz.tzlocal) and str(moment.tzname()) not in text:
                raise ValueError("an abbreviation that the zone has at other times of the year")
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= 1970 else None


def _split_zone(text: str) -> tuple[str, tzinfo | None]:
    """Split a text into a time and the zone that it names; None if it names none."""
    text = _COMMENT.sub(r"\1", text)
    zones: list[tzinfo] = []
    if offset := _OFFSET.search(text):
        sign, hours, minutes = offset.groups()
        east = timedelta(hours=int(hours), minutes=int(minutes or 0))
        zones.append(timezone(-east if sign == "-" else east))
        text = text[: offset.start()]
    for word in _WORD.findall(text):
        kinds = (_WORDS.weekday, _WORDS.month, _WORDS.hms, _WORDS.ampm)
        if _WORDS.jump(word) or any(kind(word) is not None for kind in kinds):
            continue
        zones.append(_zone(word))
        text = re.sub(rf"\({word}\)|{word}", " ", text, count=1)
    if len(zones) > 1:
        raise ValueError("two zones")
    return text, zones[0] if zones else None


def _zone(name: str) -> tzinfo:
    if name.upper() in ABBREVIATIONS:
        return timezone(timedelta(hours=ABBREVIATIONS[name.upper()]))
    zone: tzinfo | None = tz.gettz(name)
    if zone is None:
        raise ValueError(f"no zone, or one of several: {name}")
    return zone  # an abbreviation of this machine's own zone, too: nbgrader writes it


def _parsed(text: str, zone: tzinfo | None) -> datetime:
    """Read a time that means one moment, whatever day it is and in whatever order dates are."""
    # dateutil would swap month and day of ISO dates too.
    orders = [False] if re.match(r"\D*\d{4}", text) else [False, True]
    found = {
        parser.parse(text, default=default, dayfirst=day_first, yearfirst=year_first)
        for default in (datetime(2000, 1, 1), datetime(2003, 2, 2))
        for day_first in orders
        for year_first in orders
    }
    if len(found) > 1:
        raise ValueError("a part is missing, or the order is unclear")
    moment: datetime = found.pop()
    if zone is None and moment.tzinfo is None:
        if any(_WORDS.ampm(word) is not None for word in _WORD.findall(text)):
            raise ValueError("a person's clock, which is not in UTC")
        zone = UTC
    elif zone is not None and moment.tzinfo is not None:
        raise ValueError("two zones")
    return moment.replace(tzinfo=zone) if zone else moment
