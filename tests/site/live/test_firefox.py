"""Live code in Firefox: the engine differs, what readers see does not."""

import pytest
from firefox import Firefox

pytestmark = pytest.mark.slow

#: Clicks a button of a live cell or task and waits until a run has ended with these words.
TOOLS = """
const group = (name) => document.querySelector(`.live-bar[aria-label="${name}"]`);
const button = (name, text) =>
  [...group(name).querySelectorAll("button")].find((one) => one.textContent.includes(text));
const said = (name, words) => new Promise((done) => {
  const status = group(name).querySelector("[role=status]");
  const look = () => status.textContent.includes(words) && done(group(name).nextSibling.innerText);
  new MutationObserver(look).observe(status, {childList: true, characterData: true, subtree: true});
  look();
});
const until = (found) => new Promise((done) => {
  const look = () => found() ? done(found()) : requestAnimationFrame(look);
  look();
});
await until(() => document.querySelector(".live-bar [role=status]"));
"""


@pytest.fixture(scope="module")
def firefox(require, tmp_path_factory):
    program = require("firefox-esr", "firefox", hint="apt-get install firefox-esr")
    with Firefox(program, tmp_path_factory.mktemp("firefox")) as firefox:
        yield firefox


def do(firefox, script):
    return firefox.evaluate(f"(async () => {{ {TOOLS} {script} }})()")


def test_a_cell_runs_is_edited_stopped_and_restored(firefox, live_address):
    firefox.open(f"{live_address}book/one.html")
    run = "button('셀 1', '실행').click(); return said('셀 1', '실행했습니다');"
    assert do(firefox, run) == "15"
    loop = """
        button('셀 1', '고치기').click();
        const editor = await until(() => document.querySelector('.cm-content'));
        editor.focus();
        document.execCommand('selectAll');
        document.execCommand('insertText', false, 'while True: pass');
        button('셀 1', '실행').click();
        await said('셀 1', '끝나지 않는 반복');
        button('셀 1', '멈춤').click();
        await said('셀 1', '멈추었습니다');
        button('셀 1', '되돌리기').click();
    """
    do(firefox, loop + "return said('셀 1', '되돌렸습니다');")
    assert do(firefox, run) == "15"


def test_a_figure_is_drawn(firefox, live_address):
    draw = """
        button('셀 3', '실행').click();
        await said('셀 3', '실행했습니다');
        return document.querySelectorAll('.live-output img').length;
    """
    assert do(firefox, draw) == 1


def test_a_wrong_answer_gets_its_hint(firefox, live_address):
    firefox.open(f"{live_address}exercises/07_separable_conv.html")
    wrong = "def conv2d_params(k, c, f, use_bias=False): return k * k * c * f"
    script = f"""
        const editor = document.querySelector('[aria-label="conv2d_params의 답"]');
        editor.focus();
        document.execCommand('selectAll');
        document.execCommand('insertText', false, '{wrong}');
        button('conv2d_params 시험과 검사', '검사').click();
        return said('conv2d_params 시험과 검사', '가운데 1개 통과');
    """
    assert "편향을 빠뜨렸습니다" in do(firefox, script)
