"""Warm kernels against cold ones, and what happens to kernels that misbehave."""

import contextlib
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
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cvbook.kernels import sandbox
from cvbook.kernels.pool import Pool

LIMITS = sandbox.Limits(cpu_seconds=60, memory=300 << 20, processes=100, disk=50 << 20)


def notebook(*cells):
    spec = {"name": "cvbook", "display_name": "Python 3 (cvbook)", "language": "python"}
    return new_notebook(cells=[new_code_cell(c) for c in cells], metadata={"kernelspec": spec})


def execute(pool, book, *, cwd="/", files=None, **options):
    """Execute a notebook, also where its kernel dies; return how the kernel ended."""
    manager = pool.manager()
    options = {"allow_errors": True, "shutdown_kernel": "immediate", "timeout": 60} | options
    client = NotebookClient(book, km=manager, **options)
    with contextlib.suppress(DeadKernelError):
        files = {} if files is None and cwd == "/" else files
        client.execute(cleanup_kc=True, cwd=str(cwd), files=files)
    return manager.provisioner.ended


def text(book, index=-1):
    """Text of a cell's outputs; of an error, its name."""
    return "".join(
        o.get("text") or o.get("ename") or o.get("data", {}).get("text/plain", "")
        for o in book.cells[index].outputs
    )


def run(pool, *cells, **options):
    """Texts of the cells of a notebook, executed in a fresh kernel."""
    book = notebook(*cells)
    execute(pool, book, **options)
    return [text(book, index) for index in range(len(cells))]


@pytest.fixture(scope="module")
def open_pool():
    """With the course's packages, without a sandbox."""
    with Pool() as pool:
        assert not pool.missing
        yield pool


@pytest.fixture(scope="module")
def sandboxed_pool(require_sandbox):
    """With NumPy only, in a sandbox."""
    with Pool(limits=LIMITS, preload=["numpy"]) as pool:
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
        list(threads.map(lambda b: execute(open_pool, b, cwd=tmp_path, timeout=120), copies))
    cold = NotebookClient(book, kernel_name="cvbook", timeout=120)
    cold.execute(cwd=str(tmp_path))
    for copy in copies:
        assert text(copy, 1) == text(book, 1)
        warm_figure = copy.cells[2].outputs[0].data["image/png"]
        assert warm_figure == book.cells[2].outputs[0].data["image/png"]


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
def test_each_kernel_is_fresh(sandboxed_pool):
    code = "import numpy\nopen('/tmp/left', 'w')\nprint(numpy.random.rand())"
    look = "import os\nprint(os.listdir('.'), os.path.exists('/tmp/left'), 'code' in dir())"
    first = run(sandboxed_pool, look, code, files={"a.txt": b"a"})
    second = run(sandboxed_pool, look, code, files={"b.txt": b"b"})
    assert first[0] == "['a.txt'] False False\n"
    assert second[0] == "['b.txt'] False False\n"
    assert first[1] != second[1]


@pytest.mark.slow
def test_a_folder_is_copied_and_stays_as_it_is(sandboxed_pool, tmp_path):
    (tmp_path / "x.csv").write_text("1")
    (tmp_path / "tests.ipynb").write_text("hidden")
    code = "import os\nprint(os.listdir('.'))\nopen('x.csv', 'w').write('changed')"
    assert "['x.csv']" in run(sandboxed_pool, code, cwd=tmp_path)[0]
    assert (tmp_path / "x.csv").read_text() == "1"


@pytest.mark.slow
def test_modules_beside_the_notebook_are_found_and_hide_no_standard_ones(sandboxed_pool):
    code = (
        "import helper, this_is_not_there_yet, wave\nhelper.x, wave.__name__, hasattr(wave, 'open')"
    )
    files = {"helper.py": b"x = 1", "this_is_not_there_yet.py": b"", "wave.py": b""}
    assert run(sandboxed_pool, code, files=files) == ["(1, 'wave', True)"]


def test_an_endless_cell_is_interrupted_and_the_next_one_runs(sandboxed_pool):
    cells = ["while True: pass", "print('next')"]
    outputs = run(sandboxed_pool, *cells, timeout=1, interrupt_on_timeout=True)
    assert outputs == ["KeyboardInterrupt", "next\n"]


@pytest.mark.slow
def test_a_cell_beyond_its_time_ends_the_kernel(sandboxed_pool):
    manager = sandboxed_pool.manager()
    book = notebook("import time\ntime.sleep(1000)")
    client = NotebookClient(book, km=manager, timeout=1, shutdown_kernel="immediate")
    with pytest.raises(CellTimeoutError):
        client.execute(cleanup_kc=True, cwd="/", files={})
    assert manager.provisioner.ended["exit"] == 128 + signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("import os\nos._exit(3)", 3, ""),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", 137, ""),
        (
            "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
            137,
            "",
        ),
        (
            "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass",
            152,
            "processor time",
        ),
        (
            "import os, time\n"
            "for _ in range(8):\n"
            "    if os.fork() == 0:\n"
            "        x = b'x' * (100 << 20)\n"
            "        time.sleep(1000)\n"
            "time.sleep(1000)",
            137,
            "memory",
        ),
    ],
)
def test_a_dead_kernel_is_noticed_and_says_why(sandboxed_pool, code, status, reason):
    book = notebook(code, "print('alive')")
    ended = execute(sandboxed_pool, book, timeout=30)
    assert (ended["exit"], ended["reason"]) == (status, reason)
    assert text(book, 1) == ""


