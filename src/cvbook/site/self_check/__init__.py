"""Questions that answer: choices and numbers that the page checks, with a reason for each mistake.

In a chapter a question is plain Markdown, readable in JupyterLab and on paper: a paragraph, the
choices as a list if it has some, and a fold with the answer, which is the directive here:

    **1.** 서로 배타적이지 않은 두 라벨에 쓰는 활성화는?

    - 시그모이드
    - 소프트맥스

    ```{answer} 시그모이드
    라벨마다 따로 확률을 낸다.

    소프트맥스
    : 확률의 합이 1이라 둘이 함께 높을 수 없다.
    ```

The argument is the right choice; the definition list at the end says what is wrong with each other
one. Without choices, the argument is an expression for a number, and so is what a mistake gives;
`:values:` are the numbers that the page may draw anew, the first as in the text, which
has to contain it once or more, and all of its occurrences change together:

    **2.** 길이 10에 필터 4를 보폭 3으로 쓰는 전치 합성곱의 출력은?

    ```{answer} (n - 1) * s + k
    :values: n = 10, 8, 12; k = 4, 5; s = 3, 2
    9 · 3 + 4 = 31.

    `n * s`
    : 필터의 길이를 빠뜨렸다.

    그 밖의 값
    : 마지막 도장의 자리에 필터의 길이를 더한다.
    ```

- `directive`: reads questions
- `cases`: the numbers of a question, evaluated as the book is built
- `frontend/`: the page's part, bundled by each build

The number of questions that a reader has answered stays in the browser; the contents show it.
"""

import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from cvbook.errors import CvbookError
from cvbook.site import javascript
from cvbook.site.self_check.directive import Answer, JoinQuestions

SCRIPT = "self_check.js"


def _bundle(app: Sphinx, config: Config) -> None:
    """Make the script; without it, questions are a text with a fold."""
    target = Path(app.doctreedir, "self_check")
    try:
        javascript.bundle(Path(__file__).parent / "frontend/build.js", target)
    except CvbookError as error:
        # Not a warning: `make book` takes those for errors, and this is none.
        print(f"questions are not checked in the page: {error}", file=sys.stderr)
        return
    config.html_static_path.append(str(target))
    app.add_js_file(SCRIPT, defer="defer")


def register(app: Sphinx) -> None:
    """Add the directive, and the script to the pages.

    Parameters
    ----------
    app : Sphinx
    """
    app.add_directive("answer", Answer)
    app.add_transform(JoinQuestions)
    app.connect("config-inited", _bundle)
