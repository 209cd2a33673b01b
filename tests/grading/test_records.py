"""Records of graded submissions."""

import pytest

from cvbook.errors import CvbookError
from cvbook.grading.records import GradeRecord, GradeRecords


def test_a_record_survives_half_a_write(tmp_path):
    records = GradeRecords(tmp_path, "basics")
    records.write(GradeRecord("kim", score=3.0))
    (records.folder / ".kim.json.part").write_text("{")
    assert records.read("kim") == GradeRecord("kim", score=3.0)
    assert [one.student for one in records] == ["kim"]
    assert records.read("lee") is None


def test_flags_stand_before_notes_in_the_table():
    record = GradeRecord("kim", notes=["시간 초과"], flags=["np이(가) 바뀜"])
    assert record.went_wrong == "무결성: np이(가) 바뀜; 시간 초과"


def test_half_characters_are_written(tmp_path):
    records = GradeRecords(tmp_path, "basics")
    records.write(GradeRecord("kim", notes=["값 \ud800"]))
    assert records.read("kim").notes == ["값 \ud800"]


def test_the_lock_of_a_run_may_be_nested_and_keeps_others_out(tmp_path):
    records, others = GradeRecords(tmp_path, "basics"), GradeRecords(tmp_path, "basics")
    with records.exclusive(), records.exclusive():
        pass
    with records.exclusive():
        with records.exclusive():
            pass
        with pytest.raises(CvbookError, match="another"), others.exclusive():
            pass
    with others.exclusive():
        pass