@pytest.mark.slow
def test_peak_memory_counts_the_kernels_children(sandboxed_pool):
    child = "import time\nx = b'x' * (200 << 20)\ntime.sleep(2)"  # it is sampled twice a second
    code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}])"
    small = execute(sandboxed_pool, notebook("1"))["peak_memory"]
    large = execute(sandboxed_pool, notebook(code))["peak_memory"]
    assert small > 0
    assert large - small > 150 << 20


@pytest.mark.slow
def test_hogs_and_bombs_are_refused_and_the_next_kernel_works(sandboxed_pool):
    outputs = run(
        sandboxed_pool,
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
    assert outputs[:4] == ["MemoryError", "no more\n", "OSError", "OSError"]
    assert outputs[4] in ("FileNotFoundError", "PermissionError", "OSError")
    assert run(sandboxed_pool, "print('works')") == ["works\n"]


@pytest.mark.slow
def test_daemons_end_with_their_kernel(sandboxed_pool):
    code = (
        "import subprocess\n"
        "for _ in range(5):\n"
        "    subprocess.Popen(['setsid', 'sleep', '86398.5'], start_new_session=True)"
    )
    server = psutil.Process(sandboxed_pool.process.pid)
    seen = []

    def remember(**_):
        seen.extend(p for p in server.children(recursive=True) if p.name() in ("sleep", "setsid"))

    execute(sandboxed_pool, notebook(code, "1"), on_cell_complete=remember)
    assert len(seen) >= 5
    assert not psutil.wait_procs(seen, timeout=10)[1]


@pytest.mark.slow
def test_a_fork_that_talks_for_the_kernel_breaks_only_its_own_notebook(sandboxed_pool):
    code = "import os\nfor _ in range(20):\n    os.fork()\n    print('x', flush=True)"
    with contextlib.suppress(Exception):  # whatever nbclient makes of forged messages
        execute(sandboxed_pool, notebook(code), timeout=5)
    assert run(sandboxed_pool, "print('works')") == ["works\n"]


@pytest.mark.slow
def test_the_courses_packages_work_in_the_sandbox(require_sandbox):
    """With its filter of system calls: XLA's and tf.data's threads, subprocesses, figures."""
    train = """
import keras, numpy as np, tensorflow as tf
import matplotlib.pyplot as plt
x = np.random.default_rng(0).random((64, 8, 8, 3)).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, x.mean((1, 2, 3)))).map(lambda a, b: (a * 2, b),
    num_parallel_calls=4).cache().batch(16).prefetch(2)
model = keras.Sequential([keras.layers.Conv2D(4, 3), keras.layers.Flatten(), keras.layers.Dense(1)])
model.compile("adam", "mse", jit_compile=False)
model.fit(data, epochs=1, verbose=0, shuffle=False)
model.save("model.keras")
keras.models.load_model("model.keras").predict(x, verbose=0).shape
"""
    compiled = "float(tf.function(lambda: tf.reduce_sum(tf.ones(5)), jit_compile=True)())"
    pools = """
import multiprocessing, subprocess, threading
from concurrent.futures import ThreadPoolExecutor
print(list(ThreadPoolExecutor(3).map(abs, [-1, -2])))
with multiprocessing.get_context("spawn").Pool(2) as pool:
    print(pool.map(abs, [-3, -4]))
print(subprocess.check_output(["echo", "5"]))
"""
    book = notebook(train, compiled, pools, "!echo 6", "plt.plot([1, 2]);")
    with Pool(limits=sandbox.Limits()) as pool:
        ended = execute(pool, book, timeout=120)
    texts = [text(book, index) for index in range(4)]
    assert texts == ["(64, 1)", "5.0", "[1, 2]\n[3, 4]\nb'5\\n'\n", "6\r\n"]
    assert "image/png" in book.cells[4].outputs[0].data
    assert ended["reason"] == ""


@pytest.mark.slow
def test_nothing_is_left_when_the_owner_is_killed(tmp_path):
    """Not even its folder: the server notices that its owner is gone."""
    code = (
        "import json, sys, nbformat\n"
        "from nbclient import NotebookClient\n"
        "from cvbook.kernels.pool import Pool\n"
        "pool = Pool(preload=[])\n"
        "cell = nbformat.v4.new_code_cell('import time; time.sleep(1000)')\n"
        "print(json.dumps([pool.process.pid, str(pool.folder)]), flush=True)\n"
        "notebook = nbformat.v4.new_notebook(cells=[cell])\n"
        "NotebookClient(notebook, km=pool.manager()).execute()\n"
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
        Pool(preload=["threaded"]) as pool,
    ):
        assert run(pool, "print('runs')") == ["runs\n"]
    assert threading.active_count() < 10
