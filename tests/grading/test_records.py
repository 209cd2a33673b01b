"""Records of graded submissions."""

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
