"""Warm kernels against cold ones, and what happens to kernels that misbehave."""

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cvbook.errors import CvbookError
from cvbook.kernels import pool as warm
from cvbook.kernels import sandbox

LIMITS = sandbox.Limits(cpu_seconds=60, memory=300 << 20, processes=100, disk=50 << 20)


def notebook(*cells):
    spec = {"name": "cvbook", "display_name": "Python 3 (cvbook)", "language": "python"}
    return new_notebook(cells=[new_code_cell(c) for c in cells], metadata={"kernelspec": spec})


def said(result, index=-1):
    """Text of a cell's outputs; of an error, its name."""
    outputs = result.notebook.cells[index].outputs
    return "".join(
        o.get("text") or o.get("ename") or o.get("data", {}).get("text/plain", "") for o in outputs
    )


@pytest.fixture(scope="module")
def open_pool():
    """With the course's packages, without walls."""
    with warm.Pool() as pool:
        assert not pool.missing
        yield pool


@pytest.fixture(scope="module")
def walled_pool():
    """With NumPy only, behind walls."""
    try:
        sandbox.check()
    except CvbookError as error:
        pytest.skip(f"this machine allows no walls: {error}")
    with warm.Pool(limits=LIMITS, preload=["numpy"]) as pool:
        yield pool


@pytest.mark.slow
def test_same_numbers_and_figures_warm_and_cold(open_pool, tmp_path):
    book = notebook(
        "import keras, numpy as np\nimport matplotlib.pyplot as plt\n"
        "keras.utils.set_random_seed(3)",
        "x = np.random.rand(64, 8, 8, 3)\n"
        "layers = [keras.layers.Conv2D(4, 3), keras.layers.Dropout(0.3), keras.layers.Flatten(),\n"
        "          keras.layers.Dense(1)]\n"
        "model = keras.Sequential(layers)\n"
        "model.compile('adam', 'mse')\n"
        "history = model.fit(x, x.mean((1, 2, 3)), epochs=2, verbose=0)\n"
        "history.history['loss'], [float(np.abs(w).sum()) for w in model.get_weights()]",
        "plt.plot([1, 2, 4]);",
    )
    with ThreadPoolExecutor(2) as threads:
        copies = [nbformat.reads(nbformat.writes(book), 4) for _ in range(4)]
        results = list(
            threads.map(lambda b: open_pool.execute(b, folder=tmp_path, cell_timeout=120), copies)
        )
    cold = NotebookClient(book, kernel_name="cvbook", timeout=120)
    cold.execute(cwd=str(tmp_path))
    for result in results:
        assert said(result, 1) == cold.nb.cells[1].outputs[0].data["text/plain"]
        warm_figure = result.notebook.cells[2].outputs[0].data["image/png"]
        assert warm_figure == cold.nb.cells[2].outputs[0].data["image/png"]


@pytest.mark.slow
def test_jupyter_programs_use_warm_kernels_unchanged(open_pool, tmp_path):
    """nbval compares with the stored answer that TensorFlow is there before any import."""
    book = notebook("import sys\n'tensorflow' in sys.modules")
    book.cells[0].outputs = [
        new_output("execute_result", {"text/plain": "True"}, execution_count=1)
    ]
    book.cells[0].execution_count = 1
    nbformat.write(book, tmp_path / "book.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), str(tmp_path / "book.ipynb")],
        env=os.environ | open_pool.environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert "1 passed" in done.stdout, done.stdout


@pytest.mark.slow
def test_each_kernel_is_fresh(walled_pool):
    code = "import numpy\nopen('/tmp/left', 'w')\nprint(numpy.random.rand())"
    look = "import os\nprint(os.listdir('.'), os.path.exists('/tmp/left'), 'code' in dir())"
    first = walled_pool.execute(notebook(look, code), files={"a.txt": b"a"})
    second = walled_pool.execute(notebook(look, code), files={"b.txt": b"b"})
    assert said(first, 0) == "['a.txt'] False False\n"
    assert said(second, 0) == "['b.txt'] False False\n"
    assert said(first) != said(second)


@pytest.mark.slow
def test_a_folder_is_copied_and_stays_as_it_is(walled_pool, tmp_path):
    (tmp_path / "x.csv").write_text("1")
    (tmp_path / "tests.ipynb").write_text("hidden")
    code = "import os\nprint(os.listdir('.'))\nopen('x.csv', 'w').write('changed')"
    assert "['x.csv']" in said(walled_pool.execute(notebook(code), folder=tmp_path))
    assert (tmp_path / "x.csv").read_text() == "1"


@pytest.mark.slow
def test_modules_beside_the_notebook_are_found_and_hide_no_standard_ones(walled_pool):
    code = (
        "import helper, this_is_not_there_yet, wave\nhelper.x, wave.__name__, hasattr(wave, 'open')"
    )
    files = {"helper.py": b"x = 1", "this_is_not_there_yet.py": b"", "wave.py": b""}
    result = walled_pool.execute(notebook(code), files=files)
    assert said(result) == "(1, 'wave', True)"


def test_an_endless_cell_is_interrupted_and_the_next_one_runs(walled_pool):
    result = walled_pool.execute(
        notebook("while True: pass", "print('next')"), cell_timeout=1, interrupt_on_timeout=True
    )
    assert said(result, 0) == "KeyboardInterrupt"
    assert said(result, 1) == "next\n"
    assert not result.died


@pytest.mark.slow
def test_time_limits_end_a_notebook(walled_pool):
    sleep = "import time\ntime.sleep(1000)"
    assert walled_pool.execute(notebook(sleep), cell_timeout=1).timed_out == "cell"
    assert walled_pool.execute(notebook(sleep), total_timeout=1).timed_out == "total"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import os\nos._exit(3)", "exited (3)"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "killed (signal 9)"),
        (
            "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
            "killed (signal 9)",
        ),
        (
            "import os, time\n"
            "for _ in range(8):\n"
            "    if os.fork() == 0:\n"
            "        x = b'x' * (100 << 20)\n"
            "        time.sleep(1000)\n"
            "time.sleep(1000)",
            "memory",
        ),
    ],
)
def test_a_dead_kernel_is_noticed_and_says_why(walled_pool, code, told):
    result = walled_pool.execute(notebook(code, "print('alive')"), cell_timeout=30)
    assert result.died == told
    assert said(result, 1) == ""


