"""Handing in: a notebook that cannot be read does not go without a word."""

import course
import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config


@pytest.fixture
def submit(tmp_path, monkeypatch):
    """Hand in what is in the folder `basics`, as a student whose settings name the plugin."""
    exchange = tmp_path / "exchange" / "small"
    (exchange / "outbound" / "basics").mkdir(parents=True)
    (exchange / "inbound").mkdir(mode=0o733)
    course.save(exchange / "outbound" / "basics", course.released())
    (tmp_path / "basics").mkdir()
    monkeypatch.chdir(tmp_path)
    config = Config()
    config.CourseDirectory.update(course_id="small", assignment_id="basics")
    config.Exchange.update(root=str(tmp_path / "exchange"), cache=str(tmp_path / "cache"))
    config.ExchangeFactory.submit = "cvbook.grading.nbgrader.submit.Submit"

    def run():
        plugin = ExchangeFactory(config=config).Submit(
            coursedir=CourseDirectory(config=config), authenticator=Authenticator(), config=config
        )
        plugin.start()
        return list((exchange / "inbound").iterdir())

    return run


def test_a_whole_notebook_is_handed_in(submit, tmp_path):
    course.save(tmp_path / "basics", course.released())
    assert len(submit()) == 1


def test_a_cut_notebook_is_refused_with_what_to_do(submit, tmp_path):
    text = course.write(course.released())
    (tmp_path / "basics" / "basics.ipynb").write_text(text[:500])
    with pytest.raises(ExchangeError, match=r"내지 않음 – basics.ipynb – .*깨진 JSON.*다시 냅니다"):
        submit()
    assert list((tmp_path / "exchange" / "small" / "inbound").iterdir()) == []
