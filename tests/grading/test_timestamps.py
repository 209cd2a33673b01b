"""Times of submission as systems, learning platforms and people write them."""

import time
import warnings
from datetime import UTC, datetime, timedelta

import pytest

from cvbook.grading import timestamps

SEVEN = datetime(2026, 3, 2, 10, tzinfo=UTC)  # seven in the evening in Korea


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02 10:00:00 UTC",
        "2026-03-02 10:00:00.000000 UTC",
        "2026-03-02 10:00:00 utc",
        "2026-03-02 10:00:00",
        "2026-03-02T10:00:00Z",
        "2026-03-02T19:00:00+09:00",
        "2026-03-02 19:00:00+09",
        "20260302100000",
        "2026-03-02 19:00:00 kst",
        "2026-03-02 19:00 (KST)",
        "2026-03-02 19:00:00 Asia/Seoul",
        "2026-03-02 07:00:00 America/Argentina/Buenos_Aires",
        "2026-03-02 05:00:00 EST",
        "2026/03/02 7:00 PM KST",
        "2 March 2026, 7:00 PM KST",
        "Mon Mar  2 19:00:00 KST 2026",  # date
        "Mon, 02 Mar 2026 19:00:00 +0900",
        "Mon, 02 Mar 2026 19:00:00 +0900 (KST)",
        "2026-03-02 19:00:00 GMT+9",
        "2026-03-02 13:30 UTC+03:30",
        "2026-03-02 05:00 UTC-5",
        "Mon Mar 02 2026 19:00:00 GMT+0900 (Korean Standard Time)",  # JavaScript
        "2026-03-02 19:00:00 GMT+0900 (한국 표준시)",
        "2026년 3월 2일 오후 7시",
        "2026. 3. 2. 오후 7:00:00",
        "2026-03-02 19:00 KST",
        "1772445600",
        "1772445600.0",
        "1772445600000",
    ],
)
def test_a_time_that_means_one_moment_is_read(text):
    with warnings.catch_warnings(action="error"):
        stamp = timestamps.read(text.encode())
    assert not stamp.unclear
    moment = datetime.strptime(stamp.text, "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=UTC)
    assert abs(moment - SEVEN) < timedelta(seconds=1)


@pytest.mark.parametrize(
    "text",
    [
        "26-03-02 19:00",
        "26.03.02 19:00:00",
        "02.03.2026 19:00",
        "02/03/2026 19:00:00",
        "2 March 26 19:00",
        "7",
        "10",
        "3 2",
        "may",
        "Sat",
        "19:00",
        "March 2026",
        "2026",
        "2026-03",
        "2026-03-02 10:00:00 +2500",
        "2026-03-02 10:00:00 GMT+99",
        "0001-01-01 00:00",
        "0001-01-01 00:00 KST",
        "9999-12-31 23:00 UTC-5",
        "2026-03-02 18:00 CST",  # of America, China or Cuba
        "2026-03-02 02:00 PST",  # of America or the Philippines
        "Mon Mar  2 02:00:00 PST 2026",
        "2026-03-02 19:00:00 +09:00 UTC",
        "2026-03-02 19:00:00 Etc/GMT+9",
        "2 March 2026, 7:00 PM",  # a clock on a wall, but where?
        "2026-03-02 07:00 PM",
        "2026-03-02 10:00:00 UTC\n2026-03-05 10:00:00 UTC",
        "2026-02-30 10:00",
        "today",
        "\x00\x00",
    ],
)
def test_a_time_that_can_be_read_in_two_ways_is_for_a_person(text):
    with warnings.catch_warnings(action="error"):
        stamp = timestamps.read(text.encode())
    assert not stamp.text
    assert "지각으로 보지 않음" in stamp.unclear


@pytest.mark.parametrize("text", ["13/03/2026 10:00", "13.03.2026 10:00", "March 13, 2026 10:00"])
def test_the_order_of_a_date_matters_only_where_both_are_dates(text):
    assert timestamps.read(text.encode()).text == "2026-03-13 10:00:00.000000 UTC"


def test_an_abbreviation_of_the_machines_own_zone_is_read(monkeypatch):
    """nbgrader writes it where `Exchange.timezone` names the zone of its course."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "America/New_York")
        time.tzset()
        stamp = timestamps.read(b"2026-07-02 06:00:00.000000 EDT")
        winter = timestamps.read(b"2026-01-02 06:00:00.000000 EDT")
    time.tzset()
    assert not winter.text
    assert "읽을 수 없어" in winter.unclear
    assert (stamp.text, stamp.unclear) == ("2026-07-02 10:00:00.000000 UTC", "")