@pytest.mark.slow
def test_hogs_and_bombs_are_refused_and_the_next_kernel_works(walled_pool):
    result = walled_pool.execute(
        notebook(
            "x = bytearray(1 << 30)",
            "import os, time\n"
            "try:\n"
            "    while True:\n"
            "        if os.fork() == 0:\n"
            "            os.setsid()\n"
            "            time.sleep(86398)\n"
            "except BlockingIOError:\n"
            "    print('no more')",
            "open('big', 'wb').write(bytes(60 << 20))",
            "import socket\nsocket.create_connection(('192.0.2.1', 80), 5)",
            "open('/root/x', 'w')",
        )
    )
    assert [said(result, i) for i in (0, 1, 2, 3)] == [
        "MemoryError",
        "no more\n",
        "OSError",
        "OSError",
    ]
    assert said(result, 4) in ("FileNotFoundError", "PermissionError", "OSError")
    assert said(walled_pool.execute(notebook("print('works')"))) == "works\n"


@pytest.mark.slow
def test_a_flood_of_output_is_cut(walled_pool):
    result = walled_pool.execute(notebook("for _ in range(9000): print('x' * 1000)", "print(1)"))
    assert LIMITS.output // 2 < len(said(result, 0)) <= LIMITS.output
    assert said(result, 1) == "1\n"


@pytest.mark.slow
def test_daemons_end_with_their_kernel(walled_pool):
    code = (
        "import subprocess\n"
        "for _ in range(5):\n"
        "    subprocess.Popen(['setsid', 'sleep', '86398.5'], start_new_session=True)"
    )
    server = psutil.Process(walled_pool.process.pid)
    seen = []

    def remember(**_):
        seen.extend(p for p in server.children(recursive=True) if p.name() in ("sleep", "setsid"))

    walled_pool.execute(notebook(code, "1"), on_cell_complete=remember)
    assert len(seen) >= 5
    assert not psutil.wait_procs(seen, timeout=10)[1]


@pytest.mark.slow
def test_a_fork_that_talks_for_the_kernel_breaks_only_its_own_notebook(walled_pool):
    code = "import os\nfor _ in range(20):\n    os.fork()\n    print('x', flush=True)"
    walled_pool.execute(notebook(code), cell_timeout=5)
    assert said(walled_pool.execute(notebook("print('works')"))) == "works\n"


@pytest.mark.slow
def test_nothing_is_left_when_the_owner_is_killed(tmp_path):
    """Not even its folder: the server notices that its owner is gone."""
    code = (
        "import json, sys, nbformat\n"
        "from cvbook.kernels import warm\n"
        "pool = warm.Pool(preload=[])\n"
        "cell = nbformat.v4.new_code_cell('import time; time.sleep(1000)')\n"
        "print(json.dumps([pool.process.pid, str(pool.folder)]), flush=True)\n"
        "pool.execute(nbformat.v4.new_notebook(cells=[cell]))\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid, folder = json.loads(owner.stdout.readline())
    server = psutil.Process(pid)
    family = [server, *server.children(recursive=True)]
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    assert not psutil.wait_procs(family, timeout=20)[1]
    assert not os.path.exists(folder)


@pytest.mark.slow
def test_says_so_where_the_preloaded_packages_forbid_forking(tmp_path, monkeypatch):
    (tmp_path / "threaded.py").write_text(
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with (
        pytest.warns(UserWarning, match="kernels start cold: importing started threads"),
        warm.Pool(preload=["threaded"]) as pool,
    ):
        assert said(pool.execute(notebook("print('runs')"))) == "runs\n"
    assert threading.active_count() < 10
